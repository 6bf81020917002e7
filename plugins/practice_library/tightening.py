"""Templates without the white space of their layout, so that pages do not carry it.

In: the source of a template of ours. Out: the same without line breaks and indentation between its lines;
where a line ends within a sentence, a space is left. It is done once, when a template is compiled, and
never to a finished page: what contributors and authors wrote is not touched. Called by `plugin` for the theme
and by `render` for the content of pages, where just line breaks at the edge of blocks are taken out.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from jinja2.ext import Extension

FORM: Final = "tight-1"
"""Names what is done here; another name where it changes, since compiled templates are kept."""
THEME: Final = Path(__file__).parent / "theme"

_STEP: Final = re.compile(r"(\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\})|\s*\n\s*", re.DOTALL)
_BEFORE: Final = (">", "%}", "#}")
_AFTER: Final = ("<", "{%", "{#")
"""Behind and before these, no word stands."""
_BLOCKS: Final = """article blockquote caption div dl dt dd figcaption figure h[1-6] li nav ol p section table
    tbody td th thead tr ul svg title text line circle /pre /form /fieldset""".split()
_PRINTS_BLOCKS: Final = r"^\{\{ (?:parts|lists|ways|shelf_parts|here\.body|heading|section|links)\b.*\}\}"
_ANY_HEADING: Final = r"</h\{\{ level \}\}>"
_EDGE: Final = re.compile(
    rf"(</?(?:{'|'.join(_BLOCKS)})\b[^<>]*>|{_ANY_HEADING}|{_PRINTS_BLOCKS})\n(?=[<{{]|\Z)", re.MULTILINE
)
"""Behind a tag at the edge of a block, or a line that prints blocks: a line break there shows nowhere."""
_QUIET: Final = "{#\n#}"
"""Prints nothing, and keeps the count of lines for the messages of Jinja."""


class Tightening(Extension):
    """Takes white space between lines out of the templates of our theme, and of no other."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Give the source that Jinja compiles."""
        is_ours = filename is not None and Path(filename).is_relative_to(THEME)
        return tightened(source) if is_ours else source


class Joining(Extension):
    """Takes out the line breaks that show nowhere from templates in which others may count."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Give the source that Jinja compiles."""
        return joined(source)


def joined(source: str) -> str:
    """Take out line breaks at the edge of blocks."""
    return _EDGE.sub(lambda found: found[1] + _QUIET, source)


def tightened(source: str) -> str:
    """Take out line breaks and indentation; leave a space between two words."""

    def shortened(found: re.Match[str]) -> str:
        if found[1]:
            return found[1]
        before, after = source[: found.start()], source[found.end() : found.end() + 2]
        apart = not before or not after or before.endswith(_BEFORE) or after.startswith(_AFTER)
        return ("" if apart else " ") + _QUIET * found[0].count("\n")

    return _STEP.sub(shortened, source)
