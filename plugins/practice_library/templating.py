"""The templates of pages that MkDocs does not convert: plain HTML, every value escaped."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import jinja2

TEMPLATES: Final = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, autoescape=True
    )


def plain_template(name: str) -> jinja2.Template:
    """Give a template by its file name."""
    return _environment().get_template(name)
