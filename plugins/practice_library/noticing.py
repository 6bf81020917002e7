"""A saved note is noticed at once: the system tells of it, where MkDocs looks at all files twice a second.

In: MkDocs' server of a preview, and a folder. Out: one word to it about each change, whoever sees it first.
MkDocs goes on looking, since not every disk tells: one on a network may not, nor one lent to a container.
Called by `plugin`; knows MkDocs, as that does.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, Final, cast

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

_CHANGES: Final = (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
)
"""After what a file may be another. The system would tell of every file that a build opens, too."""


def notice(server: LiveReloadServer, folder: Path) -> None:
    """Have a preview made anew when something in a folder has changed."""
    looking = server.observer
    server.observer = cast("Any", _Both(looking))
    try:
        server.watch(str(folder))
    finally:
        server.observer = looking


class _Both:
    """Stands in for the observer that looks, while a folder is watched: it is told to the system as well."""

    def __init__(self, looking: BaseObserver) -> None:
        self._looking = looking

    def schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool) -> object:
        """Watch a folder in both ways; where the system cannot, in the one."""
        once = Once(handler)
        with suppress(OSError):
            told = Observer()
            told.schedule(once, path, recursive=recursive, event_filter=[*_CHANGES])
            told.start()
        return self._looking.schedule(once, path, recursive=recursive)


class Once(FileSystemEventHandler):
    """Passes each change of a file on once, however often and by whom it is told."""

    def __init__(self, handler: FileSystemEventHandler) -> None:
        """Take whom to tell."""
        super().__init__()
        self._handler = handler
        self._states: dict[str, object] = {}
        self._lock = Lock()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass an event on, unless the files it is about are as they were when last told of."""
        if not isinstance(event, _CHANGES):
            return
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        with self._lock:
            states = {path: _state_of(path) for path in paths}
            is_new = any(self._states.get(path, "") != state for path, state in states.items())
            self._states |= states
        if is_new:
            self._handler.on_any_event(event)


def _state_of(path: str) -> object:
    """Tell when a file was written last, and how long it is; None where there is none."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
