"""With what a build works: what was read before, and whether one thing can be done beside another.

In: from whoever calls `build`, who knows the system. Out: to `build`, which knows nothing of processes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from .readings import Readings

R = TypeVar("R")


class Aside(Protocol):
    """Begins some work, and gives what waits for its end and gives what came of it."""

    def __call__(self, work: Callable[[], R], /) -> Callable[[], R]:
        """Begin."""
        ...


def later(work: Callable[[], R]) -> Callable[[], R]:
    """Leave some work until it is asked for."""
    return work


@dataclass(frozen=True, kw_only=True)
class Means:
    """What a build may use."""

    readings: Readings = field(default_factory=Readings)
    """What was read of files before."""
    aside: Aside = later
    """Begins what nobody waits for yet."""
