"""`scripts/annotate`: a check's words beside the lines they speak of, never as a command of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from tests.sites import ROOT, VOCABULARY, environment, write_files, write_project

from practice_library.catalogue import catalogue_of
from practice_library.diagnostics import Severity
from practice_library.vocabulary import LANGUAGES

SCRIPT: Final = ROOT / "scripts" / "annotate"
LAST: Final = "9 entries may be shown; 1 error, no warnings"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What came of a run."""

    code: int
    log: list[str]
    summary: str


Annotate = Callable[..., Shown]


@pytest.fixture
def annotate(tmp_path: Path) -> Annotate:
    """Give a way to run it on what a check is made to say."""

    def run(*said: str, code: int = 0, changed: Iterable[str] = ("spaces/hill/space.md",)) -> Shown:
        write_files(tmp_path, {name: "" for name in changed if not name.startswith("gone/")})
        listed = tmp_path / "changed"
        listed.write_bytes("".join(f"{name}\0" for name in changed).encode())
        summary = tmp_path / "summary.md"
        summary.write_text("", encoding="utf-8")
        text = "\n".join(said)
        check = f"import sys; print({text!r}); sys.exit({code})"
        done = subprocess.run(
            [sys.executable, str(SCRIPT), str(listed), sys.executable, "-c", check],
            cwd=tmp_path,
            env={**os.environ, "GITHUB_STEP_SUMMARY": str(summary), "PYTHONUTF8": "1"},
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.stderr == ""
        return Shown(code=done.returncode, log=done.stdout.splitlines(), summary=summary.read_text("utf-8"))

    return run


def test_an_error_is_shown_beside_its_line(annotate: Annotate) -> None:
    shown = annotate("Error: spaces/hill/space.md:7: unknown key 'tpye' [unknown-key]", LAST, code=1)
    assert shown.log == ["::error file=spaces/hill/space.md,line=7::unknown key 'tpye' [unknown-key]"]


def test_a_complaint_about_a_whole_file_has_no_line(annotate: Annotate) -> None:
    shown = annotate("Warning: spaces: entries held: 2 [held-in-public-source]", LAST)
    assert shown.log == ["::warning file=spaces::entries held: 2 [held-in-public-source]"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("severity", "level"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_each_severity_is_known_in_each_language(
    annotate: Annotate, severity: Severity, level: str, language: str
) -> None:
    word = catalogue_of(language).text(f"severity.{severity.value}")
    shown = annotate(f"{word}: spaces/hill/space.md:2: so it is [some-code]")
    assert shown.log == [f"::{level} file=spaces/hill/space.md,line=2::so it is [some-code]"]


@pytest.mark.parametrize(
    ("written", "escaped"),
    [
        ("50% off", "50%25 off"),
        ("a%0A::error::b", "a%250A::error::b"),
        ("a\r::error::b", "a%0D::error::b"),
        ("::set-output name=preview::true", "::set-output name=preview::true"),
        ("##[error]x", "##[error]x"),
    ],
)
def test_what_a_note_says_stays_within_its_command(annotate: Annotate, written: str, escaped: str) -> None:
    shown = annotate(f"Error: spaces/hill/space.md:7: unknown '{written}' [unknown-key]", code=1)
    assert shown.log == [f"::error file=spaces/hill/space.md,line=7::unknown '{escaped}' [unknown-key]"]


@pytest.mark.parametrize(
    ("path", "escaped"),
    [
        ("spaces/a,line=1.md", "spaces/a%2Cline=1.md"),
        ("spaces/a::b.md", "spaces/a%3A%3Ab.md"),
        ("spaces/100%.md", "spaces/100%25.md"),
    ],
)
def test_a_file_s_name_stays_within_its_place(annotate: Annotate, path: str, escaped: str) -> None:
    shown = annotate(f"Error: {path}: a name that cannot be [bad-name]", code=1)
    assert shown.log == [f"::error file={escaped}::a name that cannot be [bad-name]"]


@pytest.mark.parametrize(
    "line",
    ["::error::shouted", "  ::add-mask::e", "##[set-output name=preview]true", "see ##[error]here", LAST],
)
def test_nothing_else_that_is_said_reaches_the_log(annotate: Annotate, line: str) -> None:
    assert annotate(line).log == []


def test_the_summary_counts_what_is_ready_and_names_what_is_not(annotate: Annotate) -> None:
    shown = annotate(
        "Error: spaces/hill/harvests/c.md:3: no such day [not-a-date]",
        "Error: spaces/hill/harvests/c.md:9: no such space [unknown-space]",
        LAST,
        code=1,
        changed=[f"spaces/hill/harvests/{name}.md" for name in "abc"],
    )
    assert shown.summary == (
        "2 notes are ready. 1 needs a change:\n\n"
        "    spaces/hill/harvests/c.md:3: no such day [not-a-date]\n"
        "    spaces/hill/harvests/c.md:9: no such space [unknown-space]\n"
    )


def test_a_note_that_was_taken_away_is_not_counted(annotate: Annotate) -> None:
    shown = annotate(LAST, changed=["spaces/hill/space.md", "gone/spaces/hill/old.md", "docs/about.md"])
    assert shown.summary == "1 note is ready.\n"


def test_an_error_in_a_note_that_was_not_touched_is_told_too(annotate: Annotate) -> None:
    shown = annotate("Error: spaces/other/space.md:2: no such practice [unknown-practice]", code=1)
    assert shown.summary.startswith("1 note is ready. 1 needs a change:\n\n    spaces/other/space.md:2: ")


def test_hints_are_given_for_what_was_touched_alone(annotate: Annotate) -> None:
    shown = annotate(
        "Warning: spaces/hill/space.md:4: looks like an address [personal-email]",
        "Information: spaces/hill/space.md: not shown [held-without-consent]",
        "Information: spaces/other/space.md: not shown [held-without-consent]",
    )
    assert len(shown.log) == 2
    assert shown.summary == (
        "1 note is ready.\n\n"
        "Worth another look:\n\n    spaces/hill/space.md:4: looks like an address [personal-email]\n\n"
        "Good to know:\n\n    spaces/hill/space.md: not shown [held-without-consent]\n"
    )


def test_nothing_changed_is_said_so(annotate: Annotate) -> None:
    assert annotate(LAST, changed=[]).summary == "No note is changed, and all are in order.\n"


def test_markup_of_a_note_stays_plain_in_the_summary(annotate: Annotate) -> None:
    shown = annotate("Error: spaces/a.md:1: '<img src=//x>![](//x)```@all' [bad]", code=1)
    assert shown.summary.endswith("\n\n    spaces/a.md:1: '<img src=//x>![](//x)```@all' [bad]\n")


def test_a_long_list_is_cut_and_says_so(annotate: Annotate) -> None:
    said = [f"Error: spaces/hill/space.md:{line}: wrong [bad]" for line in range(1, 301)]
    shown = annotate(*said, code=1)
    assert len(shown.log) == 300
    assert shown.summary.endswith("\n    … and 100 more\n")


@pytest.mark.parametrize("code", [0, 1, 2, 130])
def test_it_ends_as_the_check_ended(annotate: Annotate, code: int) -> None:
    assert annotate(LAST, code=code).code == code


def test_a_check_that_breaks_down_is_never_taken_for_a_good_one(annotate: Annotate) -> None:
    shown = annotate("Traceback (most recent call last):", "ValueError: ::error::no", code=1)
    assert shown.log == ["::error::The check itself failed; the summary of this run has its words."]
    assert shown.summary == (
        "The check itself failed. It said:\n\n"
        "    Traceback (most recent call last):\n    ValueError: ::error::no\n"
    )


def test_the_summary_is_in_the_language_of_the_site(annotate: Annotate, tmp_path: Path) -> None:
    write_project(tmp_path, {}, language="fr")
    shown = annotate(
        "Erreur: spaces/hill/c.md:3: date impossible [not-a-date]",
        code=1,
        changed=[f"spaces/hill/{name}.md" for name in "abc"],
    )
    assert shown.summary == (
        "2 notes sont prêtes. 1 demande un changement\u00a0:\n\n"
        "    spaces/hill/c.md:3: date impossible [not-a-date]\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_check_really_says_is_understood(language: str, tmp_path: Path) -> None:
    notes = {
        "spaces/vocabulary.yml": VOCABULARY,
        "spaces/hill/space.md": "---\ntitle: Hill\ntype: CoL\nhost: Hill School\nhots: x\n---\n",
        "spaces/hill/harvests/2021-04-14-evening.md": "---\ntitle: An evening\ndate: 2021-04-14\n---\n",
    }
    project = write_project(tmp_path, notes, language=language)
    (project / "changed").write_bytes(b"".join(name.encode() + b"\0" for name in notes))
    check = [sys.executable, "-m", "practice_library.cli", "check"]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "changed", *check],
        cwd=project,
        env=environment(),
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert "::error file=spaces/hill/space.md,line=5::" in done.stdout
    assert "::notice file=spaces/hill/harvests/2021-04-14-evening.md::" in done.stdout


def test_it_needs_a_list_and_a_command() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT)], check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert done.stderr.startswith("Usage: ")
