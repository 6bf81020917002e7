"""What templates are shown of the library: sorted, grouped and counted.

In: the library. Out: plain values for one place of one page. Called from templates, and by `listings`
for what a page has no room for; decides what is listed in which order, and says nothing in words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from .evidence import Evidence, MaturityLevel, Spread, spread_of
from .library import Backlink, Initiative, Library, OutputRecord, PracticeRecord, Ref, Why
from .links import TERM_KINDS
from .model import TYPES, Harvest, Kind, PracticeMention, PrincipleMention, Space
from .parts import NO_LETTER
from .slugs import free_id, slug_of

LEVELS: Final = (
    MaturityLevel.EXEMPLARY,
    MaturityLevel.GROWING,
    MaturityLevel.EMERGING,
    MaturityLevel.UNPROVEN,
    MaturityLevel.NOT_RATED,
)
NEWEST: Final = 6
"""How many notes the home page shows."""


def evidence_of(library: Library, practice_id: str) -> list[Evidence]:
    """Give the notes of a practice, newest first, those that count before those that do not."""
    found = library.evidence.get(practice_id, ())
    newest = sorted(found, key=lambda n: (n.harvest.date.sort_key, n.harvest.id), reverse=True)
    return sorted(newest, key=lambda note: not note.counts)


def spread(library: Library, practice_id: str) -> Spread | None:
    """Give where and when a practice was worked with."""
    return spread_of(library.evidence.get(practice_id, ()), TYPES)


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One mark of the evidence picture, in its units."""

    x: int
    y: int
    radius: int
    count: int
    type: str
    year: int
    fate: str
    """`worked`, `mixed` or `did-not-work`."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One kind of space in the evidence picture: the height of its label and of its line."""

    type: str
    label: int
    line: int


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The evidence picture of a practice: kinds of space downwards, years across."""

    width: int
    height: int
    rows: tuple[Row, ...]
    columns: tuple[tuple[int, int], ...]
    """The place of each labelled year, and the year."""
    dots: tuple[Dot, ...]


_ROW, _COLUMN, _LABEL, _LINE, _NARROWEST = 60, 40, 44, 66, 200
_MOST_YEARS = 12


def picture(found: Spread) -> Picture:
    """Lay out the evidence picture; with many years only some are labelled."""
    years = found.years
    step = max(1, -(-len(years) // _MOST_YEARS))
    at = {year: _COLUMN // 2 + _COLUMN * index for index, year in enumerate(years)}
    rows = {
        kind: Row(type=kind, label=_LABEL + _ROW * index, line=_LINE + _ROW * index)
        for index, kind in enumerate(found.types)
    }
    return Picture(
        width=max(_NARROWEST, _COLUMN * len(years)),
        height=_ROW * len(rows) + _LINE - _LABEL,
        rows=tuple(rows.values()),
        columns=tuple((at[year], year) for year in years[::step]),
        dots=tuple(
            Dot(
                x=at[cell.year],
                y=rows[cell.type].line,
                radius=min(15, 8 + 2 * (cell.worked + cell.adapted + cell.did_not_work - 1)),
                count=cell.worked + cell.adapted + cell.did_not_work,
                type=cell.type,
                year=cell.year,
                fate=_fate(cell.worked + cell.adapted, cell.did_not_work),
            )
            for cell in found.cells
        ),
    )


def _fate(worked: int, failed: int) -> str:
    if not failed:
        return "worked"
    return "mixed" if worked else "did-not-work"


def uses(library: Library, practice_id: str, why: Why | str) -> list[Backlink]:
    """Give what points to a practice for one reason."""
    return _of(library.pointing_to(Kind.PRACTICE, practice_id), why)


def mentions(library: Library, kind: str, target: str) -> list[Ref]:
    """Give what mentions an entry or a term in its text and for no stronger reason."""
    found = library.pointing_to(kind, target)
    strong = {backlink.source for backlink in found if backlink.why is not Why.MENTIONED_IN}
    weak = _of(found, Why.MENTIONED_IN)
    return sorted({backlink.source for backlink in weak} - strong)


def pointing(library: Library, kind: str, target: str, why: Why | str) -> list[Backlink]:
    """Give what points to an entry or a term for one reason."""
    return _of(library.pointing_to(kind, target), why)


def _of(found: Iterable[Backlink], why: Why | str) -> list[Backlink]:
    return [backlink for backlink in found if backlink.why == why]


def by_kind(backlinks: Iterable[Backlink]) -> list[tuple[str, list[Ref]]]:
    """Group what points somewhere by kind: spaces, notes, practices, outputs; each source once."""
    return refs_by_kind(backlink.source for backlink in backlinks)


def refs_by_kind(refs: Iterable[Ref]) -> list[tuple[str, list[Ref]]]:
    """Group entries by kind in the usual order; each once."""
    groups: dict[str, dict[Ref, None]] = defaultdict(dict)
    for ref in refs:
        groups[ref.kind].setdefault(ref)
    return [(kind, list(groups[kind])) for kind in Kind if kind in groups]


def newest(library: Library, count: int = NEWEST) -> list[Harvest]:
    """Give the newest notes of the library."""
    return list(reversed(library.harvests.values()))[:count]


def figures(library: Library) -> list[tuple[str, int]]:
    """Give the library in figures."""
    return [
        ("spaces", len(library.spaces)),
        ("harvests", len(library.harvests)),
        ("practices", len(library.practices)),
        ("outputs", len(library.outputs)),
    ]


def notes_of(library: Library, space_id: str) -> list[Harvest]:
    """Give a space's notes, newest first."""
    return list(reversed(library.harvests_of.get(space_id, [])))


def neighbours(library: Library, harvest: Harvest) -> tuple[Harvest | None, Harvest | None]:
    """Give the notes before and after one in its space."""
    notes = library.harvests_of[harvest.space]
    place = library.place_of[harvest.id]
    before = notes[place - 1] if place else None
    return before, notes[place + 1] if place + 1 < len(notes) else None


def practices_of(library: Library, space: Space) -> list[tuple[PracticeRecord, Counter[str]]]:
    """Give the practices a space stewards, names or worked with, and how often each went how."""
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in space.practices:
        tally[mention.id].update()
    for note in library.harvests_of.get(space.id, []):
        for mention in note.practices:
            tally[mention.id][mention.relation.value] += 1
    stewarded = library.practices_in.get(space.id, [])
    known = [library.practices[key] for key in {*tally, *stewarded} if key in library.practices]
    return [(p, tally[p.id]) for p in sorted(known, key=lambda p: slug_of(p.title))]


def outputs_of(library: Library, space: Space) -> list[OutputRecord]:
    """Give the outputs that came out of a space."""
    named = {mention.id for mention in space.outputs}
    for note in library.harvests_of.get(space.id, []):
        named |= {mention.id for mention in note.outputs}
    named |= set(library.outputs_in.get(space.id, []))
    return sorted((library.outputs[key] for key in named if key in library.outputs), key=_title)


def children(library: Library, space_id: str) -> list[Space]:
    """Give the spaces that lie within another."""
    return [library.spaces[child] for child in library.children_of.get(space_id, [])]


def _title(item: Space | PracticeRecord | OutputRecord) -> str:
    return slug_of(item.title)


def spaces_by_type(library: Library) -> list[tuple[str, list[Space]]]:
    """Give the spaces of each kind, by title."""
    return [
        (kind, sorted((s for s in library.spaces.values() if s.type == kind), key=_title)) for kind in TYPES
    ]


def practices_by_level(library: Library) -> list[tuple[MaturityLevel, list[PracticeRecord]]]:
    """Give the practices of each level, the best proven first, each by title."""
    groups: dict[MaturityLevel, list[PracticeRecord]] = defaultdict(list)
    for practice in sorted(library.practices.values(), key=_title):
        groups[library.maturity[practice.id].level].append(practice)
    return [(level, groups[level]) for level in LEVELS if groups[level]]


def practices_by_letter(library: Library) -> list[tuple[str, list[PracticeRecord]]]:
    """Give the practices by the first letter of their titles."""
    ordered = sorted(library.practices.values(), key=_title)
    return [
        (letter, list(found))
        for letter, found in groupby(ordered, lambda p: slug_of(p.title)[:1].upper() or NO_LETTER)
    ]


def outputs_by_kind(library: Library) -> list[tuple[str, list[OutputRecord]]]:
    """Give the outputs of each kind, by title."""
    groups: dict[str, list[OutputRecord]] = defaultdict(list)
    for output in sorted(library.outputs.values(), key=_title):
        groups[output.kind].append(output)
    known = library.vocabulary.section("output_kinds")
    return [(kind, groups[kind]) for kind in known if kind in groups]


def carried(library: Library, kind: str) -> list[tuple[str, Counter[str]]]:
    """Give each term of a kind with how many entries of each kind carry it."""
    found = []
    for term_id in library.vocabulary.section(TERM_KINDS[kind]):
        sources = {backlink.source for backlink in library.pointing_to(kind, term_id)}
        found.append((term_id, Counter(source.kind for source in sources)))
    return found


def answers(library: Library, question: str) -> list[Backlink]:
    """Give the answers to a question, newest first."""
    found = _of(library.pointing_to("question", question), Why.ANSWERED_IN)
    found.sort(key=lambda b: (library.harvests[b.source.id].date.sort_key, b.source.id), reverse=True)
    return found


def answers_by_year(library: Library, found: Iterable[Backlink]) -> list[tuple[int, list[Backlink]]]:
    """Group answers by year, in the order they have."""
    return [
        (year, list(group))
        for year, group in groupby(found, lambda b: library.harvests[b.source.id].date.year)
    ]


def ways_of(library: Library, output: OutputRecord) -> list[tuple[Space, list[Harvest]]]:
    """Give the spaces an output came out of, each with the gatherings it came out of."""
    found: dict[str, list[Harvest]] = {}
    for backlink in library.pointing_to(Kind.OUTPUT, output.id):
        if backlink.why is not Why.CAME_OUT_OF:
            continue
        if backlink.source.kind == Kind.SPACE:
            found.setdefault(backlink.source.id, [])
        else:
            harvest = library.harvests[backlink.source.id]
            found.setdefault(harvest.space, []).append(harvest)
    if output.space:
        found.setdefault(output.space, [])
    return [(library.spaces[key], notes) for key, notes in found.items() if key in library.spaces]


def made_with(output: OutputRecord, library: Library) -> list[str]:
    """Give the ids of the practices an output rests on."""
    named = output.entry.practices if output.entry else ()
    return [key for key in named if key in library.practices]


def in_own_words(space: Space) -> Sequence[PrincipleMention]:
    """Give the principles that a space tells in its own words."""
    return [mention for mention in space.principles if mention.words]


def initiative_of(library: Library, space: Space) -> Initiative | None:
    """Give the initiative a space belongs to."""
    return library.initiatives.get(free_id(space.initiative, "initiative")) if space.initiative else None


def proven(library: Library, count: int = NEWEST) -> list[PracticeRecord]:
    """Give the practices with the most independent hosts behind them."""
    tried = [p for p in library.practices.values() if library.maturity[p.id].hosts]
    tried.sort(key=lambda p: (-library.maturity[p.id].hosts, -library.maturity[p.id].worked, p.id))
    return tried[:count]


def spaces_of_type(library: Library, kind: str) -> list[Space]:
    """Give the spaces of one kind, by title."""
    return sorted((s for s in library.spaces.values() if s.type == kind), key=_title)


def spaces_in(library: Library, initiative: Initiative) -> list[Space]:
    """Give the spaces of an initiative."""
    return [library.spaces[key] for key in initiative.spaces]


def outputs_in_initiative(library: Library, initiative: Initiative) -> list[OutputRecord]:
    """Give the outputs that came out of an initiative's spaces, each once."""
    found = {o.id: o for space in spaces_in(library, initiative) for o in outputs_of(library, space)}
    return sorted(found.values(), key=_title)


def carriers(library: Library, kind: str, target: str) -> list[Backlink]:
    """Give what carries a term, whether in its own words or not."""
    weak = {Why.MENTIONED_IN, Why.ANSWERED_IN}
    return [b for b in library.pointing_to(kind, target) if b.why not in weak]


def known_practices(library: Library, harvest: Harvest) -> list[PracticeMention]:
    """Give the practices a gathering worked with, without those since withdrawn."""
    return [mention for mention in harvest.practices if mention.id in library.practices]


def known_outputs(library: Library, harvest: Harvest) -> list[OutputRecord]:
    """Give the outputs that came out of a gathering, without those since withdrawn."""
    return [library.outputs[m.id] for m in harvest.outputs if m.id in library.outputs]


def harvests_by_year(library: Library) -> list[tuple[int, list[Harvest]]]:
    """Give the library's notes by year, newest first."""
    notes = reversed(library.harvests.values())
    return [(year, list(found)) for year, found in groupby(notes, lambda note: note.date.year)]
