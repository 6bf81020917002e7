"""With what a build works: what was read before, and whether one thing can be done beside another.

In: from whoever calls `build`, who knows the system. Out: to `build`, which knows nothing of processes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .kept_related import KeptRelated
from .privacy import KnownDetails
from .readings import Readings
from .sharing import Aside, later


@dataclass(frozen=True, kw_only=True)
class Means:
    """What a build may use."""

    readings: Readings = field(default_factory=Readings)
    """What was read of files before."""
    details: KnownDetails = field(default_factory=KnownDetails)
    """What was found in entries before."""
    related: KeptRelated = field(default_factory=KeptRelated)
    """What an earlier build found to be related."""
    aside: Aside = later
    """Begins what nobody waits for yet."""
