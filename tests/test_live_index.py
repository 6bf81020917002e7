"""The index while pages are previewed: the last one stands until the next is whole."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from practice_library.live_index import LiveIndex
from practice_library.search_index import INDEX

FIRST = {INDEX: b"first", "a.bin": b"A", "b.bin": b"B"}
SECOND = {INDEX: b"second", "b.bin": b"B", "c.bin": b"C"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in FIRST.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_the_first_preview_waits_for_its_index(folder: Path) -> None:
    live = LiveIndex()
    assert live.ask(lambda: FIRST)() == FIRST
    live.follow(folder)
    live.wait()
    assert (folder / INDEX).read_bytes() == b"first"


def test_a_later_one_begins_with_the_last_and_gets_its_own(folder: Path) -> None:
    live = LiveIndex()
    live.ask(lambda: FIRST)()
    begin = live.ask(lambda: SECOND)
    assert begin() == FIRST

    live.follow(folder)
    live.wait()

    assert {name: (folder / name).read_bytes() for name in SECOND} == SECOND
    assert live.ask(lambda: FIRST)() == SECOND


def test_one_that_comes_too_late_is_dropped(folder: Path) -> None:
    live = LiveIndex()
    live.ask(lambda: FIRST)()
    go = threading.Event()

    def slow() -> dict[str, bytes]:
        go.wait(10)
        return SECOND

    live.ask(slow)
    live.follow(folder)
    live.ask(lambda: FIRST)
    go.set()
    live.wait()

    assert (folder / INDEX).read_bytes() == b"first"
    assert not (folder / "c.bin").exists()


def test_a_preview_that_is_gone_is_no_fault(folder: Path) -> None:
    live = LiveIndex()
    live.ask(lambda: FIRST)()
    live.ask(lambda: SECOND)
    live.follow(folder / "gone")
    live.wait()
    assert not (folder / "gone").exists()
