"""No slip of the finger in the front matter of a withheld note publishes it, and none ends in a traceback.

Every edit of one character and of one line is tried: each is read, and goes through the gates of two small
libraries that are otherwise the same, with a space of one kind and of another. An edit may be an error or may pass unnoticed; what it may not do is to
let anything through that was not let through before, in either edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from tests import figures
from tests.golden import CASES, TODAY

from practice_library import loader
from practice_library.catalogue import catalogue_of
from practice_library.consent import Admission, Audience, admit
from practice_library.diagnostics import Report, format_diagnostic
from practice_library.loader import load
from practice_library.model import Harvest, Kind
from practice_library.readings import Readings
from practice_library.schema import Place
from practice_library.vocabulary import Vocabulary

SPECIAL: Final = "#:-\"'{}[],&*!|>%@`?\\ \t\n\r\0é\u00a0\u0085\u2028\u200b\ufeff\uff1a"
"""What is inserted everywhere: YAML's own signs, blanks and line ends, and letters that look like none."""
SHOWN: Final = """\
---
title: Shown
date: 2021-05-01
consent: {level: public, given: 2026-03-01}
---
We met.
"""
WITHHELD: Final = """\
---
title: Night round
date: 2021-04-14
practices:
  - check-in
  - {title: Silent walk, summary: Everybody walks.}
reflections:
  what-surprised-us: The quiet.
outputs:
  - title: Round card
    kind: tool
    summary: A card.
consent:
  level: withheld
  share: full
  given: 2026-03-01
  credit: named
quotes:
  - text: I was heard.
    name: Robin
    consent:
      level: public
      given: 2026-03-01
---
"""
BODY: Final = """\
We met at night.

---

consent: {level: public, given: 2026-03-01}
---
"""
"""A body that looks like front matter, should the real one come to end somewhere else."""
SPACE: Final = """\
---
title: Circle
type: {type}
host: Mill Street Centre
consent: {{level: public, given: 2026-03-01, share: full}}
---
"""
TYPES: Final = ("community-of-practice", "community-of-healing")
CHECK_IN: Final = "---\ntitle: Check-in\nsummary: Everybody says a word.\n---\n"
NOTE: Final = "spaces/circle/harvests/2021-04-14-night-round.md"
PLACE: Final = Place(kind=Kind.HARVEST, id="circle/2021-04-14-night-round", space="circle", path=NOTE)
ITEM: Final = loader._Item(
    NOTE, NOTE, "2021-04-14-night-round.md", "2021-04-14-night-round", ".md", is_dir=False
)


def characters_edited(text: str) -> Iterator[str]:
    """Go through a text with one character gone, one of `SPECIAL` put in, or two neighbours swapped."""
    for place in range(len(text)):
        yield text[:place] + text[place + 1 :]
        yield from (text[:place] + mark + text[place:] for mark in SPECIAL)
        yield text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]


def lines_edited(text: str) -> Iterator[str]:
    """Go through a text with one line gone, one doubled, or two neighbours swapped."""
    lines = text.splitlines(keepends=True)
    for place, line in enumerate(lines):
        yield "".join([*lines[:place], *lines[place + 1 :]])
        yield "".join([*lines[:place], line, *lines[place:]])
        yield "".join([*lines[:place], *lines[place + 1 : place + 2], line, *lines[place + 2 :]])


class OneFile(loader._Loader):
    """Reads one note, whose bytes it is given, and finds the vocabulary read."""

    def __init__(self, root: Path, report: Report, vocabulary: Vocabulary, data: bytes) -> None:
        super().__init__(root, root / "spaces", report, {}, Readings())
        self._loaded.vocabulary = vocabulary
        self._data = data

    def _bytes_of(self, _item: object, _limit: int) -> bytes:
        return self._data


class Library:
    """A library that is read once, and the gate before it for each wording of one note."""

    def __init__(self, root: Path, space_type: str) -> None:
        files = {
            "spaces/vocabulary.yml": (CASES / "vocabulary.yml").read_text(encoding="utf-8"),
            "spaces/circle/space.md": SPACE.format(type=space_type),
            "spaces/circle/harvests/2021-05-01-shown.md": SHOWN,
            "spaces/practices/check-in.md": CHECK_IN,
        }
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        report = Report()
        loaded = load(root, root / "spaces", report)
        assert report.diagnostics == []
        self._root, self._sources, self._vocabulary = root, loaded.sources, loaded.vocabulary
        self._words = catalogue_of("en")
        self.before = {audience: self._admitted((), audience) for audience in Audience}

    def publishes(self, text: str) -> bool:
        """Whether anything more is let through, to anybody, with the note written like this."""
        return self.lets_through(self.read(text))

    def lets_through(self, notes: tuple[Harvest, ...]) -> bool:
        """Whether anything more is let through, to anybody, with what was read of the note; nothing may be."""
        return bool(notes) and any(
            self._admitted(notes, audience) != shown for audience, shown in self.before.items()
        )

    def read(self, text: str) -> tuple[Harvest, ...]:
        """Read the note as the loader does; every complaint has its sentence."""
        report = Report()
        reader = OneFile(self._root, report, self._vocabulary, text.encode())
        reader._read_entry(PLACE, ITEM)
        reader._read_found()
        found = reader._sources(None).harvests
        assert found or report.has_errors
        for complaint in report.diagnostics:
            format_diagnostic(complaint, self._words)
        return found

    def _admitted(self, notes: tuple[Harvest, ...], audience: Audience) -> Admission:
        """Give what is let through; what is only for stewards' eyes is left out."""
        sources = replace(self._sources, harvests=(*self._sources.harvests, *notes))
        found = admit(sources, audience, TODAY)
        return Admission(
            spaces=found.spaces,
            harvests=found.harvests,
            practices=found.practices,
            outputs=found.outputs,
            tombstones=found.tombstones,
        )


@pytest.fixture(params=TYPES)
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Library:
    """Give a library with a space that is open, and of a kind."""
    return Library(tmp_path, request.param)


def test_the_note_is_read_and_held_as_it_stands(library: Library) -> None:
    assert len(library.read(WITHHELD + BODY)) == 1
    assert not library.publishes(WITHHELD + BODY)


def test_the_note_would_be_seen_if_it_were_published(library: Library) -> None:
    assert library.publishes(WITHHELD.replace("withheld", "public") + BODY)
    assert library.publishes(WITHHELD.replace("withheld", "members") + BODY)


@pytest.fixture
def libraries(tmp_path: Path) -> list[Library]:
    """Give libraries that differ in the kind of their space alone, of which reading a note knows nothing."""
    return [Library(tmp_path / space_type, space_type) for space_type in TYPES]


@pytest.mark.parametrize("edit", [characters_edited, lines_edited])
def test_no_edit_publishes_the_note_and_none_ends_in_a_traceback(
    libraries: list[Library], edit: Callable[[str], Iterator[str]]
) -> None:
    published: list[str] = []
    broken: list[tuple[str, Exception]] = []
    edits = set(edit(WITHHELD)) - {WITHHELD}
    for text in sorted(edits):
        try:
            notes = libraries[0].read(text + BODY)
            published += [text for library in libraries if library.lets_through(notes)]
        except Exception as error:  # noqa: BLE001 - whatever it is, an author would see a traceback
            broken.append((text, error))
    figures.add("edits of a withheld note: tried", len(edits) * len(libraries))
    figures.add("edits of a withheld note: published", len(published))
    figures.add("edits of a withheld note: tracebacks", len(broken))
    assert (published, broken) == ([], [])
