"""The forms in which a check tells what it found: each one whole, and none a way to say more than it means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
from tests.sites import write_files, write_project
from tests.small_library import LIBRARY

from practice_library.catalogue import catalogue_of
from practice_library.cli import main
from practice_library.diagnostics import Diagnostic, Severity
from practice_library.formats import FORMS, Findings, told

TYPO: Final = {
    "spaces/hill/harvests/2021-05-01-typo.md": "---\ntitle: Typo\ndate: 2021-05-01\ntilte: x\n---\n"
}


def findings(*complaints: tuple[Severity, Diagnostic], language: str = "en") -> Findings:
    return Findings(words=catalogue_of(language), complaints=complaints, summary="the sum", entries=3)


def found(path: str = "spaces/a.md", line: int = 7, value: str = "x") -> tuple[Severity, Diagnostic]:
    values = (("key", value), ("known", ""), ("near", ""))
    return Severity.ERROR, Diagnostic(path=path, line=line, code="unknown-key", values=values)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_project(tmp_path, {**LIBRARY, **TYPO}, options={"source": "private"})


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.usefixtures("project")
def test_every_form_names_the_file_the_line_and_the_code(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--format", form]) == 1
    said = capsys.readouterr().out
    for part in ("2021-05-01-typo.md", "4", "unknown-key", "did you mean 'title'?"):
        assert part in said


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_clean_library_is_told_in_every_form(
    project: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(project, {name: text.replace("tilte: x\n", "") for name, text in TYPO.items()})
    assert main(["check", "--format", form]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), dict)


def test_json_says_everything() -> None:
    said = json.loads(told(findings(found(), language="fr"), "json"))
    (complaint,) = said.pop("complaints")
    assert said == {"language": "fr", "entries": 3, "summary": "the sum"}
    assert complaint == {
        "severity": "error",
        "path": "spaces/a.md",
        "line": 7,
        "code": "unknown-key",
        "message": "clé inconnue\u00a0: «\u00a0x\u00a0»",
    }


@pytest.mark.parametrize(
    ("value", "escaped"),
    [("50% off", "50%25 off"), ("a\n::error::b", "a%0A::error::b"), ("a\r::error::b", "a%0D::error::b")],
)
def test_github_is_told_in_one_command_each(value: str, escaped: str) -> None:
    lines = told(findings(found(value=value)), "github").split("\n")
    head = "::error file=spaces/a.md,line=7,title=unknown-key::"
    assert lines == [f"{head}unknown key '{escaped}'", "the sum"]


def test_a_file_s_name_stays_within_its_place_on_github() -> None:
    (line, _) = told(findings(found(path="spaces/a,line=1::b.md", line=0)), "github").split("\n")
    assert line.startswith("::error file=spaces/a%2Cline=1%3A%3Ab.md,line=1,title=unknown-key::")


def sarif(*complaints: tuple[Severity, Diagnostic]) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(told(findings(*complaints), "sarif"))
    return said


def test_sarif_has_what_scanners_ask_for() -> None:
    said = sarif(found(path="spaces/été et nuit.md"), found(line=0))
    assert (said["version"], len(said["runs"])) == ("2.1.0", 1)
    (run,) = said["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["unknown-key"]
    one, whole = (result["locations"][0]["physicalLocation"] for result in run["results"])
    assert one["artifactLocation"]["uri"] == "spaces/%C3%A9t%C3%A9%20et%20nuit.md"
    assert one["region"] == {"startLine": 7}
    assert "region" not in whole
    assert {result["level"] for result in run["results"]} == {"error"}


@pytest.mark.parametrize(
    ("severity", "level"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")],
)
def test_sarif_has_its_own_words_for_how_much_something_matters(severity: Severity, level: str) -> None:
    _, diagnostic = found()
    (result,) = sarif((severity, diagnostic))["runs"][0]["results"]
    assert result["level"] == level
