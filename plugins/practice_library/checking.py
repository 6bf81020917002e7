"""A check of the notes: read, admit and link everything, and say what is wrong; once, or at each change.

In: the settings of a project, and which files are asked for. Out: words on the terminal and an exit code.
Unlike a build, it tells of each held entry why it is held: whoever checks the notes can read them anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from .build import Build, build, report_personal
from .catalogue import Catalogue
from .diagnostics import Diagnostic, Severity
from .formats import Findings, counted
from .options import Settings
from .terms import Reason

Say = Callable[[str], None]
HELD_CODES: Final[Mapping[Reason, str]] = {
    Reason.WITHDRAWN: "held-withdrawn",
    Reason.LEVEL: "held-without-consent",
    Reason.NO_DATE: "held-without-date",
    Reason.NOT_YET: "held-until-given",
    Reason.EXPIRED: "held-expired",
    Reason.SPACE: "held-with-space",
}


def check(settings: Settings, words: Catalogue, paths: Sequence[str]) -> Findings:
    """Find what is wrong with the files asked for."""
    made = build(settings.root, settings.spaces, settings.options)
    add_held(made)
    complaints = [
        (made.report.severity(found), found)
        for found in made.report.sorted()
        if is_wanted(found.path, paths, settings.root)
    ]
    return Findings(
        words=words,
        complaints=complaints,
        summary=_summary(made, complaints, words),
        entries=_shown(made),
    )


def exit_code(findings: Findings, *, strict: bool) -> int:
    """Say how a check ends: 1 for errors, and for warnings where these count too."""
    counts = counted(findings.complaints)
    return 1 if counts[Severity.ERROR] or (strict and counts[Severity.WARNING]) else 0


def add_held(made: Build) -> None:
    """Report of each held entry why it is."""
    for held in made.admission.held:
        report_personal(held.entry, made.report, healing=False)
        line = held.entry.lines.get("consent", 0)
        made.report.add(HELD_CODES[held.reason], held.entry.path, line)


def is_wanted(path: str, paths: Sequence[str], root: Path) -> bool:
    """Whether a file is among those asked for; all are when none was named."""
    full = (root / path).resolve()
    wanted = [Path(given).resolve() for given in paths]
    return not wanted or any(full == given or given in full.parents for given in wanted)


def _shown(made: Build) -> int:
    library = made.library
    return sum(len(found) for found in (library.spaces, library.harvests, library.practices, library.outputs))


def _summary(made: Build, complaints: Iterable[tuple[Severity, Diagnostic]], words: Catalogue) -> str:
    counts = counted(complaints)
    return words.text(
        "cli.checked",
        entries=words.plural("cli.entries", _shown(made)),
        errors=words.plural("cli.errors", counts[Severity.ERROR]),
        warnings=words.plural("cli.warnings", counts[Severity.WARNING]),
    )
