"""What is related, kept from build to build by the digest of what it was made from.

In: what is known of each practice. Out: those that belong beside it, from an earlier build that knew exactly
the same, or found anew. All of it is made of admitted entries alone. Called by `build` and `plugin`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any, Final

from . import kept_files
from .related import Likeness, Related, relate
from .sharing import Aside, later

NAME: Final = "related"
"""What the file is called in the cache's folder of an edition."""
Neighbours = Mapping[str, tuple[Related, ...]]


class KeptRelated:
    """What is related in one build."""

    def __init__(self, path: Path | None = None, state: str = "") -> None:
        """Take the file it is kept in, if any, and the state of the code that makes it."""
        self._path = path
        self._made_with = state
        self._state = ""
        self._is_kept = False

    def of(self, practices: Sequence[Likeness], aside: Aside = later) -> Callable[[], Neighbours]:
        """Give what waits for the practices that belong beside each.

        Args:
            practices: what is known of each.
            aside: begins to look for them, where they are not known.
        """
        self._state = f"{self._made_with}\n{_digest_of(practices)}" if self._path else ""
        found = kept_files.load(self._path, self._state) if self._path else None
        known = _read(found) if isinstance(found, str) else None
        self._is_kept = known is not None
        return aside(partial(relate, practices)) if known is None else lambda: known

    def keep(self, related: Neighbours) -> None:
        """Keep what was found of the practices that `of` was last given, and nothing else; never raises."""
        if self._path is None or self._is_kept:
            return
        with suppress(OSError):
            kept_files.save(self._path, self._state, _written(related))


def _digest_of(practices: Iterable[Likeness]) -> str:
    """Tell the state of all that is compared."""
    told = sorted([_plain(getattr(known, name)) for name in _COMPARED] for known in practices)
    return hashlib.sha256(repr(told).encode(errors="surrogatepass")).hexdigest()


_COMPARED: Final = [field.name for field in fields(Likeness)]


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


def _written(related: Neighbours) -> str:
    """Write what is related as JSON: equal contents are equal bytes."""
    rows = {key: list(map(_row, near)) for key, near in related.items()}
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _row(other: Related) -> list[object]:
    return [getattr(other, name) for name in _TOLD]


_TOLD: Final = [field.name for field in fields(Related)]


def _read(written: str) -> Neighbours | None:
    """Read what `_written` wrote; None of anything else."""
    try:
        return {key: tuple(map(_related, rows)) for key, rows in json.loads(written).items()}
    except (AttributeError, RecursionError, TypeError, ValueError):
        return None


def _related(row: Sequence[Any]) -> Related:
    told = dict(zip(_TOLD, row, strict=True))
    return Related(**{**told, "terms": tuple(told["terms"])})
