"""A page whose facts and looks have the states they had is the page it was, whatever was edited meanwhile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.compiled import COMPILED
from tests.edited import EDITS, ENTRIES, made

from practice_library.build import Build
from practice_library.library import Ref
from practice_library.pages import Page
from practice_library.render import Renderer
from practice_library.watching import Watch, page_state


class _Rendering:
    """All pages of a build, each with what it looked at."""

    def __init__(self, found: Build) -> None:
        self.watch = Watch(found)
        renderer = Renderer(self.watch.build, compiled=COMPILED)
        self.pages = {page.source: page for page in found.plan.pages}
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
    return _Rendering(made(ENTRIES, tmp_path_factory.mktemp("before")))


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_told_to_be_the_same_is_the_same(edit: str, before: _Rendering, tmp_path: Path) -> None:
    after = _Rendering(made(EDITS[edit], tmp_path))
    both = before.pages.keys() & after.pages.keys()
    same = {s for s in both if before.told(s, before.looks[s]) == after.told(s, before.looks[s])}

    assert before.watch.constant() == after.watch.constant()
    assert [s for s in sorted(same) if before.text(s) != after.text(s)] == []
    assert len(same) < len(both), "an edit that no page shows"


def test_an_edit_of_a_text_leaves_all_other_pages_as_they_were(before: _Rendering, tmp_path: Path) -> None:
    after = _Rendering(made(EDITS["a note's text"], tmp_path))
    changed = {s for s in before.pages if before.told(s, before.looks[s]) != after.told(s, before.looks[s])}

    assert len(changed) == 1


def test_every_look_has_a_state(before: _Rendering) -> None:
    assert {
        look for looks in before.looks.values() for look in looks if not before.watch.state(look)
    } == set()


def test_another_day_is_another_state_only_for_who_asks_for_it(before: _Rendering, tmp_path: Path) -> None:
    after = _Rendering(made(ENTRIES, tmp_path, date(2026, 11, 25)))
    asked = before.watch.looks(lambda: before.watch.build.options.today)

    assert before.watch.constant() == after.watch.constant()
    assert [before.watch.state(look) for look in asked] != [after.watch.state(look) for look in asked]


def test_what_a_watched_table_gives_is_what_the_library_gives(tmp_path: Path) -> None:
    found = made(ENTRIES, tmp_path)
    plain = found.library
    watched = Watch(found).build.library

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
    watch = Watch(made(ENTRIES, tmp_path))
    looks = watch.looks(lambda: watch.build.admission)

    assert [watch.state(look) for look in looks] == [""]
