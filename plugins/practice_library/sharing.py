"""How work is shared out, as those see it who know nothing of processes.

In: what to do, and with what. Out: what came of it. Who knows the system hands over the ways of `parallel`
in the place of those here, which do one thing after the other. Called by `build`,
`kept_related`, `readings` and `swap`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

R = TypeVar("R")
T = TypeVar("T")


class Share(Protocol):
    """Does something with each of several items, and gives what came of it in their order."""

    def __call__(self, work: Callable[[T], R], items: Sequence[T], /) -> list[R]:
        """Do it."""
        ...


class Aside(Protocol):
    """Begins some work, and gives what waits for its end and gives what came of it."""

    def __call__(self, work: Callable[[], R], /) -> Callable[[], R]:
        """Begin."""
        ...


def one_by_one(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Do something with each item, one after the other."""
    return [work(item) for item in items]


def later(work: Callable[[], R]) -> Callable[[], R]:
    """Leave some work until it is asked for."""
    return work
