"""The swap on other systems, and when there is nothing to let go of."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from practice_library import swap
from practice_library.swap import MANIFEST, Swap, SwapError


class Library:
    """Stands for the system's library; it notes what is asked of it, and says yes or no."""

    def __init__(self, answer: int) -> None:
        self.asked: list[tuple[object, ...]] = []
        self._answer = answer

    def renameat2(self, *arguments: object) -> int:
        self.asked.append(arguments)
        return self._answer

    def renamex_np(self, *arguments: object) -> int:
        self.asked.append(arguments)
        return self._answer


def on(monkeypatch: pytest.MonkeyPatch, platform: str, library: object) -> None:
    """Stand on a system with this library."""
    monkeypatch.setattr(swap, "sys", SimpleNamespace(platform=platform))
    monkeypatch.setattr(swap, "ctypes", SimpleNamespace(CDLL=lambda *_, **__: library))


@pytest.mark.parametrize(
    ("platform", "asked"),
    [("linux", (-100, b"one", -100, b"other", 2)), ("darwin", (b"one", b"other", 2))],
)
@pytest.mark.parametrize(("answer", "done"), [(0, True), (-1, False)])
def test_a_system_is_asked_for_an_exchange_in_its_own_words(
    monkeypatch: pytest.MonkeyPatch, platform: str, asked: tuple[object, ...], answer: int, *, done: bool
) -> None:
    library = Library(answer)
    on(monkeypatch, platform, library)
    assert swap.exchange(Path("one"), Path("other")) is done
    assert library.asked == [asked]


@pytest.mark.parametrize("platform", ["win32", "freebsd14"])
def test_a_system_that_knows_no_exchange_is_not_asked(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    library = Library(0)
    on(monkeypatch, platform, library)
    assert not swap.exchange(Path("one"), Path("other"))
    assert library.asked == []


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_a_system_too_old_for_an_exchange_does_without(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    on(monkeypatch, platform, SimpleNamespace())
    assert not swap.exchange(Path("one"), Path("other"))


def as_on_windows(monkeypatch: pytest.MonkeyPatch, locking: object) -> Any:  # noqa: ANN401 - a module
    """Load the module as Windows does, where there is `msvcrt` and no `fcntl`."""
    windows = ModuleType("msvcrt")
    windows.__dict__.update(locking=locking, LK_NBLCK=2)
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setattr(sys, "platform", "win32")
    spec = importlib.util.spec_from_file_location(swap.__name__, swap.__file__)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_windows_is_asked_for_a_lock_without_waiting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[object, ...]] = []
    module = as_on_windows(monkeypatch, lambda *arguments: asked.append(arguments))
    with module._locked(tmp_path / "lock") as stream:
        assert asked == [(stream.fileno(), 2, 1)]


def test_a_lock_that_windows_refuses_is_a_build_under_way(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    module = as_on_windows(monkeypatch, refuse)
    with pytest.raises(module.SwapError) as refused:
        module._locked(tmp_path / "lock")
    assert refused.value.reason == "busy"


def test_letting_go_twice_is_as_good_as_once(tmp_path: Path) -> None:
    held = Swap(tmp_path / "site")
    held.release()
    held.prepare()
    held.release()
    held.release()
    again = Swap(tmp_path / "site")
    again.prepare()
    again.discard()
    again.discard()
    assert not again.staging.exists()


@pytest.mark.parametrize("name", [".site.new", ".site.old"])
@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_file_or_link_in_the_place_of_a_leftover_is_removed_and_not_followed(
    tmp_path: Path, name: str, kind: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "thesis.txt").write_text("three years of work")
    (tmp_path / "site").mkdir()
    left = tmp_path / name
    if kind == "file":
        left.write_text("left over")
    else:
        left.symlink_to(elsewhere, target_is_directory=True)
    held = Swap(tmp_path / "site")
    held.prepare()
    held.discard()
    assert not left.exists()
    assert not left.is_symlink()
    assert (elsewhere / "thesis.txt").read_text() == "three years of work"


def test_a_folder_that_only_claims_to_be_ours_is_refused(tmp_path: Path) -> None:
    """A manifest lists names; a file that it does not list is somebody else's."""
    site = tmp_path / "site"
    site.mkdir()
    (site / MANIFEST).write_text("index.html\n")
    (site / "thesis.txt").write_text("three years of work")
    with pytest.raises(SwapError) as refused:
        Swap(site).prepare()
    assert (refused.value.reason, refused.value.name) == ("foreign", "thesis.txt")
