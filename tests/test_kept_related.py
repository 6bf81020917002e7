"""What is related is what is found anew, whatever an earlier build left."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from tests.edited import EDITS, ENTRIES, made

from practice_library import kept_files, kept_related
from practice_library.kept_related import KeptRelated, Neighbours
from practice_library.likeness import known_of
from practice_library.related import Likeness, relate

LIKE = [
    Likeness(
        id="round", words=[(3.0, "a word each"), (1.0, "one word in a round")], linked=frozenset({"tea"})
    ),
    Likeness(
        id="tea",
        words=[(3.0, "tea for two"), (1.0, "one word over tea")],
        gatherings=frozenset({"hill/2021-a"}),
        terms=frozenset({"care", "trust"}),
    ),
    Likeness(
        id="wall", words=[(1.0, "a wall")], gatherings=frozenset({"hill/2021-a"}), terms=frozenset({"care"})
    ),
]
ANOTHER: dict[str, Any] = {
    "id": "walk",
    "words": [(3.0, "a walk each"), (1.0, "one word in a round")],
    "gatherings": frozenset({"hill/2021-a"}),
    "terms": frozenset({"care"}),
    "named": frozenset({"wall"}),
    "linked": frozenset({"wall"}),
    "language": "fr",
}


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note how often what is related is looked for."""
    times: list[int] = []

    def noted(practices: list[Likeness]) -> Neighbours:
        times.append(1)
        return relate(practices)

    monkeypatch.setattr(kept_related, "relate", noted)
    return times


def related(practices: list[Likeness], path: Path, state: str = "now") -> Neighbours:
    """Give what is related, with what an earlier build left."""
    kept = KeptRelated(path, state)
    near = kept.of(practices)()
    kept.keep(near)
    return near


def test_what_nothing_changed_in_is_not_looked_for_again(found: list[int], tmp_path: Path) -> None:
    first = related(LIKE, tmp_path / "kept")
    left = (tmp_path / "kept").read_bytes()
    assert any(first.values())
    assert related(LIKE[::-1], tmp_path / "kept") == first
    assert list(related(LIKE, tmp_path / "kept")) == list(first)
    assert len(found) == 1
    assert (tmp_path / "kept").read_bytes() == left


@pytest.mark.parametrize("name", [field.name for field in fields(Likeness)])
def test_whatever_is_known_otherwise_it_is_looked_for_anew(
    name: str, found: list[int], tmp_path: Path
) -> None:
    related(LIKE, tmp_path / "kept")
    other = [replace(LIKE[0], **{name: ANOTHER[name]}), *LIKE[1:]]
    assert related(other, tmp_path / "kept") == relate(other)
    assert len(found) == 2


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_it_is_what_is_found_anew(edit: str, tmp_path: Path) -> None:
    related(known_of(made(ENTRIES, tmp_path / "before").library), tmp_path / "kept")
    edited = made(EDITS[edit], tmp_path / "after").library
    assert related(known_of(edited), tmp_path / "kept") == edited.related


def test_words_in_a_note_leave_what_is_related_as_it_is(found: list[int], tmp_path: Path) -> None:
    for name, files in {"before": ENTRIES, "after": EDITS["a note's text"]}.items():
        related(known_of(made(files, tmp_path / name).library), tmp_path / "kept")
    assert len(found) == 1 + 2  # each build looks for it, too


def test_what_is_withdrawn_leaves_the_cache(tmp_path: Path) -> None:
    related(LIKE, tmp_path / "kept")
    assert b"wall" in (tmp_path / "kept").read_bytes()
    related(LIKE[:2], tmp_path / "kept")
    assert b"wall" not in (tmp_path / "kept").read_bytes()


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:-1],
        lambda data: data[:60] + b"?" + data[61:],
        lambda _: b"",
        lambda _: b"practice-library 1\nand so on",
    ],
)
def test_what_is_damaged_is_no_cache(
    harm: Callable[[bytes], bytes], found: list[int], tmp_path: Path
) -> None:
    first = related(LIKE, tmp_path / "kept")
    left = (tmp_path / "kept").read_bytes()
    (tmp_path / "kept").write_bytes(harm(left))
    assert related(LIKE, tmp_path / "kept") == first
    assert len(found) == 2
    assert (tmp_path / "kept").read_bytes() == left


@pytest.mark.parametrize(
    "told",
    [
        7,
        "",
        "[]",
        "[" * 100_000,
        "{",
        '{"round": 3}',
        '{"round": [[1]]}',
        json.dumps({"round": [["tea", *[7] * 5]]}),
    ],
)
def test_what_has_another_form_is_no_cache(told: object, found: list[int], tmp_path: Path) -> None:
    kept = KeptRelated(tmp_path / "kept", "now")
    kept.of(LIKE)
    kept_files.save(tmp_path / "kept", kept._state, told)
    assert related(LIKE, tmp_path / "kept") == relate(LIKE)
    assert len(found) == 1


def test_what_other_code_found_is_looked_for_anew(found: list[int], tmp_path: Path) -> None:
    assert related(LIKE, tmp_path / "kept") == related(LIKE, tmp_path / "kept", "later")
    assert len(found) == 2


def test_a_place_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    assert related(LIKE, tmp_path / "kept") == relate(LIKE)
