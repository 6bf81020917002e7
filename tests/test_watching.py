"""A page whose facts and looks have the states they had is the page it was, whatever was edited meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from tests.compiled import COMPILED

from _generator import Generator
from practice_library.build import Build, Options, SourceAccess, build
from practice_library.library import Ref
from practice_library.pages import Page
from practice_library.render import Renderer
from practice_library.watching import Watch, page_state

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
Seen = Mapping[str, tuple[str, str, object]]


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


def _made(files: Files, root: Path, day: date = date(2026, 11, 24)) -> Build:
    folder = root / "spaces"
    for name, text in {**files, "vocabulary.yml": VOCABULARY}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    made = build(root, folder, Options(today=day, source=SourceAccess.PRIVATE))
    assert not made.report.has_errors, made.report.diagnostics
    return made


class _Rendering:
    """All pages of a build, each with what it looked at."""

    def __init__(self, made: Build) -> None:
        self.watch = Watch(made)
        renderer = Renderer(self.watch.build, compiled=COMPILED)
        self.pages = {page.source: page for page in made.plan.pages}
        self.rendered: dict[str, object] = {}
        self.looks: dict[str, frozenset[str]] = {}
        for source, page in self.pages.items():

            def render(source: str = source, page: Page = page) -> None:
                self.rendered[source] = renderer.render(page)

            self.looks[source] = self.watch.looks(render)

    def text(self, source: str) -> object:
        found = self.rendered[source]
        return (found.head, found.html, found.fragments)  # type: ignore[attr-defined]

    def told(self, source: str, looks: frozenset[str]) -> tuple[str, list[str]]:
        return page_state(self.pages[source]), [self.watch.state(look) for look in sorted(looks)]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> _Rendering:
    return _Rendering(_made(ENTRIES, tmp_path_factory.mktemp("before")))


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_told_to_be_the_same_is_the_same(edit: str, before: _Rendering, tmp_path: Path) -> None:
    after = _Rendering(_made(EDITS[edit], tmp_path))
    both = before.pages.keys() & after.pages.keys()
    same = {s for s in both if before.told(s, before.looks[s]) == after.told(s, before.looks[s])}

    assert before.watch.constant() == after.watch.constant()
    assert [s for s in sorted(same) if before.text(s) != after.text(s)] == []
    assert len(same) < len(both), "an edit that no page shows"


def test_an_edit_of_a_text_leaves_all_other_pages_as_they_were(before: _Rendering, tmp_path: Path) -> None:
    after = _Rendering(_made(EDITS["a note's text"], tmp_path))
    changed = {s for s in before.pages if before.told(s, before.looks[s]) != after.told(s, before.looks[s])}

    assert len(changed) == 1


def test_every_look_has_a_state(before: _Rendering) -> None:
    assert {
        look for looks in before.looks.values() for look in looks if not before.watch.state(look)
    } == set()


def test_another_day_is_another_state_only_for_who_asks_for_it(before: _Rendering, tmp_path: Path) -> None:
    after = _Rendering(_made(ENTRIES, tmp_path, date(2026, 11, 25)))
    asked = before.watch.looks(lambda: before.watch.build.options.today)

    assert before.watch.constant() == after.watch.constant()
    assert [before.watch.state(look) for look in asked] != [after.watch.state(look) for look in asked]


def test_what_a_watched_table_gives_is_what_the_library_gives(tmp_path: Path) -> None:
    made = _made(ENTRIES, tmp_path)
    plain = made.library
    watched = Watch(made).build.library

    assert list(watched.harvests) == list(plain.harvests)
    assert list(reversed(watched.harvests)) == list(reversed(plain.harvests))
    assert watched.pointing_to("principle", "shared-ownership") == plain.pointing_to(
        "principle", "shared-ownership"
    )
    assert watched.harvests_of["nobody"] == []
    assert watched.backlinks.get(Ref(kind="space", id="nobody")) is None
    assert bool(watched.initiatives) == bool(plain.initiatives)
    with pytest.raises(KeyError):
        _ = watched.spaces["nobody"]


def test_a_look_at_what_has_no_lasting_state_is_no_state(tmp_path: Path) -> None:
    watch = Watch(_made(ENTRIES, tmp_path))
    looks = watch.looks(lambda: watch.build.admission)

    assert [watch.state(look) for look in looks] == [""]
