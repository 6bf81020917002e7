"""The forms in which a check tells what it found: for people, for GitHub, for programs, for code scanners.

In: the complaints of a run, and the line that sums them up. Out: text. Called by `checking`. What a note
says is data in each of these forms: no title or path can become a command, a second line or another field.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from .catalogue import Catalogue
from .diagnostics import CODES, Diagnostic, Severity, format_diagnostic, sentence_of

FORMS: Final = ("text", "github", "json", "sarif")
"""The names of the forms, as `check --format` takes them; the first is the usual one."""
_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SARIF: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_TOOL: Final = "practice-library"


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What a check found, ready to be told."""

    words: Catalogue
    """In which language."""
    complaints: Sequence[tuple[Severity, Diagnostic]]
    """How much each matters, and what it is, by file and line."""
    summary: str
    """The run in one line."""
    entries: int
    """How many entries may be shown."""


def told(findings: Findings, form: str) -> str:
    """Tell what was found in one of `FORMS`.

    Raises:
        KeyError: there is no such form.
    """
    return _WRITERS[form](findings)


def _text(findings: Findings) -> str:
    """Write a line for each complaint, and the sum of them."""
    words = findings.words
    lines = (
        f"{words.text(f'severity.{severity.value}')}: {format_diagnostic(found, words)}"
        for severity, found in findings.complaints
    )
    return "\n".join([*lines, findings.summary])


def _github(findings: Findings) -> str:
    """Write commands that GitHub shows beside the lines of a pull request."""
    commands = (_command(severity, found, findings.words) for severity, found in findings.complaints)
    return "\n".join([*commands, _data(findings.summary)])


def _command(severity: Severity, found: Diagnostic, words: Catalogue) -> str:
    place = {"file": found.path, "line": str(found.line or 1), "title": found.code}
    head = ",".join(f"{name}={_property(value)}" for name, value in place.items())
    return f"::{_COMMANDS[severity]} {head}::{_data(sentence_of(found, words))}"


def _data(text: str) -> str:
    """Escape what a command of GitHub says."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a value in the head of a command of GitHub."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _json(findings: Findings) -> str:
    """Write everything as one JSON object, for programs."""
    complaints = [
        {
            "severity": severity.value,
            "path": found.path,
            "line": found.line,
            "code": found.code,
            "message": sentence_of(found, findings.words),
        }
        for severity, found in findings.complaints
    ]
    return _dumped(
        {
            "language": findings.words.language,
            "entries": findings.entries,
            "summary": findings.summary,
            "complaints": complaints,
        }
    )


def _sarif(findings: Findings) -> str:
    """Write the static analysis results interchange format, which code scanners read (version 2.1.0)."""
    codes = sorted({found.code for _, found in findings.complaints})
    driver = {"name": _TOOL, "rules": [_rule(code, findings.words) for code in codes]}
    results = [_result(severity, found, findings.words) for severity, found in findings.complaints]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _dumped({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _rule(code: str, words: Catalogue) -> Mapping[str, Any]:
    return {
        "id": code,
        "fullDescription": {"text": words.text(f"diagnostic-explain.{code}").strip()},
        "defaultConfiguration": {"level": _LEVELS[CODES[code]]},
    }


def _result(severity: Severity, found: Diagnostic, words: Catalogue) -> Mapping[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(found.path), "uriBaseId": "%SRCROOT%"}}
    if found.line:
        place["region"] = {"startLine": found.line}
    return {
        "ruleId": found.code,
        "level": _LEVELS[severity],
        "message": {"text": sentence_of(found, words)},
        "locations": [{"physicalLocation": place}],
    }


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def counted(complaints: Iterable[tuple[Severity, Diagnostic]]) -> dict[Severity, int]:
    """Count complaints by how much they matter."""
    counts = dict.fromkeys(Severity, 0)
    for severity, _ in complaints:
        counts[severity] += 1
    return counts


_WRITERS: Final[Mapping[str, Callable[[Findings], str]]] = {
    "text": _text,
    "github": _github,
    "json": _json,
    "sarif": _sarif,
}
