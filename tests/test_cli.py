"""`practice-library check` and `practice-library new`, as somebody at a terminal meets them."""

from __future__ import annotations

import builtins
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from tests.sites import environment, run, tree, write_files, write_project
from tests.small_library import CONSENT, LIBRARY

from practice_library import front_matter, readings
from practice_library.cli import main

MISTAKE: Final = {
    "spaces/hill/harvests/2021-05-01-typo.md": "---\ntitle: Typo\ndate: 2021-05-01\ntilte: x\n---\n"
}
HELD: Final = {"spaces/river.md": "---\ntitle: River\ntype: CoH\nhost: River House\n---\n"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the small library without any mistake, and stand in its folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")
    return write_project(tmp_path, {**LIBRARY}, options={"source": "private"})


def spoken(capsys: pytest.CaptureFixture[str]) -> str:
    """Give what was said since last asked, on either stream."""
    heard = capsys.readouterr()
    return heard.out + heard.err


# Checking.


@pytest.mark.usefixtures("project")
def test_a_library_without_mistakes_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert spoken(capsys).splitlines()[-1].endswith("may be shown; no errors, no warnings")


def test_a_mistake_fails_the_check_and_is_told_where_it_is(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(project, MISTAKE)
    assert main(["check"]) == 1
    assert "Error: spaces/hill/harvests/2021-05-01-typo.md:4: unknown key 'tilte'" in spoken(capsys)


def test_all_mistakes_are_told_in_one_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {
        f"spaces/hill/harvests/2021-05-0{day}-typo.md": next(iter(MISTAKE.values())) for day in range(1, 8)
    }
    write_files(project, wrong)
    assert main(["check"]) == 1
    assert len(re.findall(r"\[unknown-key\]", spoken(capsys))) == len(wrong)


def test_a_call_that_means_nothing_ends_with_2(project: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["chekc"])
    assert ended.value.code == 2
    assert project.is_dir()


def test_checking_writes_nothing(project: Path) -> None:
    write_files(project, MISTAKE)
    before = tree(project)
    main(["check"])
    assert tree(project) == before


def test_a_check_of_some_files_speaks_of_these_alone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(project, MISTAKE)
    assert main(["check", "spaces/riverside", "spaces/hill/space.md"]) == 0
    assert "typo" not in spoken(capsys)
    assert main(["check", "spaces/hill"]) == 1


@pytest.mark.usefixtures("project")
def test_a_file_that_is_not_there_is_never_called_good(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "spaces/hil"]) == 2
    assert "there is no file or folder 'spaces/hil'" in spoken(capsys)


def test_a_warning_fails_only_a_strict_check(project: Path) -> None:
    write_project(project, HELD, options={"source": "public"})
    assert main(["check"]) == 0
    assert main(["check", "--strict"]) == 1


def test_who_checks_the_notes_is_told_why_an_entry_is_held(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(project, HELD)
    assert main(["check", "--strict"]) == 0
    assert re.search(r"Information: spaces/river\.md: .+ \[held-without-consent\]", spoken(capsys))


def test_a_french_library_is_checked_in_french(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(project, MISTAKE, language="fr", options={"source": "private"})
    assert main(["check"]) == 1
    heard = spoken(capsys)
    assert "Erreur" in heard
    assert "clé inconnue" in heard
    assert not re.search(r"\b(?:error|unknown|entries|warnings)\b", re.sub(r"\[[a-z-]+\]", "", heard))


def test_the_configuration_can_be_named_from_anywhere(
    project: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(project, MISTAKE)
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert main(["-f", str(project / "mkdocs.yml"), "check"]) == 1


def test_a_wrong_option_is_told_as_a_build_tells_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_project(project, {}, options={"severity": {"unknown-key": "info"}})
    assert main(["check"]) == 1
    assert re.search(r"mkdocs\.yml: .+ \[bad-option\]", spoken(capsys))


def test_a_check_says_what_a_build_says(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(project, MISTAKE)
    main(["check"])
    checked = set(re.findall(r"^Error: (.+)$", spoken(capsys), re.MULTILINE))
    assert checked == set(run(project, "mkdocs", "build", "-f", "mkdocs.yml").complaints)


def test_five_hundred_notes_are_each_read_once_and_rendered_never(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"---\ntitle: Note %\ndate: 2021-05-01\npractices: [check-in-round]\n{CONSENT}\n---\n\nWords.\n"
    notes = {f"spaces/hill/harvests/2021-05-01-note-{n}.md": text.replace("%", str(n)) for n in range(500)}
    write_files(project, notes)
    read_source, read = front_matter.read_source, []

    def counted(data: bytes, complain: Any) -> object:  # noqa: ANN401 - goes on as it came
        read.append(data)
        return read_source(data, complain)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a check renders no page and starts no process")

    monkeypatch.setattr(readings, "read_source", counted)
    monkeypatch.setattr("practice_library.markup.convert", refuse)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert main(["check"]) == 0
    assert len(read) == len(set(read)) == sum(name.endswith(".md") for name in {**LIBRARY, **notes})
    assert "no errors" in spoken(capsys)


@pytest.mark.parametrize("module", ["mkdocs", "jinja2", "fontTools"])
def test_a_check_loads_nothing_that_only_a_build_needs(module: str) -> None:
    code = f"import sys, practice_library.cli; sys.exit({module!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=environment(), check=False)
    assert done.returncode == 0


# Beginning.


STARTS: Final = {
    "space": ["space", "--title", "Evening school", "--type", "CoL", "--host", "The library: upstairs"],
    "harvest": ["harvest", "--space", "riverside", "--title", "A late round", "--date", "2026-11-20"],
    "practice": ["practice", "--space", "riverside", "--title", "Two chairs", "--summary", "# 1: sit down."],
    "output": [
        *["output", "--space", "hill", "--title", "Reading list", "--summary", "What we read: all of it."],
        *["--kind-of-output", "tool"],
    ],
}
WRITTEN: Final = {
    "space": "spaces/evening-school/space.md",
    "harvest": "spaces/riverside/harvests/2026-11-20-a-late-round.md",
    "practice": "spaces/riverside/practices/two-chairs.md",
    "output": "spaces/hill/outputs/reading-list.md",
}


@pytest.mark.parametrize("kind", STARTS)
def test_a_new_entry_passes_the_check_from_its_first_minute(
    project: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    before = tree(project)
    assert main(["new", *STARTS[kind]]) == 0
    assert tree(project).keys() - before.keys() == {WRITTEN[kind]}
    assert f"Written: {WRITTEN[kind]}" in spoken(capsys)
    assert main(["check", "--strict"]) == 0


@pytest.mark.parametrize("kind", STARTS)
def test_a_new_entry_never_overwrites_another(
    project: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    assert main(["new", *STARTS[kind]]) == 0
    before = tree(project)
    assert main(["new", *STARTS[kind]]) == 1
    assert "nothing was written over it" in spoken(capsys)
    assert tree(project) == before


def test_a_new_note_is_shown_to_nobody_until_they_agree(project: Path) -> None:
    main(["new", *STARTS["harvest"]])
    assert "level: withheld" in (project / WRITTEN["harvest"]).read_text(encoding="utf-8")


AWKWARD: Final = ["Yes", "null", "2021-04-14", "Why: how?", "# first", "- and", "'so'", '"so"', "[x]", "{x}"]
AWKWARD_TOO: Final = [
    "@ home",
    "1:30",
    "& more",
    "* star",
    "Été à l’école",
    "100 %",
    "a \\n b",
    "~x",
    "!bang",
]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("title", AWKWARD + AWKWARD_TOO)
def test_any_title_is_kept_as_it_was_given(title: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "practice", "--space", "hill", "--title", title, "--summary", title]) == 0
    assert main(["check", "--strict"]) == 0, spoken(capsys)


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (["practice", "--space", "hill", "--title", "Check-in round", "--summary", "Again."], "an id in use"),
        (["practice", "--space", "hill", "--title", "Wall map", "--summary", "Again."], "a first mention"),
        (["output", *STARTS["output"][1:4], "Harbour map", *STARTS["output"][5:]], "an output in use"),
        (["space", "--title", "Practices", "--type", "CoL", "--host", "Us"], "the name of the shelf"),
        (["space", "--title", "Harbour", "--type", "club", "--host", "Us"], "an unknown kind"),
        (["space", "--title", "!!!", "--type", "CoL", "--host", "Us"], "a title without a letter"),
        (["harvest", "--space", "valley", "--title", "Lost", "--date", "2026-11-20"], "an unknown space"),
        (["harvest", "--space", "../..", "--title", "Out", "--date", "2026-11-20"], "a way out"),
        (["harvest", "--space", "hill", "--title", "When", "--date", "tomorrow"], "no date"),
        (["harvest", "--space", "hill", "--title", "When", "--date", "2026-02-30"], "an impossible date"),
        (["harvest", "--space", "hill", "--title", "When", "--date", "../../x"], "a date that is a way out"),
        (["space", "--title", "No type", "--host", "Us"], "a missing answer"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_the_check_would_refuse_is_not_written(
    project: Path, capsys: pytest.CaptureFixture[str], call: list[str], why: str
) -> None:
    before = tree(project)
    assert main(["new", *call]) == 1, why
    assert tree(project) == before
    assert spoken(capsys).strip()


@pytest.mark.parametrize("date", ["2026-11", "2026"])
def test_a_note_whose_day_is_not_known_can_be_begun(project: Path, date: str) -> None:
    assert main(["new", "harvest", "--space", "hill", "--title", "Some day", "--date", date]) == 0
    assert (project / f"spaces/hill/harvests/{date}-some-day.md").is_file()
    assert main(["check"]) == 0


def test_a_first_space_can_be_begun_in_an_empty_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(tmp_path, {}, options={"source": "private"})
    monkeypatch.chdir(tmp_path)
    assert main(["new", *STARTS["space"]]) == 0
    assert main(["check", "--strict"]) == 0


def test_only_what_was_not_given_is_asked(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: Iterator[str] = iter(["riverside", "2026-11-20", *[""] * 10])
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(builtins, "input", answer)
    assert main(["new", "harvest", "--title", "A late round"]) == 0
    assert len(asked) == 2 + len(["practices", "consent"]) + 8
    assert (project / WRITTEN["harvest"]).is_file()


@pytest.mark.usefixtures("project")
def test_nobody_is_asked_where_nobody_sits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "space", "--title", "Evening school", "--host", "The library"]) == 1
    assert "--type is missing" in spoken(capsys)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("gone", [KeyboardInterrupt, EOFError])
def test_who_walks_away_from_the_questions_leaves_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, gone: type[BaseException]
) -> None:
    before = tree(project)

    def leave(_question: str) -> str:
        raise gone

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(builtins, "input", leave)
    assert main(["new", "space"]) == 130
    assert tree(project) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_an_interview_at_a_real_terminal_writes_a_valid_entry(project: Path) -> None:
    controller, terminal = os.openpty()
    command = [sys.executable, "-m", "practice_library.cli", "new", "space"]
    with subprocess.Popen(
        command, cwd=project, env=environment(), stdin=terminal, stdout=terminal, stderr=terminal
    ) as process:
        os.close(terminal)
        heard = ""
        for question, answer in {
            "called?": "Evening school",
            "Which kind": "CoL",
            "Who calls": "The library",
        }.items():
            heard = _until(controller, question)
            assert question in heard
            os.write(controller, f"{answer}\n".encode())
        heard = _until(controller, "practice-library check")
        assert process.wait(timeout=30) == 0
    os.close(controller)
    assert f"Written: {WRITTEN['space']}" in heard
    assert main(["check"]) == 0


def _until(terminal: int, words: str, seconds: float = 30) -> str:
    """Read a terminal until it has said something."""
    heard, deadline = "", time.monotonic() + seconds
    while words not in heard and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.2)[0]:
            heard += os.read(terminal, 4096).decode(errors="replace")
    return heard
