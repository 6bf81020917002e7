"""Work on many items shared out among processes, where the system can fork; else done here.

In: what to do with an item, and the items. Out: what came of each, in their order. A forked child has all
that its parent had in memory, so nothing is handed over but numbers, and only what came of it comes back.
Where it is asked to, the parent works with its children; else it waits for them.
What a child could not do, for whatever reason, is done here, so that a fault is met in the open.
"""

from __future__ import annotations

import os
import pickle
import selectors
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Final, NoReturn, TypeVar

from .sweeping import untouched

T = TypeVar("T")
R = TypeVar("R")

LEAST: Final = 24
"""Fewer items than this a process are not worth a fork."""
_NUMBER: Final = struct.Struct("=I")
_MOST: Final = 8_000
"""How many numbers a pipe is sure to take before anybody reads them."""
_ROOM: Final = 1 << 16
"""How many bytes a pipe holds, as a rule."""
_TURNS: Final = 32
"""How many times each child comes back for more, at least: others make up for what one is slow with."""
_BATCH: Final = 32
"""How many items are taken at once, at most: what they have in common is sent back once."""


def processes() -> int:
    """Tell how many processes may run at once: one where a fork is not to be trusted."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def spread(
    work: Callable[[T], R],
    items: Sequence[T],
    *,
    most: int = 0,
    here: bool = False,
    told: Callable[[int], None] = lambda _done: None,
) -> list[R]:
    """Do something with each item, and give what came of it in the order of the items.

    Args:
        work: what is done; what it gives must be of a kind that can be pickled.
        items: with what.
        most: how many processes there may be; 0 for as many as the machine has.
        here: whether this process takes its share, of which nothing has to be sent; for what leaves no trace.
        told: called now and then with how many items are done.
    """
    count = min(most or processes(), processes(), len(items) // LEAST)
    done = _shared_out(work, items, count, told, here=here) if count > 1 else {}
    made: list[R] = []
    for number, item in enumerate(items):
        if number not in done:
            done[number] = work(item)
            told(len(done))
        made.append(done[number])
    return made


def beside(work: Callable[[], R]) -> Callable[[], R]:
    """Begin something in a process of its own, where the system can fork; else, it is done when asked for.

    Args:
        work: what is done; what it gives must be of a kind that can be pickled.

    Returns:
        What waits for the end and gives what came of it, once.
    """
    if processes() < 2:  # noqa: PLR2004 - this one, and one beside it
        return work
    numbers = _queue([0])
    end, child = _forked(lambda _: work(), [None], 1, numbers)
    os.close(numbers)

    def wait() -> R:
        done: dict[int, R] = _ended([end], [child], lambda _: None, iter(()))
        return done[0] if done else work()

    return wait


def _shared_out(
    work: Callable[[T], R], items: Sequence[T], count: int, told: Callable[[int], None], *, here: bool
) -> dict[int, R]:
    """Fork, and gather what the children send and what is done here, by the number of the item."""
    step = max(min(_BATCH, len(items) // (count * _TURNS)), -(-len(items) // _MOST), 1)
    numbers = _queue(range(0, len(items), step))
    with untouched():
        forked = [_forked(work, items, step, numbers) for _ in range(count - here)]
        batches = _batches(numbers, step, len(items)) if here else ()
        own = ((number, work(items[number])) for batch in batches for number in batch)
        try:
            return _ended([end for end, _ in forked], [child for _, child in forked], told, own)
        finally:
            os.close(numbers)


def _forked(work: Callable[[T], R], items: Sequence[T], step: int, numbers: int) -> tuple[int, int]:
    """Start a child; give what it writes to, and its number."""
    end, own = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(end)  # or what it writes once its parent has ended would wait for ever to be read
        _serve(work, items, step, numbers, own)
    os.close(own)
    return end, child


def _ended(
    ends: Sequence[int],
    children: Sequence[int],
    told: Callable[[int], None],
    own: Iterator[tuple[int, R]],
) -> dict[int, R]:
    """Gather what children send until all of them have ended."""
    try:
        return _gathered(ends, told, own)
    finally:
        for end in ends:
            os.close(end)
        for child in children:
            with suppress(ChildProcessError):
                os.waitpid(child, 0)


def _queue(numbers: Sequence[int]) -> int:
    """Put numbers into a pipe, from which whoever is free takes the next."""
    end, own = os.pipe()
    os.write(own, b"".join(map(_NUMBER.pack, numbers)))
    os.close(own)
    return end


def _batches(numbers: int, step: int, count: int) -> Iterator[range]:
    """Take items from those that nobody has taken, until none is left."""
    while packed := os.read(numbers, _NUMBER.size):
        first = _NUMBER.unpack(packed)[0]
        yield range(first, min(first + step, count))


def _serve(work: Callable[[T], R], items: Sequence[T], step: int, numbers: int, out: int) -> NoReturn:
    """Be a child: take numbers, do the work, send what came of it; end with the parent."""
    parent = os.getppid()
    with suppress(BaseException):
        for batch in _batches(numbers, step, len(items)):
            if os.getppid() != parent:
                break
            _send(out, pickle.dumps([(number, work(items[number])) for number in batch]))
    os._exit(0)


def _send(out: int, data: bytes) -> None:
    rest = memoryview(_NUMBER.pack(len(data)) + data)
    while rest:
        rest = rest[os.write(out, rest) :]


def _gathered(ends: Sequence[int], told: Callable[[int], None], own: Iterator[tuple[int, R]]) -> dict[int, R]:
    """Read until every child has ended, and work meanwhile; what one sent in part does not count."""
    done: dict[int, R] = {}
    buffers = {end: bytearray() for end in ends}
    with selectors.DefaultSelector() as waiting:
        for end in ends:
            waiting.register(end, selectors.EVENT_READ)
        while waiting.get_map():
            mine = dict(islice(own, 1))
            done.update(mine)
            for key, _ in waiting.select(0 if mine else None):
                data = os.read(key.fd, _ROOM)
                if not data:
                    waiting.unregister(key.fd)
                buffers[key.fd] += data
                done.update(_taken(buffers[key.fd]))
            told(len(done))
    return done


def _taken(buffer: bytearray) -> list[tuple[int, R]]:
    """Take what has come whole out of a buffer."""
    found: list[tuple[int, R]] = []
    place = 0
    while len(buffer) - place >= _NUMBER.size:
        end = place + _NUMBER.size + _NUMBER.unpack_from(buffer, place)[0]
        if end > len(buffer):
            break
        found += pickle.loads(bytes(buffer[place + _NUMBER.size : end]))  # noqa: S301 - from our own child
        place = end
    del buffer[:place]
    return found
