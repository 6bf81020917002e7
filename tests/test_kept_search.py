"""An index made with what an earlier build left is the one made from nothing, and only what changed costs."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest
from tests.edited import EDITS, ENTRIES, made
from tests.searching import kept_words
from tests.sites import TODAY, write_files, write_project
from tests.small_library import LIBRARY

from practice_library import documents, kept_files, search_index, shards
from practice_library.build import Options, build
from practice_library.kept_search import KeptSearch
from practice_library.postings import analyse
from practice_library.results import index_of_build

VOCABULARY = "spaces/vocabulary.yml"
NOTE = "spaces/riverside/harvests/2021-04-14-first-circle.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project", LIBRARY)


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which documents are analysed."""
    seen: list[str] = []

    def noted(document: object) -> object:
        seen.append(document.title)  # type: ignore[attr-defined]
        return analyse(document)  # type: ignore[arg-type]

    monkeypatch.setattr("practice_library.kept_search.analyse", noted)
    return seen


def index(project: Path, kept: KeptSearch | None = None) -> dict[str, bytes]:
    return index_of_build(build(project, project / "spaces", Options(today=TODAY)), kept=kept)


def test_what_nothing_changed_in_is_not_analysed_again(
    project: Path, tmp_path: Path, analysed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = index(project, KeptSearch(tmp_path / "kept", "now"))
    assert analysed
    analysed.clear()
    monkeypatch.setattr(zlib, "compress", None)
    monkeypatch.setattr(search_index, "merged", None)
    monkeypatch.setattr(documents, "plain", None)

    assert index(project, KeptSearch(tmp_path / "kept", "now")) == first
    assert analysed == []


def test_all_is_kept_through_a_build_in_which_nothing_changed(project: Path, tmp_path: Path) -> None:
    index(project, KeptSearch(tmp_path / "kept", "now"))
    kept = (tmp_path / "kept").read_bytes()
    index(project, KeptSearch(tmp_path / "kept", "now"))
    assert (tmp_path / "kept").read_bytes() == kept


def test_other_synonyms_give_the_index_that_would_be_made_from_nothing(project: Path, tmp_path: Path) -> None:
    before = index(project, KeptSearch(tmp_path / "kept", "now"))
    write_files(project, {VOCABULARY: LIBRARY[VOCABULARY] + "\nsynonyms:\n  en:\n    - [circle, round]\n"})

    after = index(project, KeptSearch(tmp_path / "kept", "now"))

    assert after != before
    assert after == index(project)


def test_an_edit_gives_the_index_that_would_be_made_from_nothing(
    project: Path, tmp_path: Path, analysed: list[str]
) -> None:
    before = index(project, KeptSearch(tmp_path / "kept", "now"))
    analysed.clear()
    write_files(project, {NOTE: LIBRARY[NOTE] + "\nWe spoke of bread.\n"})

    after = index(project, KeptSearch(tmp_path / "kept", "now"))

    assert "First circle" in analysed
    assert after != before
    assert after == index(project)


@pytest.mark.parametrize("state", ["now", "later"])
def test_another_state_or_damage_makes_it_from_nothing(
    project: Path, tmp_path: Path, analysed: list[str], state: str
) -> None:
    first = index(project, KeptSearch(tmp_path / "kept", "now"))
    whole = sorted(analysed)
    analysed.clear()
    if state == "now":
        (tmp_path / "kept").write_bytes((tmp_path / "kept").read_bytes()[:-1])

    assert index(project, KeptSearch(tmp_path / "kept", state)) == first
    assert sorted(analysed) == whole


@pytest.mark.parametrize("edit", EDITS)
def test_after_every_kind_of_edit_it_is_the_index_made_from_nothing(edit: str, tmp_path: Path) -> None:
    index_of_build(made(ENTRIES, tmp_path / "before"), kept=KeptSearch(tmp_path / "kept", "now"))
    edited = made(EDITS[edit], tmp_path / "after")
    assert index_of_build(edited, kept=KeptSearch(tmp_path / "kept", "now")) == index_of_build(edited)


def test_texts_of_documents_that_stay_are_not_made(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(project, KeptSearch(tmp_path / "kept", "now"))
    seen: list[str] = []
    plain = documents.plain

    def noted(text: str) -> str:
        seen.append(text)
        return plain(text)

    monkeypatch.setattr(documents, "plain", noted)
    monkeypatch.setattr(shards, "_SEGMENT", 1)
    for times in range(2):
        write_files(project, {NOTE: f"{LIBRARY[NOTE]}\nWe spoke {times} times.\n"})
        seen.clear()
        index(project, KeptSearch(tmp_path / "kept", "now"))
    assert any("We spoke 1 times." in text for text in seen)
    assert len(seen) < len(set(LIBRARY)) / 2


def test_what_is_withdrawn_leaves_the_cache(project: Path, tmp_path: Path) -> None:
    write_files(project, {NOTE: LIBRARY[NOTE] + "\nWe spoke of marzipan.\n"})
    index(project, KeptSearch(tmp_path / "kept", "now"))
    assert b"marzipan" in kept_words((tmp_path / "kept").read_bytes())

    write_files(project, {"spaces/withdrawn.txt": "harvest:riverside/2021-04-14-first-circle\n"})
    index(project, KeptSearch(tmp_path / "kept", "now"))
    assert b"marzipan" not in kept_words((tmp_path / "kept").read_bytes())


def test_a_cache_that_cannot_be_written_is_no_cache(project: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert index(project, KeptSearch(tmp_path / "file" / "kept", "now")) == index(project)


class Evil:
    """Does something when it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("evil",)


@pytest.mark.parametrize("written", [b"", b"practice-library 1\n", b"practice-library 1\nand so on"])
def test_what_was_not_kept_is_no_cache(project: Path, tmp_path: Path, written: bytes) -> None:
    (tmp_path / "kept").write_bytes(written)
    assert index(project, KeptSearch(tmp_path / "kept", "now")) == index(project)


def test_no_object_is_made_whatever_a_file_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kept_files.save(tmp_path / "kept", "now", {b"key": Evil()})
    assert kept_files.load(tmp_path / "kept", "now") is None
    assert not (tmp_path / "evil").exists()
