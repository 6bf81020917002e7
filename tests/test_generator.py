"""Libraries made from a seed: of the size asked for, the same each time, and without a complaint."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from _generator import NOTE_WORDS, QUANTILES, Generator, words_at
from practice_library.build import Build, Options, SourceAccess, build

VOCABULARY = Path(__file__).parents[1] / "spaces" / "vocabulary.yml"


def _built(notes: int, root: Path, seed: str = "a") -> Build:
    folder = root / "spaces"
    Generator(notes, seed).write(folder)
    (folder / "vocabulary.yml").write_bytes(VOCABULARY.read_bytes())
    return build(root, folder, Options(today=date(2026, 11, 24), source=SourceAccess.PRIVATE))


def test_a_generated_library_is_read_without_a_complaint(tmp_path: Path) -> None:
    assert not _built(80, tmp_path).report.diagnostics


def test_it_holds_about_one_note_in_eight_back_and_shows_the_rest(tmp_path: Path) -> None:
    made = _built(400, tmp_path)
    shown = len(made.library.harvests)

    assert 320 <= shown <= 370
    assert len(made.admission.held) >= 400 - shown
    assert len({space.type for space in made.library.spaces.values()}) == 4
    assert {note.language for note in made.library.harvests.values()} == {"", "fr"}


def test_the_same_seed_gives_the_same_library_and_another_gives_another() -> None:
    one = list(Generator(30, "a").entries())

    assert one == list(Generator(30, "a").entries())
    assert one != list(Generator(30, "b").entries())


def test_lengths_are_those_that_were_counted() -> None:
    assert [words_at(share, NOTE_WORDS) for share in QUANTILES] == list(NOTE_WORDS)
    assert words_at(0.375, NOTE_WORDS) == (217 + 453) // 2
