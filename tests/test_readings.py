"""What was read of files is kept and taken again, but never a word of what is held, nor anybody else's word."""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.sites import write_files

from practice_library import kept_files, readings
from practice_library.build import Build, Options, SourceAccess, build
from practice_library.readings import Readings

TODAY = date(2026, 11, 24)
SPACE = "---\ntitle: Riverside circle\ntype: CoL\nhost: Mill Street Centre\n---\n"
NOTE = "---\ntitle: {title}\ndate: 2021-04-14\nconsent: {{level: {level}, given: 2021-04-20}}\n{more}---\n{body}\n"
QUOTE = "quotes:\n  - text: Nobody may read this\n"
FILES = {
    "spaces/riverside/space.md": SPACE,
    "spaces/riverside/harvests/2021-04-14-open.md": NOTE.format(
        title="Open", level="public", more="", body="We met."
    ),
    "spaces/riverside/harvests/2021-04-14-quoted.md": NOTE.format(
        title="Quoted", level="public", more=QUOTE, body="We met again."
    ),
    "spaces/riverside/harvests/2021-04-14-held.md": NOTE.format(
        title="Hidden", level="withheld", more="", body="Nobody was to know."
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_files(tmp_path, FILES)
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which files are read."""
    seen: list[str] = []
    inner = readings._read

    def noted(files: object, vocabulary: object, number: int) -> object:
        seen.append(files[number][0].path.rpartition("/")[2])  # type: ignore[index]
        return inner(files, vocabulary, number)  # type: ignore[arg-type]

    monkeypatch.setattr(readings, "_read", noted)
    return seen


def built(root: Path, kept: Readings, today: date = TODAY) -> Build:
    made = build(root, root / "spaces", Options(today=today, source=SourceAccess.PRIVATE), readings=kept)
    assert made.report.diagnostics == []
    return made


def keep(root: Path, path: Path, state: str = "now") -> None:
    kept = Readings(path, state)
    kept.keep(built(root, kept).admission.shown())


def test_what_was_kept_is_not_read_again(root: Path, tmp_path: Path, read: list[str]) -> None:
    first = Readings(tmp_path / "kept", "now")
    made = built(root, first)
    first.keep(made.admission.shown())
    assert len(read) == len(FILES)
    read.clear()

    again = built(root, Readings(tmp_path / "kept", "now"))

    assert read == ["2021-04-14-held.md", "2021-04-14-quoted.md"]
    assert again.admission == made.admission


def test_within_one_process_nothing_is_read_twice(root: Path, read: list[str]) -> None:
    kept = Readings()
    built(root, kept)
    read.clear()
    write_files(root, {"spaces/riverside/harvests/2021-04-14-open.md": FILES[OPEN] + "More.\n"})

    assert built(root, kept).library.harvests["riverside/2021-04-14-open"].body.endswith("More.")
    assert read == ["2021-04-14-open.md"]


OPEN = "spaces/riverside/harvests/2021-04-14-open.md"


def test_no_word_of_what_is_held_is_kept(root: Path, tmp_path: Path) -> None:
    keep(root, tmp_path / "kept")
    written = (tmp_path / "kept").read_bytes()
    assert b"We met." in written
    for word in (b"Nobody", b"Hidden", b"2021-04-14-held", b"2021-04-14-quoted"):
        assert word not in written


def test_with_and_without_what_is_held_the_same_is_kept(root: Path, tmp_path: Path) -> None:
    keep(root, tmp_path / "kept")
    (root / "spaces/riverside/harvests/2021-04-14-held.md").unlink()
    keep(root, tmp_path / "without")
    assert (tmp_path / "kept").read_bytes() == (tmp_path / "without").read_bytes()


def test_what_is_held_from_now_on_leaves_the_cache(root: Path, tmp_path: Path) -> None:
    keep(root, tmp_path / "kept")
    write_files(root, {"spaces/withdrawn.txt": "harvest:riverside/2021-04-14-open\n"})
    keep(root, tmp_path / "kept")
    assert b"We met." not in (tmp_path / "kept").read_bytes()


def test_a_day_on_which_consent_has_ended_is_seen(root: Path, tmp_path: Path) -> None:
    ends = FILES[OPEN].replace("given: 2021-04-20", "given: 2021-04-20, until: 2026-12-01")
    write_files(root, {OPEN: ends})
    keep(root, tmp_path / "kept")
    late = built(root, Readings(tmp_path / "kept", "now"), today=date(2026, 12, 2))
    assert "riverside/2021-04-14-open" not in late.library.harvests


@pytest.mark.parametrize("change", ["other bytes", "other place", "other vocabulary", "other code"])
def test_what_hangs_on_something_else_is_read_again(
    root: Path, tmp_path: Path, read: list[str], change: str
) -> None:
    keep(root, tmp_path / "kept")
    read.clear()
    moved = OPEN.replace("open", "opened")
    if change == "other bytes":
        write_files(root, {OPEN: FILES[OPEN] + "\nMore.\n"})
    elif change == "other place":
        (root / OPEN).rename(root / moved)
    elif change == "other vocabulary":
        write_files(root, {"spaces/vocabulary.yml": "roles: []\n"})
    built_anew = Readings(tmp_path / "kept", "later" if change == "other code" else "now")
    build(root, root / "spaces", Options(today=TODAY), readings=built_anew)
    assert {"2021-04-14-open.md", "2021-04-14-opened.md"} & set(read)


class Evil:
    """Does something when it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("evil",)


def _evil() -> bytes:
    return pickle.dumps({b"key": Evil()})


BROKEN: Mapping[str, bytes] = {
    "nothing": b"",
    "a head alone": kept_files._HEAD,
    "words": b"practice-library 1\nand so on",
    "another's values": _evil(),
}


@pytest.mark.parametrize("written", BROKEN.values(), ids=BROKEN)
def test_what_is_not_as_it_was_written_is_no_cache(
    root: Path, tmp_path: Path, read: list[str], written: bytes
) -> None:
    (tmp_path / "kept").write_bytes(written)
    built(root, Readings(tmp_path / "kept", "now"))
    assert len(read) == len(FILES)


def test_one_byte_of_damage_is_seen(root: Path, tmp_path: Path, read: list[str]) -> None:
    keep(root, tmp_path / "kept")
    read.clear()
    data = bytearray((tmp_path / "kept").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "kept").write_bytes(data)
    built(root, Readings(tmp_path / "kept", "now"))
    assert len(read) == len(FILES)


def test_values_of_other_kinds_are_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kept_files.save(tmp_path / "kept", "now", {b"key": Evil()})
    assert kept_files.load(tmp_path / "kept", "now") is None
    assert kept_files.made(_evil(), readings._KINDS) is None
    assert not (tmp_path / "evil").exists()


def test_a_cache_that_cannot_be_written_is_no_cache(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    keep(root, tmp_path / "file" / "kept")
    assert (tmp_path / "file").read_text(encoding="utf-8") == ""


def test_every_field_the_gate_may_narrow_keeps_an_entry_out(root: Path) -> None:
    kept = Readings()
    made = built(root, kept)
    shown = made.library.harvests["riverside/2021-04-14-open"]
    assert readings._is_whole(shown, {shown.path: shown})
    for changed in (
        {"body": ""},
        {"title": "Other"},
        {"summary_only": True},
        {"quotes": ()},
        {"aliases": ("a",)},
    ):
        narrowed = replace(shown, **changed)
        assert readings._is_whole(shown, {shown.path: narrowed}) is (narrowed == shown)
