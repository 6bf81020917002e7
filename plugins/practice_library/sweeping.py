"""Keeps Python's garbage collector from looking again and again through entries that stay to the end.

A library of ten thousand notes is millions of objects, none of them garbage: to look through them as often as
usual takes a quarter of a build. Called around what makes them.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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


@contextmanager
def unswept() -> Iterator[None]:
    """Make objects that stay: nobody looks for garbage meanwhile, nor among them afterwards."""
    gc.unfreeze()
    with paused():
        try:
            yield
        finally:
            gc.freeze()
