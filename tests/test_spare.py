"""A site made of the tree of the one before is the same, file by file; and what is not in it is nowhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from tests.sites import tree, write_files

from practice_library import spare as module, swap
from practice_library.sharing import one_by_one
from practice_library.spare import Spare, align

if sys.platform == "win32":
    pytest.skip(
        "Windows cannot exchange two folders, so that no second tree is kept", allow_module_level=True
    )

PAGES = {"a/index.html": "a", "a/b/index.html": "b", "index.html": "home"}
Names = dict[str, str]
T = TypeVar("T")
R = TypeVar("R")


@pytest.fixture
def files(tmp_path: Path) -> Names:
    """Give the path of a file for each page."""
    write_files(tmp_path / "cache", PAGES)
    return {name: str(tmp_path / "cache" / name) for name in PAGES}


def is_very(folder: Path, files: Names) -> bool:
    """Whether a folder holds these very files, and neither another nor a folder without one."""
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    empty = [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())]
    return names == set(files) and all((folder / n).samefile(p) for n, p in files.items()) and not empty


def write_in_the_way(folder: Path) -> None:
    write_files(folder, {"index.html/index.html": "a folder where a file belongs", "a/b": "a file"})


def link_out(folder: Path) -> None:
    write_files(folder.parent / "photos", {"index.html": "a photograph"})
    folder.mkdir()
    (folder / "a").symlink_to(folder.parent / "photos", target_is_directory=True)
    (folder / "index.html").symlink_to(folder.parent / "photos" / "index.html")


@pytest.mark.parametrize(
    "prepare",
    [
        Path.mkdir,
        lambda folder: write_files(folder, PAGES),
        lambda folder: write_files(folder, {"old/deep/index.html": "old", "a/old.html": "old"}),
        write_in_the_way,
        link_out,
    ],
    ids=["empty", "the same in other files", "of another time", "in the way", "links"],
)
def test_a_folder_comes_to_hold_the_very_files(
    tmp_path: Path, files: Names, prepare: Callable[[Path], object]
) -> None:
    folder = tmp_path / "folder"
    prepare(folder)
    align(folder, files, one_by_one)
    assert is_very(folder, files)
    align(folder, files, one_by_one)
    assert is_very(folder, files)
    outside = tmp_path / "photos"
    assert tree(outside) == ({"index.html": b"a photograph"} if outside.exists() else {})


def test_what_is_there_already_is_not_touched(tmp_path: Path, files: Names) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    align(folder, files, one_by_one)
    shared: list[object] = []

    def share(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
        shared.append(items)
        return [work(item) for item in items]

    align(folder, files, share)
    assert shared == [[], []]


def test_a_new_site_is_made_of_what_lies_in_its_folder_and_of_pages(tmp_path: Path, files: Names) -> None:
    held, staging = tmp_path / "spare", tmp_path / "staging"
    write_files(held, {"withdrawn/index.html": "a story", "a/index.html": "a"})
    write_files(staging, {"robots.txt": "all", "a/picture.svg": "a circle"})
    assert Spare(held, one_by_one).fill(staging, files)
    assert tree(staging) == {
        **{name: text.encode() for name, text in PAGES.items()},
        "robots.txt": b"all",
        "a/picture.svg": b"a circle",
    }
    assert not held.exists()


def test_without_a_tree_a_new_site_is_left_as_it_is(tmp_path: Path, files: Names) -> None:
    staging = tmp_path / "staging"
    write_files(staging, {"robots.txt": "all"})
    assert not Spare(tmp_path / "spare", one_by_one).fill(staging, files)
    assert tree(staging) == {"robots.txt": b"all"}


def test_a_link_in_the_place_of_a_tree_is_not_followed(tmp_path: Path, files: Names) -> None:
    staging, photos = tmp_path / "staging", tmp_path / "photos"
    write_files(staging, {"robots.txt": "all"})
    write_files(photos, {"one.jpg": "a photograph"})
    (tmp_path / "spare").symlink_to(photos, target_is_directory=True)
    assert not Spare(tmp_path / "spare", one_by_one).fill(staging, files)
    assert (tree(staging), tree(photos)) == ({"robots.txt": b"all"}, {"one.jpg": b"a photograph"})
    assert not os.path.lexists(tmp_path / "spare")


@pytest.mark.parametrize("fault", ["a page that is not there", "no exchange"])
def test_where_that_fails_a_new_site_is_left_as_it_is(
    tmp_path: Path, files: Names, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    held, staging = tmp_path / "spare", tmp_path / "staging"
    write_files(held, {"index.html": "old"})
    write_files(staging, {"robots.txt": "all"})
    if fault == "no exchange":
        monkeypatch.setattr(swap, "exchange", lambda _one, _other: False)
    else:
        files["c/index.html"] = str(tmp_path / "nowhere.html")
    assert not Spare(held, one_by_one).fill(staging, files)
    assert tree(staging) == {"robots.txt": b"all"}
    assert not held.exists()


def test_an_old_site_is_kept_once_it_is_like_the_new_one(
    tmp_path: Path, files: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEAST", len(files))
    old, held = tmp_path / "old", tmp_path / "edition" / "spare"
    write_files(old, {"withdrawn/index.html": "a story", "index.html": "old"})
    write_files(held, {"index.html": "older"})
    assert Spare(held, one_by_one).retire(old, tmp_path / "cache", list(files))
    assert is_very(held, files)
    assert not old.exists()


def test_the_tree_of_a_small_site_is_not_kept(tmp_path: Path, files: Names) -> None:
    write_files(tmp_path / "old", {"index.html": "old"})
    assert not Spare(tmp_path / "spare", one_by_one).retire(tmp_path / "old", tmp_path / "cache", list(files))
    assert not (tmp_path / "spare").exists()


def test_a_tree_on_another_disk_is_not_kept(
    tmp_path: Path, files: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEAST", 0)
    monkeypatch.setattr(module, "_together", lambda _one, _other: False)
    write_files(tmp_path / "old", {"index.html": "old"})
    assert not Spare(tmp_path / "spare", one_by_one).retire(tmp_path / "old", tmp_path / "cache", list(files))
    assert tree(tmp_path / "old") == {"index.html": b"old"}
