"""The Content-Security-Policy of a page: which scripts may run on it, whatever else gets into it.

In: the templates of the theme that hold a script, rendered by themselves. Out: the policy. The digests never
come from a finished page, which is what the policy has to guard.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Final

_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_RULES: Final = (
    "default-src 'none'",
    "script-src 'self'{digests}",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
)


def policy_of(templates: Iterable[str]) -> str:
    """Write the policy that lets just these inline scripts run, and files of the site itself.

    Args:
        templates: the rendered templates that hold the scripts.
    """
    scripts = [script for text in templates for script in _SCRIPT.findall(text)]
    digests = "".join(f" 'sha256-{_digest(script)}'" for script in scripts)
    return ";".join(rule.format(digests=digests) for rule in _RULES)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
