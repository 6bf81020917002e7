"""The digest that ties consent to the exact words of a quote.

In: the words. Out: a short text that changes when they do. The gate compares it, `seal` writes it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Final

_PREFIX: Final = "sha256-"
_LENGTH: Final = 24


def wording_of(text: str) -> str:
    """Give the digest of words; how they are broken into lines makes no difference."""
    flat = " ".join(unicodedata.normalize("NFC", text).split())
    return _PREFIX + hashlib.sha256(flat.encode()).hexdigest()[:_LENGTH]
