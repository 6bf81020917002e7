"""A preview hears of each change once, from the system or from who looks, and of nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from watchdog.events import (
    DirModifiedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)

from practice_library import noticing
from practice_library.noticing import Once, notice


class Told(FileSystemEventHandler):
    """Notes what it is told."""

    def __init__(self) -> None:
        self.events: list[FileSystemEvent] = []
        self.heard = Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        self.events.append(event)
        self.heard.set()


class Looking:
    """Stands for what looks at all files; nobody has it look here."""

    def __init__(self) -> None:
        self.handlers: list[FileSystemEventHandler] = []

    def schedule(self, handler: FileSystemEventHandler, _path: str, *, recursive: bool) -> str:
        assert recursive
        self.handlers.append(handler)
        return "looking"


class Server:
    """Stands for MkDocs' server, which watches with whatever observes."""

    def __init__(self) -> None:
        self.observer: Any = Looking()
        self.told = Told()
        self.watched: list[object] = []

    def watch(self, path: str) -> None:
        self.watched.append(self.observer.schedule(self.told, path, recursive=True))


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "spaces" / "note.md"
    path.parent.mkdir()
    path.write_text("before", encoding="utf-8")
    return path


def test_a_change_is_told_once_and_another_one_again(note: Path) -> None:
    told = Told()
    once = Once(told)
    for text in ("after", "after that"):
        note.write_text(text, encoding="utf-8")
        for _ in range(3):
            once.on_any_event(FileModifiedEvent(str(note)))
    assert len(told.events) == 2


def test_what_changes_no_file_is_not_told(note: Path) -> None:
    told = Told()
    once = Once(told)
    once.on_any_event(FileOpenedEvent(str(note)))
    once.on_any_event(DirModifiedEvent(str(note.parent)))
    assert told.events == []


def test_a_file_that_is_gone_and_one_that_another_took_the_place_of_are_told(note: Path) -> None:
    told = Told()
    once = Once(told)
    once.on_any_event(FileModifiedEvent(str(note)))
    new = note.with_name("new.md")
    new.write_text("in one step", encoding="utf-8")
    new.replace(note)
    once.on_any_event(FileMovedEvent(str(new), str(note)))
    note.unlink()
    once.on_any_event(FileDeletedEvent(str(note)))
    once.on_any_event(FileDeletedEvent(str(note)))
    assert [event.event_type for event in told.events] == ["modified", "moved", "deleted"]


def test_the_system_tells_of_a_saved_note_and_who_looks_does_not_tell_again(note: Path) -> None:
    server = Server()
    looking = server.observer
    notice(server, note.parent)  # type: ignore[arg-type]
    assert (server.observer, server.watched) == (looking, ["looking"])
    new = note.parents[1] / "new.md"
    new.write_text("after", encoding="utf-8")
    new.replace(note)  # in one step, of which the system tells once
    assert server.told.heard.wait(timeout=30)
    before = len(server.told.events)
    looking.handlers[0].on_any_event(FileModifiedEvent(str(note)))
    assert len(server.told.events) == before


def test_where_the_system_cannot_tell_who_looks_does(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(noticing, "Observer", refuse)
    server = Server()
    notice(server, note.parent)  # type: ignore[arg-type]
    server.observer.handlers[0].on_any_event(FileModifiedEvent(str(note)))
    assert len(server.told.events) == 1
