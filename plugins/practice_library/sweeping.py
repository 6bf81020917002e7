"""Keeps Python's garbage collector from looking again and again through entries that stay to the end.

A library of ten thousand notes is millions of objects, none of them garbage: to look through them as often as
usual takes a quarter of a build. Called around what makes them.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import Event
from typing import Final


@contextmanager
def paused() -> Iterator[None]:
    """Make objects among which there is no garbage that has to be looked for."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_TURNS: Final = count(1)
_stay: Final = Event()
"""Whether there are objects that stay: Python would have to count them all to tell."""
EVERY: Final = 10
"""After so many times, what earlier ones left is looked through."""


@contextmanager
def unswept() -> Iterator[None]:
    """Make objects that stay: nobody looks for garbage meanwhile, nor among them until it is done anew.

    A preview does it again and again, and each time what the last one made becomes garbage.
    """
    _stay.clear()
    gc.unfreeze()
    if next(_TURNS) % EVERY == 0:
        gc.collect()
    with paused():
        try:
            yield
        finally:
            gc.freeze()
            _stay.set()


@contextmanager
def untouched() -> Iterator[None]:
    """Fork: what is there now is not looked through, so that a child goes on sharing its memory."""
    gc.freeze()
    try:
        yield
    finally:
        if not _stay.is_set():
            gc.unfreeze()
