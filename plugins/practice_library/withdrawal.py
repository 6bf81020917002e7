"""Taking an entry back: the stub that stays in its place, the list that keeps it away, what goes with it.

In: what was read of a content folder, and an id. Out: the files to write and to remove, and what is left
for people to do. The command line carries it out; nothing here asks for a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from .links import PICTURE, find_links
from .loader import WITHDRAWN_FILE
from .model import EMPTY_DATE, AnyEntry, Harvest, Kind, Sources, Space, kind_of


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """What withdrawing means in files."""

    stubs: tuple[tuple[str, str], ...]
    """Path and new text of each entry's file."""
    removed: tuple[str, ...]
    """Paths of pictures that nothing else shows."""
    listed: tuple[str, ...]
    """The `kind:id` of everything withdrawn, for the list."""


def find_withdrawn(sources: Sources, name: str) -> list[AnyEntry]:
    """Give the entries that an id names: with its kind (`harvest:x/y`) or without, where only one fits.

    A space stands for everything in it.
    """
    kind, separator, entry_id = name.rpartition(":")
    named = [e for e in sources if e.id == entry_id and (not separator or kind_of(e) == kind)]
    spaces = {entry.id for entry in named if isinstance(entry, Space)}
    within = [entry for entry in sources if entry.space in spaces]
    return [*named, *within]


def is_first_mention(sources: Sources, name: str) -> bool:
    """Whether an id (`practice:x` or `output:x`) is known only from a first mention."""
    kind, _, entry_id = name.rpartition(":")
    holders: list[Space | Harvest] = [*sources.spaces, *sources.harvests]
    if kind == Kind.PRACTICE:
        return any(m.id == entry_id and m.title for holder in holders for m in holder.practices)
    if kind == Kind.OUTPUT:
        return any(m.id == entry_id and m.title for holder in holders for m in holder.outputs)
    return False


def withdraw(sources: Sources, entries: Iterable[AnyEntry], today: date, *, tombstone: bool) -> Withdrawal:
    """Work out what is written and removed when entries are withdrawn.

    Args:
        sources: everything that was read.
        entries: what is withdrawn.
        today: from which day it is gone.
        tombstone: whether a calm page is to say that something was withdrawn.
    """
    gone = list(entries)
    paths = {entry.path for entry in gone}
    shown = {picture for entry in gone for picture in _pictures(entry)}
    kept = {picture for entry in sources if entry.path not in paths for picture in _pictures(entry)}
    names = [f"{kind_of(entry)}:{entry.id}" for entry in gone]
    brought = [name for entry in gone for name in _brought_in(entry)]
    others = {f"{kind_of(entry)}:{entry.id}" for entry in sources if entry.path not in paths}
    others |= {name for entry in sources if entry.path not in paths for name in _brought_in(entry)}
    return Withdrawal(
        stubs=tuple((entry.path, _stub(entry, today, tombstone=tombstone)) for entry in gone),
        removed=tuple(sorted(shown - kept)),
        listed=tuple(dict.fromkeys([*names, *(name for name in brought if name not in others)])),
    )


def with_listed(text: str, names: Iterable[str], today: date) -> str:
    """Give the list of withdrawn ids with some more, each once."""
    known = {line.partition("#")[0].strip() for line in text.splitlines()}
    added = "".join(f"{name}  # {today}\n" for name in names if name not in known)
    head = text if not text or text.endswith("\n") else f"{text}\n"
    return head + added


def list_path(folder: str) -> str:
    """Give the path of the list of withdrawn ids in a content folder."""
    return str(PurePosixPath(folder) / WITHDRAWN_FILE)


def _brought_in(entry: AnyEntry) -> Iterator[str]:
    """Go through what an entry brings into the library by a first mention."""
    if isinstance(entry, Space | Harvest):
        yield from (f"{Kind.PRACTICE}:{m.id}" for m in entry.practices if m.title)
        yield from (f"{Kind.OUTPUT}:{m.id}" for m in entry.outputs if m.title)


def _pictures(entry: AnyEntry) -> Iterator[str]:
    for found in find_links(entry.body, entry.path, entry.body_line):
        if found.kind == PICTURE:
            yield found.target


def _stub(entry: AnyEntry, today: date, *, tombstone: bool) -> str:
    """Write what stays of a withdrawn entry: that it is withdrawn, and what its address needs."""
    lines = ["---"]
    if isinstance(entry, Harvest) and entry.date != EMPTY_DATE and not _carries_date(entry):
        lines.append(f"date: {entry.date}")
    if entry.illustrative:
        lines.append("illustrative: true")
    lines.append(f"withdrawn: {today}")
    if tombstone:
        lines.append("tombstone: note")
    return "\n".join([*lines, "---", ""])


def _carries_date(entry: Harvest) -> bool:
    """Whether the file's own name begins with the date, so that the address does not need it."""
    return PurePosixPath(entry.path).name.startswith(str(entry.date))
