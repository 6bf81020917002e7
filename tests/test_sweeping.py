"""What a preview leaves is garbage in the end, though nobody looks for it at each."""

from __future__ import annotations

import gc
import weakref

from practice_library.sweeping import EVERY, paused, unswept


class _Round:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.own = self


def test_what_was_made_before_is_let_go() -> None:
    with unswept():
        left = weakref.ref(_Round())
    frozen = gc.get_freeze_count()
    for _ in range(EVERY):
        with unswept():
            pass
    try:
        assert frozen > 0
        assert left() is None
    finally:
        gc.unfreeze()


def test_nobody_looks_for_garbage_meanwhile() -> None:
    with paused():
        assert not gc.isenabled()
    assert gc.isenabled()
