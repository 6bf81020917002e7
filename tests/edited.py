"""A generated library and edits of it, for tests of what is kept from one build to the next.

In: files, by their paths. Out: the build of them, without a site.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from _generator import Generator
from practice_library.build import Build, Options, SourceAccess, build

VOCABULARY: Final = (Path(__file__).parents[1] / "spaces" / "vocabulary.yml").read_text(encoding="utf-8")
ENTRIES: Final = dict(Generator(24, "watched").entries())
_PUBLIC: Final = "consent: {level: public, given: 2026-03-01, by: group}"
HEALING: Final = {
    path.partition("/")[0] for path, text in ENTRIES.items() if "\ntype: community-of-healing\n" in text
}
"""Spaces whose notes are shown without their text."""
OPEN_NOTES: Final = sorted(
    path
    for path, text in ENTRIES.items()
    if "/harvests/" in path and _PUBLIC in text and path.partition("/")[0] not in HEALING
)
PRACTICES: Final = sorted(path for path in ENTRIES if "/practices/" in path)
SPACES: Final = sorted(path for path in ENTRIES if path.endswith("/space.md"))
Files = Mapping[str, str]


def _with(path: str, change: Callable[[str], str]) -> Files:
    assert change(ENTRIES[path]) != ENTRIES[path]
    return {**ENTRIES, path: change(ENTRIES[path])}


def _line(key: str, value: str) -> Callable[[str], str]:
    """Write another value for a key of the front matter."""

    def changed(text: str) -> str:
        lines = [f"{key}: {value}" if line.startswith(f"{key}: ") else line for line in text.split("\n")]
        return "\n".join(lines)

    return changed


EDITS: Final[Mapping[str, Files]] = {
    "a note's text": _with(OPEN_NOTES[0], lambda text: f"{text}\nOne more line.\n"),
    "a note's title": _with(OPEN_NOTES[1], _line("title", "Another name for it")),
    "a note's date": _with(OPEN_NOTES[2], _line("participants", "39")),
    "a link in a note": _with(OPEN_NOTES[3], lambda text: f"{text}\n[[principle:shared-ownership]]\n"),
    "a note withdrawn": _with(OPEN_NOTES[4], _line("consent", "{level: withheld}")),
    "a note gone": {path: text for path, text in ENTRIES.items() if path != OPEN_NOTES[5]},
    "a practice's summary": _with(PRACTICES[0], _line("summary", "Told in other words.")),
    "a practice's time": _with(PRACTICES[1], _line("time", "3 hours")),
    "a space's title": _with(SPACES[0], _line("title", "Another circle")),
    "a space's host": _with(SPACES[1], _line("host", "Another host (example)")),
}


def made(files: Files, root: Path, day: date = date(2026, 11, 24)) -> Build:
    """Build a library without a site."""
    folder = root / "spaces"
    for name, text in {**files, "vocabulary.yml": VOCABULARY}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = build(root, folder, Options(today=day, source=SourceAccess.PRIVATE))
    assert not found.report.has_errors, found.report.diagnostics
    return found
