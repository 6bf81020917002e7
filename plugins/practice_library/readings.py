"""From the bytes of files to entries, several at a time, and none twice that a build has read before.

In: the files of a folder with their places. Out: what each says, or what is wrong with it. Called by
`loader`. What was read is kept in memory, and on disk from build to build, there only where the gate let
through every word of it without a complaint: no word of what is held ever reaches the cache.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from . import kept_files, model
from .bounds import excessive_lines
from .diagnostics import Diagnostic, Report
from .front_matter import read_source
from .model import EMPTY_DATE, AnyEntry, Consent, Entry, Harvest
from .readers import Context
from .schema import Place, mentioned_firsts, read_entry
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


Share = Callable[[Callable[[int], Reading], Sequence[int]], list[Reading]]
"""Does something with each of several numbers, and gives what came of it in their order."""


def one_by_one(work: Callable[[int], Reading], numbers: Sequence[int]) -> list[Reading]:
    """Do something with each number, one after the other."""
    return [work(number) for number in numbers]


class Readings:
    """What was read of files, by what they hold and where they lie."""

    def __init__(self, path: Path | None = None, state: str = "", share: Share = one_by_one) -> None:
        """Begin with what was kept.

        Args:
            path: the file it is kept in; none for memory alone.
            state: the state of the code that reads: what another has read does not count.
            share: how the work on many files is shared out.
        """
        self._path = path
        self._state = state
        self._share = share
        self._known: dict[bytes, Reading] | None = None
        self._used: dict[bytes, Reading] = {}
        self._kept: frozenset[bytes] = frozenset()

    def read(self, files: Sequence[tuple[Place, bytes]], vocabulary: Vocabulary) -> list[Reading]:
        """Read files, those that are not known yet.

        Args:
            files: their places and bytes.
            vocabulary: the words that their values are held against.

        Returns:
            What each says, in the order of the files.
        """
        known = self._begun()
        started = hashlib.sha256(repr(vocabulary).encode(errors="surrogatepass"))
        keys = [_key(started.copy(), place, data) for place, data in files]
        new = [number for number, key in enumerate(keys) if key not in known]
        made = self._share(partial(_read, files, vocabulary), new)
        known = {**known, **{keys[number]: found for number, found in zip(new, made, strict=True)}}
        self._used = {key: known[key] for key in keys}
        self._known = self._used
        return [self._used[key] for key in keys]

    def keep(self, shown: Iterable[Entry]) -> None:
        """Keep on disk what the gate let through as it was read, and nothing else; never raises.

        Args:
            shown: the entries that were admitted, as the gate leaves them.
        """
        if self._path is None:
            return
        admitted = {entry.path: entry for entry in shown}
        lasting = {
            key: found.entry
            for key, found in self._used.items()
            if found.entry and not found.complaints and _is_whole(found.entry, admitted)
        }
        if lasting.keys() == self._kept:
            return
        with suppress(OSError):
            written = {key: kept_files.written(lasting[key]) for key in sorted(lasting)}
            kept_files.save(self._path, self._state, written)
            self._kept = frozenset(lasting)

    def _begun(self) -> Mapping[bytes, Reading]:
        if self._known is None:
            entries = _kept(self._path, self._state) if self._path else {}
            self._kept = frozenset(entries)
            self._known = {key: Reading(entry=entry) for key, entry in entries.items()}
        return self._known


def _key(started: Any, place: Place, data: bytes) -> bytes:  # noqa: ANN401 - a hash, whose type has no public name
    started.update(
        f"\n{place.kind}\n{place.id}\n{place.space}\n{place.path}\n".encode(errors="surrogatepass")
    )
    started.update(data)
    return bytes(started.digest())


def _read(files: Sequence[tuple[Place, bytes]], vocabulary: Vocabulary, number: int) -> Reading:
    """Read one of several files."""
    place, data = files[number]
    report = Report()
    context = Context(path=place.path, report=report, vocabulary=vocabulary)
    source = read_source(data, context.complain)
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


# What lasts from build to build.


def _is_whole(read: Entry, admitted: Mapping[str, Entry]) -> bool:
    """Whether the gate let through every word of what was read: all but the terms of consent themselves."""
    shown = admitted.get(read.path)
    if shown is None or type(shown) is not type(read):
        return False
    plain: dict[str, Any] = {"consent": Consent()}
    if isinstance(read, Harvest):
        plain["quotes"] = tuple(replace(quote, consent=Consent()) for quote in read.quotes)
    return all(
        plain.get(name, getattr(read, name)) == getattr(shown, name)
        for name in (declared.name for declared in fields(read))
    )


_KINDS: Final = kept_files.kinds(
    *(kind for kind in vars(model).values() if isinstance(kind, type) and kind.__module__ == model.__name__),
    date,
)
"""All that an entry is made of."""


def _kept(path: Path, state: str) -> dict[bytes, AnyEntry]:
    """Read what was kept."""
    found = kept_files.load(path, state)
    pairs = found.items() if isinstance(found, dict) else ()
    entries = ((key, kept_files.made(written, _KINDS)) for key, written in pairs)
    return {key: entry for key, entry in entries if isinstance(entry, AnyEntry)}
