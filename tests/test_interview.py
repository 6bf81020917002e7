"""`practice-library new` as an interview, and with flags: what is not plainly said of consent stays withheld."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pytest
import yaml
from tests.sites import write_project
from tests.small_library import LIBRARY

from practice_library.cli import main

NOTE: Final = "spaces/riverside/harvests/2026-11-20-a-late-round.md"
CALL: Final = ["new", "harvest", "--space", "riverside", "--title", "A late round", "--date", "2026-11-20"]
QUESTIONS: Final = 8


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")
    return write_project(tmp_path, {**LIBRARY}, options={"source": "private"})


Answer = Callable[[Sequence[str]], list[str]]


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Give a way to lay answers ready; the questions come to stand in the list that it gives."""

    def ready(answers: Sequence[str]) -> list[str]:
        left, asked = iter(answers), list[str]()

        def said(question: str) -> str:
            asked.append(question)
            return next(left)

        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("builtins.input", said)
        return asked

    return ready


def head(project: Path, note: str = NOTE) -> dict[str, object]:
    text = (project / note).read_text("utf-8").split("---\n")[1]
    found: dict[str, object] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes only text, lists and mappings
    return found


def test_a_whole_note_can_be_told_in_the_interview(project: Path, answer: Answer) -> None:
    asked = answer([
        "harvest", "1", "A late round", "20 November 2026", "Check-in Round, talking-piece", "", "We told of: first days.",
        *[""] * (QUESTIONS - 2), "public", "2026-11-21", "group",
    ])  # fmt: skip
    assert main(["new"]) == 0
    space = next(path.parent.parent.name for path in project.rglob("2026-11-20-a-late-round.md"))
    assert head(project, f"spaces/{space}/harvests/2026-11-20-a-late-round.md") == {
        "title": "A late round",
        "date": "2026-11-20",
        "practices": ["check-in-round", "talking-piece"],
        "reflections": {"stories-shared": "We told of: first days."},
        "consent": {"level": "public", "given": "2026-11-21", "by": "group"},
    }
    assert len(asked) == 4 + 1 + QUESTIONS + 3
    assert main(["check", "--strict"]) == 0


@pytest.mark.parametrize("said", ["", "yes", "Public", "PUBLIC", "y", "oui", "everyone", "publi"])
def test_only_the_very_word_opens_a_note(project: Path, answer: Answer, said: str) -> None:
    answer(["", *[""] * QUESTIONS, *[said] * 3])
    assert main(CALL) == 0
    assert head(project)["consent"] == {"level": "withheld"}


@pytest.mark.parametrize("day", ["yesterday", "20 November 2026", "2026-02-30", "20/11/2026"])
def test_a_day_of_consent_that_is_none_writes_nothing(project: Path, answer: Answer, day: str) -> None:
    answer(["", *[""] * QUESTIONS, "public", day, "group"])
    assert main(CALL) == 1
    assert not (project / NOTE).exists()


def test_consent_without_a_day_is_written_and_stays_held(
    project: Path, answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(["", *[""] * QUESTIONS, "public", "", ""])
    assert main(CALL) == 0
    assert head(project)["consent"] == {"level": "public"}
    capsys.readouterr()
    main(["check"])
    assert "[held-without-date]" in capsys.readouterr().out


def test_an_answer_that_means_nothing_is_asked_for_again(project: Path, answer: Answer) -> None:
    asked = answer(["Evening school", "club", "community of clubs", "CoL", "The library"])
    assert main(["new", "space"]) == 0
    assert sum("kind of space" in question for question in asked) == 3
    assert (project / "spaces/evening-school/space.md").is_file()


def test_who_never_answers_gets_no_note(project: Path, answer: Answer) -> None:
    answer([""] * 20)
    assert main(["new", "harvest"]) == 1
    assert not list(project.rglob("2026-11-20*"))


def test_practices_nobody_knows_are_asked_for_again_and_then_left_out(project: Path, answer: Answer) -> None:
    answer(["juggling", "chek-in-round, juggling", "chek-in-round", *[""] * QUESTIONS, ""])
    assert main(CALL) == 0
    assert head(project)["practices"] == ["check-in-round"]


# Flags.


def test_everything_can_be_said_with_flags(project: Path) -> None:
    more = ["--practices", "check-in-round, talking-piece", "--participants", "11", "--consent", "members"]
    assert main([*CALL, *more, "--given", "2026-11-21", "--by", "person"]) == 0
    assert head(project) == {
        "title": "A late round",
        "date": "2026-11-20",
        "practices": ["check-in-round", "talking-piece"],
        "participants": "11",
        "consent": {"level": "members", "given": "2026-11-21", "by": "person"},
    }


@pytest.mark.parametrize(
    ("flags", "waiting"),
    [
        ([], 1),
        (["--consent", "withheld"], 1),
        (["--consent", "public"], 1),
        (["--consent", "public", "--given", "2026-11-21"], 0),
    ],
)
def test_a_note_says_what_it_waits_for_just_as_long_as_it_waits(
    project: Path, flags: list[str], waiting: int
) -> None:
    assert main([*CALL, *flags]) == 0
    assert (project / NOTE).read_text("utf-8").count("Nobody sees this note") == waiting


@pytest.mark.parametrize(
    "more",
    [
        ["--consent", "Public", "--given", "2026-11-21"],
        ["--consent", "yes"],
        ["--given", "2026-11-21"],
        ["--by", "group"],
        ["--consent", "public", "--given", "21 November 2026"],
        ["--participants", "some"],
        ["--practices", "No Id"],
    ],
)
def test_flags_that_mean_nothing_write_nothing(
    project: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*CALL, *more]) == 1
    assert not (project / NOTE).exists()
    assert capsys.readouterr().err.strip()


@pytest.mark.usefixtures("project")
def test_what_to_begin_has_to_be_named_where_nobody_sits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new"]) == 1
    assert "space, harvest, practice, output" in capsys.readouterr().err
