"""From the bytes of files to entries, several at a time, and within a process none twice.

In: the files of a folder with their places. Out: what each says, or what is wrong with it. Called by
`loader`. What was read is kept in memory alone, for one preview after another: it is read before the gate.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .bounds import excessive_lines
from .declarations import Context
from .diagnostics import Diagnostic, Report
from .front_matter import read_source
from .model import EMPTY_DATE, AnyEntry, Harvest
from .schema import Place, mentioned_firsts, read_entry
from .sharing import Share, one_by_one
from .slugs import MAX_ID
from .vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What came of reading one file."""

    entry: AnyEntry | None
    """What it says; None where it cannot be taken for an entry."""
    complaints: tuple[Diagnostic, ...] = ()
    firsts: frozenset[str] = frozenset()
    """Ids that an unreadable entry would have brought in, so that nobody is blamed for naming them."""


File = tuple[Place, Callable[[], bytes | None]]
"""Where a file lies, and what gives its bytes, or None where they cannot be had."""
Told = tuple[bytes, Reading | None]
"""The digest of what was read, and what came of it; None where that is known."""


class Readings:
    """What was read of files, by what they hold and where they lie."""

    def __init__(self, share: Share = one_by_one) -> None:
        """Begin with nothing.

        Args:
            share: how the work on many files is shared out.
        """
        self._share = share
        self._known: dict[bytes, Reading] = {}

    def read(self, files: Sequence[File], vocabulary: Vocabulary) -> list[Reading]:
        """Read files, and understand those that are not known yet.

        Args:
            files: their places and what gives their bytes.
            vocabulary: the words that their values are held against.

        Returns:
            What each says, in the order of the files.
        """
        known, self._known = self._known, {}
        started = hashlib.sha256(repr(vocabulary).encode(errors="surrogatepass"))

        def told(number: int) -> Told:
            place, give = files[number]
            data = give()
            key = _key(started.copy(), place, data)
            return key, None if key in known else _read(place, data, vocabulary)

        for key, reading in self._share(told, range(len(files))):
            self._known[key] = reading or known[key]
        return list(self._known.values())


def _key(started: Any, place: Place, data: bytes | None) -> bytes:  # noqa: ANN401 - a hash, whose type has no public name
    started.update(
        f"\n{place.kind}\n{place.id}\n{place.space}\n{place.path}\n".encode(errors="surrogatepass")
    )
    started.update(b"-" if data is None else b"+" + data)
    return bytes(started.digest())


def _read(place: Place, data: bytes | None, vocabulary: Vocabulary) -> Reading:
    """Understand one file."""
    report = Report()
    context = Context(path=place.path, report=report, vocabulary=vocabulary)
    if data is None:
        context.complain("unreadable", 0)
    source = None if data is None else read_source(data, context.complain)
    if source is None:
        return Reading(entry=None, complaints=tuple(report.diagnostics))
    excessive = list(excessive_lines(source.body, source.body_line))
    for line in excessive:
        context.complain("too-much-markup", line)
    entry = read_entry(place, source, context)
    if entry is None or excessive:
        firsts = mentioned_firsts(source.declared)
        return Reading(entry=None, complaints=tuple(report.diagnostics), firsts=firsts)
    if isinstance(entry, Harvest):
        entry = _dated(entry, context)
    return Reading(entry=entry, complaints=tuple(report.diagnostics))


def _named_date(stem: str) -> str:
    """Give the date at the head of a note's file name, as far as it goes."""
    match = re.match(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=-|$)", stem)
    return match[0] if match else ""


def _dated(entry: Harvest, context: Context) -> Harvest:
    """Hold the date of a note's file name against the date it gives; add it where the name has none."""
    stem = entry.id.partition("/")[2]
    written, named = str(entry.date), _named_date(stem)
    if entry.date == EMPTY_DATE:
        return entry
    if not named:
        dated = f"{written}-{stem}"[:MAX_ID].rstrip("-")
        return replace(entry, id=f"{entry.space}/{dated}")
    if not (named.startswith(written) or written.startswith(named)):
        context.complain("date-differs", entry.lines.get("date", 0), named=named, written=written)
    return entry
