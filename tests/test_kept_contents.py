"""What an earlier build left of the pages of the navigation is what is rendered anew, or it is not used."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.compiled import COMPILED
from tests.edited import EDITS, ENTRIES, OPEN_NOTES, Files, made

from practice_library.kept_contents import KeptContents
from practice_library.pages import Page
from practice_library.render import Rendered, Renderer
from practice_library.watching import Watch

State = str


class Rendering:
    """All pages of a library, rendered with what an earlier build left."""

    def __init__(self, files: Files, root: Path, kept: Path, state: State = "one") -> None:
        found = made(files, root)
        watch = Watch(found)
        self.anew: list[str] = []
        self._renderer = Renderer(watch.build, compiled=COMPILED)
        contents = KeptContents(kept, state, watch)
        self.pages = {
            page.source: contents.rendered(page, self._render)
            for page in found.plan.pages
            if page.ref is None
        }
        contents.keep()

    def _render(self, page: Page) -> Rendered:
        self.anew.append(page.source)
        return self._renderer.render(page)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give what a build leaves."""
    root = tmp_path_factory.mktemp("first")
    rendering = Rendering(ENTRIES, root, root / "kept")
    assert set(rendering.anew) == set(rendering.pages)
    return (root / "kept").read_bytes()


def again(files: Files, root: Path, left: bytes, state: State = "one") -> tuple[Rendering, Rendering]:
    """Render with what was left, and without."""
    (root / "kept").write_bytes(left)
    return Rendering(files, root, root / "kept", state), Rendering(files, root, root / "nothing")


def test_where_nothing_changed_nothing_is_rendered(first: bytes, tmp_path: Path) -> None:
    kept, anew = again(ENTRIES, tmp_path, first)
    assert kept.anew == []
    assert kept.pages == anew.pages
    assert (tmp_path / "kept").read_bytes() == first


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_what_is_kept_is_what_is_rendered_anew(edit: str, first: bytes, tmp_path: Path) -> None:
    kept, anew = again(EDITS[edit], tmp_path, first)
    assert kept.pages == anew.pages
    assert len(kept.anew) < len(anew.anew)


def test_what_is_withdrawn_is_not_kept(tmp_path: Path) -> None:
    title = next(line for line in ENTRIES[OPEN_NOTES[4]].split("\n") if line.startswith("title: "))
    words = title.removeprefix("title: ").encode()
    Rendering(ENTRIES, tmp_path, tmp_path / "kept")
    assert words in (tmp_path / "kept").read_bytes()
    Rendering(EDITS["a note withdrawn"], tmp_path, tmp_path / "kept")
    assert words not in (tmp_path / "kept").read_bytes()


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: data[:60] + b"?" + data[61:]])
def test_what_is_damaged_is_rendered_anew(harm: object, first: bytes, tmp_path: Path) -> None:
    kept, anew = again(ENTRIES, tmp_path, harm(first))  # type: ignore[operator]
    assert kept.anew == anew.anew
    assert kept.pages == anew.pages


def test_what_other_code_made_is_rendered_anew(first: bytes, tmp_path: Path) -> None:
    kept, anew = again(ENTRIES, tmp_path, first, state="another")
    assert kept.anew == anew.anew


def test_a_place_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    rendering = Rendering(ENTRIES, tmp_path, tmp_path / "kept")
    assert set(rendering.anew) == set(rendering.pages)
