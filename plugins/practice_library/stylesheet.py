"""The style sheet of the frame: what pages use of Material's, and ours after it, as one file.

In: Material's sheets and ours, as text. Out: one sheet, in which no rule of Material's is left that no page
made from the library can use. Called by `plugin`. A page written by hand may use all that Markdown has, and
loads Material's sheets besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

NAME: Final = "assets/pl/frame.css"
PARTS: Final = ("base", "components", "search", "trails", "print")
"""Our sheets that nearly every page needs, in their order."""
USED: Final = frozenset(
    """md-typeset md-typeset__scrollwrap md-button md-button--primary footnote footnote-ref
    footnote-backref""".split()
)
"""The classes of Material's that pages made from the library have; all others of ours begin with `pl-`."""
MATERIAL: Final = ("main", "palette")
"""Material's sheets, in their order: `assets/stylesheets/<name>.<digest>.min.css`."""

_STEP: Final = re.compile(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]""", re.DOTALL)
_COMMENT: Final = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
_CLASS: Final = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
_APART: Final = re.compile(r",(?![^(\[]*[)\]])")
_PROPERTY: Final = re.compile(
    r"""(?<=[{;])(--[\w-]+):(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\((?!["'])[^)]*\)|[^;{}"'])*;?"""
)
_EMPTY: Final = re.compile(r"[^{}]*\{\}")
_ASKED: Final = re.compile(r"var\(\s*(--[\w-]+)")
_STRANGE: Final = ("[dir=rtl]", "#__", "::-moz", "[data-md-color-primary", "[data-md-color-accent")
"""What no page has: another direction of writing, Material's own switches and colours."""


def sheets_of(folders: Iterable[str]) -> list[str]:
    """Name Material's sheets as they lie in the theme's folders; none where the theme is another."""
    found: list[str] = []
    for name in MATERIAL:
        named = (path for folder in folders for path in Path(folder).glob(f"assets/stylesheets/{name}.*.css"))
        found += [f"assets/stylesheets/{path.name}" for path in list(named)[:1]]
    return found


@lru_cache(maxsize=1)
def frame_sheet(material: tuple[str, ...], ours: tuple[str, ...]) -> str:
    """Write the sheet of the frame; the last one is remembered.

    Args:
        material: Material's sheets.
        ours: our sheets, which come after.
    """
    own = "".join(_tight(sheet) for sheet in ours)
    return without_unasked("".join(cut(sheet) for sheet in material), own) + own


def cut(sheet: str) -> str:
    """Leave out every rule whose selectors name what no page has."""
    return "".join(_kept(head, body) for head, body in _rules(_tight(sheet)))


def without_unasked(sheet: str, others: str) -> str:
    """Leave out custom properties that no sheet asks for, and rules that are empty without them."""
    less, more = _with_asked(sheet, others), sheet
    while less != more:
        less, more = _with_asked(less, others), less
    return _EMPTY.sub("", less)


def _with_asked(sheet: str, others: str) -> str:
    asked = set(_ASKED.findall(sheet)) | set(_ASKED.findall(others))
    return _PROPERTY.sub(lambda found: found[0] if found[1] in asked else "", sheet)


def _kept(head: str, body: str) -> str:
    """Give what is left of a rule, or of the rules within a condition."""
    if head.startswith(("@media", "@supports")):
        inner = cut(body)
        return f"{head}{{{inner}}}" if inner else ""
    if head.startswith("@"):
        return ""
    selectors = [one for one in _APART.split(head) if _is_used(one)]
    return f"{','.join(selectors)}{{{body}}}" if selectors else ""


def _is_used(selector: str) -> bool:
    return set(_CLASS.findall(selector)) <= USED and not any(part in selector for part in _STRANGE)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Give each rule of a sheet: what stands before its braces, and what between them."""
    depth = begin = inside = 0
    for step in _STEP.finditer(sheet):
        if step[0] == "{":
            depth += 1
            inside = step.end() if depth == 1 else inside
        elif step[0] == "}":
            depth -= 1
            if depth == 0:
                yield sheet[begin : inside - 1].strip(), sheet[inside : step.start()]
                begin = step.end()
        elif step[0] == ";" and depth == 0:
            begin = step.end()


def _tight(sheet: str) -> str:
    """Take out comments and the white space of the layout."""
    plain = _COMMENT.sub(lambda found: found[1] or "", sheet)
    return re.sub(r"\s*\n\s*", "", re.sub(r"[ \t]+", " ", plain))
