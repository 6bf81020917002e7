"""A site takes its place whole, or the one that was there stays: the rules of `swap`, one by one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from tests.sites import tree

from practice_library import swap
from practice_library.swap import MANIFEST, Swap, SwapError

R = TypeVar("R")
OLD = {"index.html": "old", "practices/index.html": "old practices"}
NEW = {"index.html": "new", "spaces/index.html": "new spaces"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give the place of a site that was built once before."""
    place = tmp_path / "site"
    publish(place, OLD)
    return place


def publish(site: Path, pages: dict[str, str], edition: str = "public") -> None:
    """Build a site of these pages into its place."""
    held = Swap(site, edition)
    fill(held.prepare(), pages)
    held.commit()


def fill(folder: Path, pages: dict[str, str]) -> None:
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def pages(site: Path) -> dict[str, str]:
    return {name: data.decode() for name, data in tree(site).items() if name != MANIFEST}


def beside(site: Path) -> set[str]:
    """Give what lies beside a site, but for the lock, which stays."""
    return {path.name for path in site.parent.iterdir()} - {site.name, f".{site.name}.lock"}


@pytest.fixture
def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand on a system that cannot exchange two folders in one step."""
    monkeypatch.setattr(swap, "exchange", lambda _one, _other: False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
def test_a_child_that_outlives_a_build_does_not_hold_its_place(site: Path) -> None:
    held = Swap(site)
    held.prepare()
    end, own = os.pipe()
    begun, begin = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(own)
        os.write(begin, b"!")
        os.read(end, 1)
        os._exit(0)
    os.read(begun, 1)  # a child lets go of the lock once it runs
    held.discard()
    publish(site, NEW)
    for pipe in (own, end, begun, begin):
        os.close(pipe)
    assert os.waitpid(child, 0)[1] == 0
    assert pages(site) == NEW


def test_a_first_site_takes_its_place(tmp_path: Path) -> None:
    publish(tmp_path / "deep" / "site", NEW)
    assert pages(tmp_path / "deep" / "site") == NEW


def test_a_new_site_takes_the_place_of_the_old_one(site: Path) -> None:
    publish(site, NEW)
    assert pages(site) == NEW
    assert beside(site) == set()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot exchange two folders")
def test_an_old_site_is_offered_before_it_is_removed(site: Path) -> None:
    offered: list[tuple[dict[str, str], list[str]]] = []

    def refuse(old: Path, new: Path, names: Sequence[str]) -> bool:
        assert pages(new) == NEW
        offered.append((pages(old), sorted(names)))
        return False

    held = Swap(site)
    fill(held.prepare(), NEW)
    held.commit(retire=refuse)
    assert offered == [(OLD, sorted([*NEW, MANIFEST]))]
    assert (pages(site), beside(site)) == (NEW, set())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot exchange two folders")
def test_an_old_site_that_is_taken_away_is_not_removed(site: Path) -> None:
    def take(old: Path, _new: Path, _names: Sequence[str]) -> bool:
        old.rename(site.with_name("kept"))
        return True

    held = Swap(site)
    fill(held.prepare(), NEW)
    held.commit(retire=take)
    assert (pages(site), beside(site)) == (NEW, {"kept"})
    assert pages(site.with_name("kept")) == OLD


@pytest.mark.usefixtures("without_exchange")
def test_a_new_site_takes_the_place_where_folders_cannot_be_exchanged(site: Path) -> None:
    publish(site, NEW)
    assert pages(site) == NEW
    assert beside(site) == set()


def test_nothing_changes_before_the_commit(site: Path) -> None:
    held = Swap(site)
    fill(held.prepare(), NEW)
    assert pages(site) == OLD
    held.discard()


def test_a_discarded_build_leaves_nothing_but_the_old_site(site: Path) -> None:
    held = Swap(site)
    fill(held.prepare(), NEW)
    held.discard()
    assert pages(site) == OLD
    assert beside(site) == set()


def test_a_site_lists_all_its_other_files(site: Path) -> None:
    assert (site / MANIFEST).read_text().splitlines() == ["edition: public", *sorted(OLD)]


@pytest.mark.parametrize(("there", "here"), [("public", "members"), ("members", "public")])
def test_one_edition_is_never_put_over_another(tmp_path: Path, there: str, here: str) -> None:
    place = tmp_path / "site"
    publish(place, OLD, there)
    with pytest.raises(SwapError) as refused:
        Swap(place, here).prepare()
    assert (refused.value.reason, refused.value.name) == ("edition", there)
    assert pages(place) == OLD
    publish(place, NEW, there)
    assert pages(place) == NEW


def test_a_site_that_names_no_edition_is_the_public_one(site: Path) -> None:
    (site / MANIFEST).write_text("".join(f"{name}\n" for name in OLD))
    with pytest.raises(SwapError) as refused:
        Swap(site, "members").prepare()
    assert refused.value.reason == "edition"
    publish(site, NEW)
    assert pages(site) == NEW


def test_a_site_that_is_a_link_is_refused(site: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(site, target_is_directory=True)
    with pytest.raises(SwapError) as refused:
        Swap(link).prepare()
    assert refused.value.reason == "link"
    assert pages(site) == OLD


def test_a_link_to_nowhere_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "site"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(SwapError) as refused:
        Swap(link).prepare()
    assert refused.value.reason == "link"


def test_a_file_in_the_place_of_the_site_is_refused_and_kept(tmp_path: Path) -> None:
    place = tmp_path / "site"
    place.write_text("a list of groceries")
    with pytest.raises(SwapError) as refused:
        Swap(place).prepare()
    assert refused.value.reason == "file"
    assert place.read_text() == "a list of groceries"


def test_a_folder_that_no_build_made_is_refused_and_kept(tmp_path: Path) -> None:
    place = tmp_path / "site"
    fill(place, {"thesis.txt": "three years of work"})
    with pytest.raises(SwapError) as refused:
        Swap(place).prepare()
    assert (refused.value.reason, refused.value.name) == ("foreign", "thesis.txt")
    assert pages(place) == {"thesis.txt": "three years of work"}


@pytest.mark.parametrize("foreign", ["CNAME", "practices/draft.html", "deep/er/.hidden"])
def test_a_file_that_somebody_put_into_the_site_is_named_and_kept(site: Path, foreign: str) -> None:
    fill(site, {foreign: "mine"})
    with pytest.raises(SwapError) as refused:
        Swap(site).prepare()
    assert (refused.value.reason, refused.value.name) == ("foreign", foreign)
    assert pages(site) == {**OLD, foreign: "mine"}


def test_a_linked_folder_in_the_site_is_foreign_and_never_entered(site: Path, tmp_path: Path) -> None:
    fill(tmp_path / "photos", {"one.jpg": "a photograph"})
    (site / "photos").symlink_to(tmp_path / "photos", target_is_directory=True)
    with pytest.raises(SwapError) as refused:
        Swap(site).prepare()
    assert (refused.value.reason, refused.value.name) == ("foreign", "photos")
    assert pages(tmp_path / "photos") == {"one.jpg": "a photograph"}


def test_a_large_site_is_looked_through_beside_and_refused_when_asked_for(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_LARGE", 0)
    begun: list[object] = []

    def aside(work: Callable[[], R]) -> Callable[[], R]:
        begun.append(work)
        return work

    fill(site, {"CNAME": "mine"})
    held = Swap(site)
    held.prepare(aside)
    assert len(begun) == 1
    with pytest.raises(SwapError) as refused:
        held.confirm()
    assert (refused.value.reason, refused.value.name) == ("foreign", "CNAME")
    held.discard()
    assert pages(site) == {**OLD, "CNAME": "mine"}


def test_a_refused_build_lets_go_of_the_lock(site: Path) -> None:
    fill(site, {"CNAME": "mine"})
    with pytest.raises(SwapError):
        Swap(site).prepare()
    (site / "CNAME").unlink()
    publish(site, NEW)
    assert pages(site) == NEW


def test_an_empty_folder_is_a_place_for_a_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    publish(tmp_path / "site", NEW)
    assert pages(tmp_path / "site") == NEW


def test_a_file_that_left_the_site_is_no_hindrance(site: Path) -> None:
    (site / "index.html").unlink()
    publish(site, NEW)
    assert pages(site) == NEW


def test_a_second_build_at_once_is_refused(site: Path) -> None:
    first = Swap(site)
    fill(first.prepare(), NEW)
    with pytest.raises(SwapError) as refused:
        Swap(site).prepare()
    assert refused.value.reason == "busy"
    first.commit()
    assert pages(site) == NEW


def test_a_refused_second_build_touches_nothing_when_it_is_cleared_away(site: Path) -> None:
    first, second = Swap(site), Swap(site)
    fill(first.prepare(), NEW)
    with pytest.raises(SwapError):
        second.prepare()
    second.discard()
    first.commit()
    assert pages(site) == NEW


def test_what_a_killed_build_left_is_cleared_away_by_the_next(site: Path) -> None:
    fill(site.with_name(".site.new"), {"half.html": "half a page"})
    publish(site, NEW)
    assert pages(site) == NEW
    assert beside(site) == set()


def test_a_build_killed_between_its_two_renames_gives_the_old_site_back(site: Path) -> None:
    fill(site.with_name(".site.new"), NEW)
    site.rename(site.with_name(".site.old"))
    held = Swap(site)
    held.prepare()
    assert pages(site) == OLD
    held.discard()
    assert beside(site) == set()


def test_a_build_killed_after_its_two_renames_leaves_the_new_site(site: Path) -> None:
    fill(site.with_name(".site.old"), {"index.html": "older"})
    held = Swap(site)
    held.prepare()
    assert pages(site) == OLD
    held.discard()
    assert beside(site) == set()


def test_a_build_killed_after_the_exchange_leaves_the_new_site(site: Path) -> None:
    fill(site.with_name(".site.new"), {"index.html": "older", MANIFEST: "index.html\n"})
    held = Swap(site)
    held.prepare()
    assert pages(site) == OLD
    held.discard()


@pytest.mark.usefixtures("without_exchange")
@pytest.mark.parametrize("refused_step", [1, 2])
def test_a_rename_that_the_disk_refuses_leaves_the_old_site(
    site: Path, monkeypatch: pytest.MonkeyPatch, refused_step: int
) -> None:
    held = Swap(site)
    fill(held.prepare(), NEW)
    rename, steps = Path.rename, iter(range(1, 9))

    def refusing(path: Path, target: Path) -> Path:
        if next(steps) == refused_step:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(OSError, match="No space left"):
        held.commit()
    held.discard()
    assert pages(site) == OLD
    assert beside(site) == set()


def test_a_manifest_that_cannot_be_written_leaves_the_old_site(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Swap(site)
    fill(held.prepare(), NEW)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(OSError, match="No space left"):
        held.commit()
    held.discard()
    assert pages(site) == OLD
