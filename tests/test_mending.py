"""What `check --fix` mends and what it leaves alone: golden cases, and that no mending ever opens anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
import yaml
from tests.golden import CASES
from tests.sites import write_files, write_project
from tests.small_library import LIBRARY

from practice_library.build import build
from practice_library.cli import main
from practice_library.diagnostics import Severity
from practice_library.fixing import mendings
from practice_library.mending import is_slip, meant, protected
from practice_library.model import kind_of
from practice_library.options import Settings, read_settings

FOLDER: Final = CASES / "mending"


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A note with something wrong, and what is to come of it."""

    name: str
    claim: str
    path: str
    note: str
    becomes: str = ""
    stays: tuple[str, ...] = ()


def read_broken(path: Path) -> Broken:
    """Read a case; every scalar is text."""
    found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes only text, lists and mappings
    return Broken(name=path.stem, **{**found, "stays": tuple(found.get("stays", ()))})


ALL: Final = [read_broken(path) for path in sorted(FOLDER.iterdir())]
MENDED: Final = [case for case in ALL if case.becomes]
LEFT: Final = [case for case in ALL if case.stays]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the small library without any mistake, and stand in its folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")
    return write_project(tmp_path, {**LIBRARY}, options={"source": "private"})


def errors(project: Path, path: str) -> list[str]:
    """Give the errors of one file, as `line [code]`."""
    settings = read_settings(project / "mkdocs.yml")
    made = build(settings.root, settings.spaces, settings.options)
    return [f"{found.line} [{found.code}]" for found in made.report.of(Severity.ERROR) if found.path == path]


def test_there_are_forty_broken_notes_and_more() -> None:
    assert len(MENDED) + len(LEFT) == len(ALL) >= 40
    assert len({case.claim for case in ALL}) == len(ALL)


@pytest.mark.parametrize("case", MENDED, ids=lambda case: case.name)
def test_what_has_one_safe_mending_is_mended_and_may_be_built(case: Broken, project: Path) -> None:
    write_files(project, {case.path: case.note})
    assert errors(project, case.path)
    assert main(["check", "--fix", "--yes"]) == 0, case.claim
    assert (project / case.path).read_text(encoding="utf-8") == case.becomes, case.claim


@pytest.mark.parametrize("case", LEFT, ids=lambda case: case.name)
def test_what_is_in_doubt_stays_byte_for_byte_and_is_explained(
    case: Broken, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(project, {case.path: case.note})
    assert main(["check", "--fix", "--yes"]) == 1, case.claim
    assert (project / case.path).read_text(encoding="utf-8") == case.note, case.claim
    assert errors(project, case.path) == list(case.stays)
    said = capsys.readouterr().out
    assert all(re.search(rf"{case.path}:{told.replace(' [', ': .+ .')}", said) for told in case.stays)


def test_forty_notes_are_mended_in_one_go_and_the_others_left_alone(project: Path) -> None:
    numbered = {re.sub(r"(\.md)$", rf"-{n}\1", case.path): case for n, case in enumerate(ALL)}
    notes = {path: case for path, case in numbered.items() if not path.startswith("spaces/valley")}
    write_files(project, {path: case.note for path, case in notes.items()})
    main(["check", "--fix", "--yes"])
    wrong = {
        path: case.claim
        for path, case in notes.items()
        if (project / path).read_text(encoding="utf-8") != (case.becomes or case.note)
        and "title: Cup" not in case.note  # its first mention stands in another note by now
    }
    assert wrong == {}


def test_a_mending_is_shown_before_it_is_kept(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = next(case for case in MENDED if case.name == "colon-in-a-title")
    write_files(project, {case.path: case.note})
    main(["check", "--fix", "--yes", "--format", "json"])
    heard = capsys.readouterr()
    assert "-title: An evening: who listens?\n" in heard.err
    assert '+title: "An evening: who listens?"\n' in heard.err
    assert heard.out.startswith("{")


@pytest.mark.parametrize(("answer", "kept"), [("y", True), ("n", False), ("", False), ("yes", True)])
def test_who_sits_at_the_terminal_is_asked(
    project: Path, monkeypatch: pytest.MonkeyPatch, answer: str, *, kept: bool
) -> None:
    case = next(case for case in MENDED if case.name == "tab")
    write_files(project, {case.path: case.note})
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    main(["check", "--fix"])
    text = (project / case.path).read_text(encoding="utf-8")
    assert text == (case.becomes if kept else case.note)


@pytest.mark.parametrize(("start", "end"), [("\ufeff", "\n"), ("", "\r\n"), ("\ufeff", "\r\n"), ("", "\r")])
def test_line_ends_and_a_mark_at_the_start_stay(project: Path, start: str, end: str) -> None:
    case = next(case for case in MENDED if case.name == "several-slips")
    path = project / case.path
    path.write_bytes((start + case.note.replace("\n", end)).encode())
    assert main(["check", "--fix", "--yes"]) == 0
    assert path.read_bytes() == (start + case.becomes.replace("\n", end)).encode()


def test_only_the_files_asked_for_are_mended(project: Path) -> None:
    tab, colon = (next(c for c in MENDED if c.name == name) for name in ("tab", "colon-in-a-title"))
    other = case_path = "spaces/riverside/harvests/2021-05-01-evening.md"
    write_files(project, {tab.path: tab.note, other: colon.note})
    main(["check", "--fix", "--yes", "spaces/riverside"])
    assert (project / case_path).read_text(encoding="utf-8") == colon.becomes
    assert (project / tab.path).read_text(encoding="utf-8") == tab.note


def test_a_note_that_somebody_writes_to_meanwhile_is_left_alone(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = next(case for case in MENDED if case.name == "tab")
    write_files(project, {case.path: case.note})
    newer = case.note.replace("We met.", "We met again.")

    def answer(_question: str) -> str:
        write_files(project, {case.path: newer})
        return "y"

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    main(["check", "--fix"])
    assert (project / case.path).read_text(encoding="utf-8") == newer


def test_nothing_half_written_stays_behind(project: Path) -> None:
    case = next(case for case in MENDED if case.name == "tab")
    write_files(project, {case.path: case.note})
    before = {path.name for path in (project / case.path).parent.iterdir()}
    main(["check", "--fix", "--yes"])
    assert {path.name for path in (project / case.path).parent.iterdir()} == before
    assert list((project / ".cache/practice-library").iterdir()) == []


# Consent.


HELD: Final = """\
---
title: Night round
date: 2021-05-01
practices: [check-in-round]
consent:
  level: withheld
  given: 2021-04-20
quotes:
  - text: I was heard.
    consent:
      level: withheld
---

We met.
"""
SPECIAL: Final = ':"\t'


def edits(text: str) -> Iterator[str]:
    """Go through a head with one character gone, one put in, or two neighbours swapped."""
    end = text.index("\n---", 4)
    for place in range(4, end):
        yield text[:place] + text[place + 1 :]
        yield text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        for sign in SPECIAL:
            yield text[:place] + sign + text[place:]


def settings_of(project: Path) -> Settings:
    return read_settings(project / "mkdocs.yml")


def test_no_slip_in_a_withheld_note_is_mended_into_something_that_is_shown(project: Path) -> None:
    """Each slip lies in a note of its own, and all of them in one library, which is mended at once."""
    tried = {f"spaces/hill/harvests/2021-05-01-{n}.md": text for n, text in enumerate(edits(HELD))}
    write_files(project, tried)
    settings = settings_of(project)
    _, after = mendings(settings, [])
    assert len(after) > 100
    instead = {path: text.encode() for path, text in after.items()}
    made = build(settings.root, settings.spaces, settings.options, instead)
    assert [entry.path for entry in made.admission.harvests if entry.path in tried] == []


def test_a_mending_of_a_silent_practice_never_loses_what_was_said_of_consent(project: Path) -> None:
    """Silence opens a practice in a community of learning, so its words of consent must stay words of consent."""
    text = "---\ntitle: Two chairs\nsummary: Sit down.\nconsent:\n  level: withheld\n---\n\nSit.\n"
    tried = {f"spaces/hill/practices/chairs-{n}.md": edited for n, edited in enumerate(edits(text))}
    write_files(project, tried)
    settings = settings_of(project)
    before = build(settings.root, settings.spaces, settings.options)
    _, after = mendings(settings, [])
    instead = {path: edited.encode() for path, edited in after.items()}
    made = build(settings.root, settings.spaces, settings.options, instead)
    opened = {f"{kind_of(entry)}:{entry.id}" for entry in made.admission.practices}
    opened -= {f"{kind_of(entry)}:{entry.id}" for entry in before.admission.practices}
    assert opened == set()


@pytest.mark.parametrize(
    "lines",
    [
        ["consent: {level: public}"],
        ["Consent : x"],
        ["“consent”: x"],
        ["  - {text: x, consent: {}}"],
        ["withdrawn: 2021"],
        ["type: CoH"],
        ["consent:", "\tlevel: public", "", "\tgiven: 2021-04-20"],
    ],
)
def test_lines_of_consent_are_protected(lines: list[str]) -> None:
    assert protected(lines) == frozenset(range(1, len(lines) + 1))


def test_what_comes_after_consent_is_not_protected() -> None:
    lines = ["title: x", "consent:", "  level: public", "practices:", "  - a"]
    assert protected(lines) == {2, 3}


# Words.


@pytest.mark.parametrize(
    ("written", "wanted", "slip"),
    [
        ("tilte", "title", True),
        ("titel", "title", True),
        ("titl", "title", True),
        ("titles", "title", True),
        ("tutle", "title", True),
        ("title", "title", False),
        ("tool", "toll", True),
        ("bad", "bid", False),
        ("teach", "reach", True),
        ("titillate", "title", False),
        ("abcdef", "badcfe", False),
    ],
)
def test_a_slip_is_one_letter(written: str, wanted: str, *, slip: bool) -> None:
    assert is_slip(written, wanted) is slip
    assert is_slip(wanted, written) is slip


@pytest.mark.parametrize(
    ("written", "known", "word"),
    [
        ("Check-in Round", {"check-in-round", "talking-piece"}, "check-in-round"),
        ("chek-in-round", {"check-in-round"}, "check-in-round"),
        ("rond", {"round", "bond"}, ""),
        ("quite-another", {"check-in-round"}, ""),
        ("“talking-piece”", {"talking-piece"}, "talking-piece"),
        ("écoute", {"ecoute"}, "ecoute"),
        ("round", {"round"}, ""),
        ("", {"round"}, ""),
    ],
)
def test_a_word_is_meant_only_where_no_other_could_be(written: str, known: set[str], word: str) -> None:
    assert meant(written, known) == word
