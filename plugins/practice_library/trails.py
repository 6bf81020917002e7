"""The way of an output, from the space it came out of to its use, as one short line.

In: the library and an output. Out: a `Trail`, with the first few of every step and a count of the others,
so that no page grows with what it only mentions. Called from templates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .library import Library, OutputRecord, Why
from .model import Harvest, Kind, Space, Use

SHOWN: Final = 3
"""How many of one step are named; the others are counted."""
MOST: Final = 6
"""How many trails a page draws."""


@dataclass(frozen=True, kw_only=True)
class Trail:
    """Where an output comes from and where it went."""

    output: OutputRecord
    spaces: tuple[Space, ...] = ()
    notes: tuple[Harvest, ...] = ()
    """The gatherings it came out of."""
    practices: tuple[str, ...] = ()
    """The ids of the practices it was made with."""
    uses: tuple[Use, ...] = ()

    @property
    def leads_on(self) -> bool:
        """Whether it tells more than that an output came out of a space."""
        return bool(self.practices or self.uses or self.notes)


def of_space(library: Library, space: Space) -> list[Trail]:
    """Give the trails of what came out of a space, by title."""
    notes: dict[str, list[Harvest]] = defaultdict(list)
    for mention in space.outputs:
        notes[mention.id] += []
    for key in library.outputs_in.get(space.id, []):
        notes[key] += []
    for note in library.harvests_of.get(space.id, []):
        for mention in note.outputs:
            notes[mention.id].append(note)
    trails = [
        _trail(library, library.outputs[key], [space], found)
        for key, found in notes.items()
        if key in library.outputs
    ]
    return sorted(trails, key=lambda trail: (trail.output.title.casefold(), trail.output.id))


def of_harvest(library: Library, note: Harvest) -> list[Trail]:
    """Give the trails of what came out of a gathering, in the order of the note."""
    space = library.spaces[note.space]
    known = [library.outputs[m.id] for m in note.outputs if m.id in library.outputs]
    return [_trail(library, output, [space], [note]) for output in known]


def of_practice(library: Library, practice_id: str) -> list[Trail]:
    """Give the trails of what was made with a practice."""
    found = library.pointing_to(Kind.PRACTICE, practice_id)
    made = [library.outputs[b.source.id] for b in found if b.why is Why.MADE_WITH]
    return [of_output(library, output) for output in made]


def of_output(library: Library, output: OutputRecord) -> Trail:
    """Give the trail of an output: its first spaces and gatherings."""
    spaces: dict[str, Space] = {}
    notes: list[Harvest] = []
    for space, note in _origins(library, output):
        if space.id not in spaces and len(spaces) < SHOWN:
            spaces[space.id] = space
        if note is not None and len(notes) < SHOWN:
            notes.append(note)
        if len(spaces) == len(notes) == SHOWN:
            break
    return _trail(library, output, list(spaces.values()), notes)


def _origins(library: Library, output: OutputRecord) -> Iterator[tuple[Space, Harvest | None]]:
    """Go through the spaces and gatherings an output came out of, oldest gathering first."""
    if output.space in library.spaces:
        yield library.spaces[output.space], None
    for backlink in library.pointing_to(Kind.OUTPUT, output.id):
        if backlink.why is not Why.CAME_OUT_OF:
            continue
        if backlink.source.kind == Kind.SPACE:
            yield library.spaces[backlink.source.id], None
        else:
            note = library.harvests[backlink.source.id]
            yield library.spaces[note.space], note


def _trail(
    library: Library, output: OutputRecord, spaces: Sequence[Space], notes: Sequence[Harvest]
) -> Trail:
    entry = output.entry
    return Trail(
        output=output,
        spaces=tuple(spaces),
        notes=tuple(notes),
        practices=tuple(key for key in (entry.practices if entry else ()) if key in library.practices),
        uses=entry.used_by if entry else (),
    )


def farthest(library: Library, count: int = MOST) -> list[Trail]:
    """Give the trails that lead farthest: to most uses first, then those that tell the most."""

    def told(output: OutputRecord) -> tuple[bool, int, int, str, str]:
        entry = output.entry
        uses, practices = (len(entry.used_by), len(entry.practices)) if entry else (0, 0)
        return (output.illustrative, -uses, -practices, output.title.casefold(), output.id)

    trails = (of_output(library, output) for output in sorted(library.outputs.values(), key=told))
    return [trail for trail, _ in zip((t for t in trails if t.leads_on), range(count), strict=False)]
