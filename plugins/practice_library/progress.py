"""How far a build is, for whoever waits at a terminal; nothing for a log, a file or a machine.

In: a stream and a sentence with the count. Out: one line that is written over, from the third second on, and
gone at the end. Called by the adapter.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

PATIENCE: Final = 2.0
"""Seconds in which nothing is said: most builds are done by then."""
_PAUSE: Final = 0.1
"""Seconds between two lines."""


def is_watched(stream: TextIO) -> bool:
    """Whether somebody is there to see a line that is written over."""
    return stream.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


@contextmanager
def progress(
    sentence: Callable[[int], str],
    *,
    stream: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Callable[[int], None]]:
    """Show how far it is while something is done.

    Args:
        sentence: what to show for a count of things done.
        stream: where; the errors' stream if not given.
        clock: gives seconds.

    Yields:
        What is to be called with the count whenever it has grown.
    """
    line = _Line(sentence, stream or sys.stderr, clock)
    try:
        yield line.show
    finally:
        line.clear()


class _Line:
    """One line that is written over."""

    def __init__(self, sentence: Callable[[int], str], stream: TextIO, clock: Callable[[], float]) -> None:
        self._sentence = sentence
        self._stream = stream
        self._clock = clock
        self._next = clock() + PATIENCE
        self._watched = is_watched(stream)
        self._shown = 0

    def show(self, done: int) -> None:
        """Show a count, if somebody looks and has waited long enough."""
        if not self._watched or self._clock() < self._next:
            return
        self._next = self._clock() + _PAUSE
        width = shutil.get_terminal_size().columns - 1
        text = self._sentence(done)[:width]
        self._write(text)
        self._shown = len(text)

    def clear(self) -> None:
        """Leave nothing of it."""
        if self._shown:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()

    def _write(self, text: str) -> None:
        self._stream.write(f"\r{text.ljust(self._shown)}")
        self._stream.flush()
