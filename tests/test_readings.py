"""What was read of files is kept and taken again, but never a word of what is held, nor anybody else's word."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from tests.sites import write_files

from practice_library import readings
from practice_library.build import Build, Options, SourceAccess, build
from practice_library.means import Means
from practice_library.readings import Reading, Readings
from practice_library.schema import Place
from practice_library.vocabulary import Vocabulary

T = TypeVar("T")
R = TypeVar("R")

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

    def noted(place: Place, data: bytes | None, vocabulary: Vocabulary) -> Reading:
        seen.append(place.path.rpartition("/")[2])
        return inner(place, data, vocabulary)

    monkeypatch.setattr(readings, "_read", noted)
    return seen


def built(root: Path, kept: Readings, today: date = TODAY) -> Build:
    made = build(
        root, root / "spaces", Options(today=today, source=SourceAccess.PRIVATE), means=Means(readings=kept)
    )
    assert made.report.diagnostics == []
    return made


def test_within_one_process_nothing_is_read_twice(root: Path, read: list[str]) -> None:
    kept = Readings()
    built(root, kept)
    read.clear()
    write_files(root, {"spaces/riverside/harvests/2021-04-14-open.md": FILES[OPEN] + "More.\n"})

    assert built(root, kept).library.harvests["riverside/2021-04-14-open"].body.endswith("More.")
    assert read == ["2021-04-14-open.md"]


OPEN = "spaces/riverside/harvests/2021-04-14-open.md"


@pytest.mark.parametrize("change", ["other bytes", "other place", "other vocabulary"])
def test_what_hangs_on_something_else_is_read_again(root: Path, read: list[str], change: str) -> None:
    kept = Readings()
    built(root, kept)
    read.clear()
    if change == "other bytes":
        write_files(root, {OPEN: FILES[OPEN] + "\nMore.\n"})
    elif change == "other place":
        (root / OPEN).rename(root / OPEN.replace("open", "opened"))
    else:
        write_files(root, {"spaces/vocabulary.yml": "roles: []\n"})
    build(root, root / "spaces", Options(today=TODAY), means=Means(readings=kept))
    assert {"2021-04-14-open.md", "2021-04-14-opened.md"} & set(read)


def test_each_preview_decides_anew_what_may_be_shown(root: Path) -> None:
    kept = Readings()
    note = "riverside/2021-04-14-open"
    write_files(
        root, {OPEN: FILES[OPEN].replace("given: 2021-04-20", "given: 2021-04-20, until: 2026-12-01")}
    )
    assert note in built(root, kept).library.harvests
    assert note not in built(root, kept, today=date(2026, 12, 2)).library.harvests
    write_files(root, {"spaces/withdrawn.txt": f"harvest:{note}\n"})
    assert note not in built(root, kept).library.harvests


def test_what_was_read_elsewhere_is_the_same(root: Path) -> None:
    def elsewhere(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
        return [pickle.loads(pickle.dumps(work(item))) for item in items]  # noqa: S301 - our own

    assert built(root, Readings(elsewhere)).admission == built(root, Readings()).admission
