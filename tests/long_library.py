"""A library in which every list is longer than one page shows, for tests that need such a one.

One space with many gatherings, many small spaces of one initiative, practices and outputs from A to Z, a
practice, a principle and a question that every gathering has to do with. Some ids are words that addresses of
parts are made of. All of it is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.sites import VOCABULARY

YEARS: Final = range(2016, 2026)
NOTES: Final = 170
NAMED: Final = 60
"""How many practices, outputs and small spaces there are."""
_CONSENT: Final = "consent: {level: public, given: 2026-03-01, by: group}"
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def note_path(number: int) -> str:
    """Give the path of a note of the large space."""
    return f"spaces/meadow/harvests/{_day(number)}-evening-{number}.md"


def _day(number: int) -> str:
    return f"{YEARS[number % len(YEARS)]}-{number % 12 + 1:02}-{number % 27 + 1:02}"


def _name(number: int, kind: str) -> str:
    return f"{_LETTERS[number % 26].upper()}{_LETTERS[number // 26]} {kind}"


def note(number: int) -> str:
    """Write a note of the large space."""
    practices = f"round, {_name(number % NAMED, 'walk').lower().replace(' ', '-')}"
    output = _name(number % NAMED, "card").lower().replace(" ", "-")
    return f"""\
---
title: Evening {number}
date: {_day(number)}
practices: [{practices}]
principles: [shared-ownership]
outputs: [{output}, the-book]
reflections:
  growth: We grew by {number}.
{_CONSENT}
---

We met again. See [[approach:safe-space]] and [[practice:growing]].
"""


def _files() -> Iterator[tuple[str, str]]:
    yield "spaces/vocabulary.yml", VOCABULARY
    yield "spaces/meadow/space.md", _space("Meadow circle")
    for number in range(NOTES):
        yield note_path(number), note(number)
    yield "spaces/practices/round.md", _practice("Round")
    yield "spaces/practices/growing.md", _practice("Growing")
    yield "spaces/practices/exemplary.md", _practice("Exemplary")
    yield "spaces/outputs/tool.md", _output("Tool", "")
    yield "spaces/outputs/the-book.md", _output("The book", "round")
    for number in range(NAMED):
        practice, output, space = (_name(number, kind) for kind in ("walk", "card", "table"))
        yield f"spaces/practices/{practice.lower().replace(' ', '-')}.md", _practice(practice)
        yield f"spaces/outputs/{output.lower().replace(' ', '-')}.md", _output(output, "round")
        yield f"spaces/{space.lower().replace(' ', '-')}/space.md", _space(space, "Tables")
    yield "spaces/by-kind/space.md", _space("By kind", "Tables")
    yield "spaces/by-kind/harvests/community-of-practice.md", note(1)
    yield "spaces/meadow/harvests/timeline.md", note(2)


def _space(title: str, initiative: str = "") -> str:
    more = f"initiative: {initiative}\npractices: [round]\n" if initiative else ""
    words = f"principles:\n  - shared-ownership: This room is ours, says {title}.\n"
    return f"---\ntitle: {title}\ntype: CoP\nhost: {title} house\n{more}{words}---\n\nWe meet.\n"


def _practice(title: str) -> str:
    roles = "roles: [facilitator]\nprinciples: [shared-ownership]\n"
    return f"---\ntitle: {title}\nsummary: We try {title}.\n{roles}---\n\nOne begins.\n"


def _output(title: str, practice: str) -> str:
    made = f"practices: [{practice}]\n" if practice else ""
    return f"---\ntitle: {title}\nkind: tool\nsummary: {title} to hold.\n{made}---\n\nFold it.\n"


LIBRARY: Final = dict(_files())
