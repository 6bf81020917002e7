"""Pages of a preview stay where they are while MkDocs empties the folder, and nothing else does."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

import pytest
from mkdocs.utils import clean_directory
from tests.sites import write_files

from practice_library.preview_folder import PreviewFolder
from practice_library.walking import files_below

PAGES: Final = {"spaces/hill/index.html": "1", "spaces/mill/index.html": "2", "practices/x/index.html": "3"}
OTHERS: Final = ("index.html", "spaces/index.html", "assets/a.css")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    write_files(folder, {name: name for name in (*PAGES, *OTHERS)})
    return folder


@pytest.fixture
def preview() -> PreviewFolder:
    kept = PreviewFolder()
    kept.remember(PAGES)
    return kept


def emptied(preview: PreviewFolder, site: Path, wanted: Collection[str] = tuple(PAGES)) -> Mapping[str, str]:
    preview.put_aside(site)
    clean_directory(str(site))
    preview.put_back(site, wanted)
    return preview.pages


def test_pages_outlive_the_emptying_and_what_lay_among_them_does_not(
    preview: PreviewFolder, site: Path
) -> None:
    before = (site / "spaces/hill/index.html").stat().st_ino
    assert emptied(preview, site) == PAGES
    assert files_below(site) == sorted(PAGES)
    assert (site / "spaces/hill/index.html").stat().st_ino == before


def test_a_page_that_is_no_more_is_removed(preview: PreviewFolder, site: Path) -> None:
    left = {name: digest for name, digest in PAGES.items() if "mill" not in name}
    assert emptied(preview, site, left) == left
    assert not (site / "spaces/mill/index.html").exists()
    assert files_below(site) == sorted(left)


def test_the_first_preview_has_nothing_to_keep(site: Path) -> None:
    assert emptied(PreviewFolder(), site) == {}
    assert files_below(site) == []


def test_a_page_at_the_top_is_made_anew(site: Path) -> None:
    preview = PreviewFolder()
    preview.remember({**PAGES, "index.html": "4"})
    assert emptied(preview, site) == PAGES


def test_what_a_preview_that_broke_down_left_aside_is_not_taken_for_a_page(
    preview: PreviewFolder, site: Path
) -> None:
    preview.put_aside(site)
    clean_directory(str(site))
    assert emptied(preview, site) == {}
    assert files_below(site) == []


def test_a_folder_that_is_gone_is_made_anew(preview: PreviewFolder, site: Path) -> None:
    (site / "practices").rename(site.parent / "elsewhere")
    assert emptied(preview, site) == {}
    assert files_below(site) == []


def test_what_stands_in_the_way_is_no_reason_to_stop(preview: PreviewFolder, site: Path) -> None:
    preview.put_aside(site)
    clean_directory(str(site))
    write_files(site, {"spaces/other.html": "put there by somebody else"})
    preview.put_back(site, PAGES)
    assert preview.pages == {}
    assert not (site / ".aside").exists()
