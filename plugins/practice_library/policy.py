"""The Content-Security-Policy of a page: only files of the site itself, whatever else gets into it.

Pages hold no script, no style and no handler of their own: what they need lies in files. Asked by `plugin`,
which gives it to the templates.
"""

from __future__ import annotations

from typing import Final

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
