"""By what readers narrow a search: the facets, and which of their values an entry has.

In: admitted entries. Out: values by facet. Called by `documents` and, for the words, by `results`.
A value is an id; what it is called is the catalogue's or the vocabulary's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from .library import Initiative, Library, OutputRecord, PracticeRecord, Why
from .model import Harvest, Kind, Practice, Space
from .readers import duration_minutes, group_bounds
from .slugs import free_id

FACETS: Final = (
    "kind",
    "type",
    "principle",
    "approach",
    "role",
    "maturity",
    "output-kind",
    "year",
    "time",
    "group",
    "language",
    "initiative",
)
"""Every facet, in the order of the finder."""
TIMES: Final = {"15-minutes": 15, "30-minutes": 30, "1-hour": 60, "2-hours": 120, "half-day": 240}
"""Time there is, by the most minutes it gives: a practice has every value in which it fits."""
LONGER: Final = "longer"
"""The time of a practice that needs more than all of these."""
GROUPS: Final = {"2": (1, 2), "3-5": (3, 5), "6-12": (6, 12), "13-25": (13, 25), "26": (26, 10**9)}
"""Sizes of a group: a practice has every value that its own sizes reach into."""

Values = dict[str, tuple[str, ...]]


def of_practice(practice: PracticeRecord, library: Library) -> Values:
    """Give the values of a practice: its own, and those of the gatherings that worked with it."""
    evidence = library.evidence.get(practice.id, ())
    types = [note.space_type for note in evidence]
    spaces = [note.harvest.space for note in evidence]
    if practice.space:
        spaces.append(practice.space)
    entry = practice.entry
    return _kept(
        kind=(Kind.PRACTICE,),
        type=_distinct([*types, *_types([practice.space], library)]),
        maturity=(library.maturity[practice.id].level.value,),
        year=_distinct(str(note.harvest.date.year) for note in evidence),
        initiative=_initiatives(spaces, library),
        **(_of_write_up(entry) if entry else {}),
    )


def _of_write_up(entry: Practice) -> Values:
    return {
        "principle": tuple(mention.id for mention in entry.principles),
        "approach": entry.approaches,
        "role": entry.roles,
        "time": times_of(entry.time),
        "group": groups_of(entry.group_size),
    }


def of_space(space: Space, library: Library) -> Values:
    """Give the values of a space; its years are those of its notes."""
    return _kept(
        kind=(Kind.SPACE,),
        type=(space.type,),
        principle=tuple(mention.id for mention in space.principles),
        approach=space.approaches,
        year=_distinct(str(note.date.year) for note in library.harvests_of.get(space.id, ())),
        initiative=_initiatives([space.id], library),
    )


def of_harvest(harvest: Harvest, library: Library) -> Values:
    """Give the values of a harvest note."""
    return _kept(
        kind=(Kind.HARVEST,),
        type=_types([harvest.space], library),
        principle=tuple(mention.id for mention in harvest.principles),
        approach=harvest.approaches,
        year=(str(harvest.date.year),),
        initiative=_initiatives([harvest.space], library),
    )


def of_output(output: OutputRecord, library: Library) -> Values:
    """Give the values of an innovation output; its years are those of the notes it came out of."""
    sources = [b.source for b in library.pointing_to(Kind.OUTPUT, output.id) if b.why is Why.CAME_OUT_OF]
    notes = [library.harvests[source.id] for source in sources if source.kind == Kind.HARVEST]
    spaces = [source.id for source in sources if source.kind == Kind.SPACE]
    spaces += [note.space for note in notes]
    if output.space:
        spaces.append(output.space)
    return _kept(
        kind=(Kind.OUTPUT,),
        type=_types(spaces, library),
        year=_distinct(str(note.date.year) for note in notes),
        initiative=_initiatives(spaces, library),
        **{"output-kind": (output.kind,)},
    )


def of_term(kind: str, term_id: str) -> Values:
    """Give the values of a term: its kind, and itself."""
    own = {kind: (term_id,)} if kind in FACETS else {}
    return _kept(kind=(kind,), **own)


def of_initiative(initiative: Initiative, library: Library) -> Values:
    """Give the values of an initiative."""
    return _kept(
        kind=("initiative",),
        type=_types(initiative.spaces, library),
        initiative=(initiative.id,),
    )


def times_of(written: str) -> tuple[str, ...]:
    """Give the times in which a practice fits: one of 20 to 30 minutes fits into half an hour and more.

    Args:
        written: `time` of the front matter; empty for none.
    """
    bounds = duration_minutes(written)
    if bounds is None:
        return ()
    fitting = tuple(name for name, most in TIMES.items() if bounds[0] <= most)
    return fitting or (LONGER,)


def groups_of(written: str) -> tuple[str, ...]:
    """Give the sizes of group that a practice is for.

    Args:
        written: `group_size` of the front matter; empty for none.
    """
    bounds = group_bounds(written)
    if bounds is None:
        return ()
    low, high = bounds
    most = high if high is not None else 10**9
    return tuple(name for name, (first, last) in GROUPS.items() if low <= last and most >= first)


def _types(spaces: Iterable[str], library: Library) -> tuple[str, ...]:
    return _distinct(library.spaces[key].type for key in spaces if key in library.spaces)


def _initiatives(spaces: Iterable[str], library: Library) -> tuple[str, ...]:
    named = (library.spaces[key].initiative for key in spaces if key in library.spaces)
    return _distinct(free_id(name, "initiative") for name in named if name)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _kept(**values: tuple[str, ...]) -> Values:
    return {name: tuple(map(str, found)) for name, found in values.items() if found}


def order_of(facet: str, values: Iterable[str], known: Mapping[str, Iterable[str]]) -> list[str]:
    """Give the values of a facet in the order to show: years newest first, the rest as declared or by id.

    Args:
        facet: its name.
        values: those that some entry has.
        known: the declared order of facets that have one.
    """
    there = set(values)
    if facet == "year":
        return sorted(there, reverse=True)
    declared = [value for value in known.get(facet, ()) if value in there]
    return declared + sorted(there - set(declared))
