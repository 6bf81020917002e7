"""Located complaints to an author.

In: a code, where, and the values that the sentence needs. Out: `path:line: sentence [code]` in the
reader's language. Every module that reads content reports through here; `build` decides what stops.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import Protocol


class Severity(StrEnum):
    """How much a diagnostic matters to the build."""

    ERROR = "error"
    """Stops the build; the previous site stays as it was."""
    WARNING = "warning"
    """Stops the build only with `--strict`."""
    INFO = "info"
    """Is told and stops nothing."""


CODES: Mapping[str, Severity] = {
    # What a file is, and where it lies.
    "not-a-regular-file": Severity.ERROR,
    "unreadable": Severity.ERROR,
    "unknown-file": Severity.ERROR,
    "wrong-place": Severity.ERROR,
    "bad-name": Severity.ERROR,
    "twin-name": Severity.ERROR,
    "no-space": Severity.ERROR,
    # Its bytes and its front matter.
    "too-large": Severity.ERROR,
    "not-utf-8": Severity.ERROR,
    "control-character": Severity.ERROR,
    "no-front-matter": Severity.ERROR,
    "unclosed-front-matter": Severity.ERROR,
    "bad-yaml": Severity.ERROR,
    "tab-indent": Severity.ERROR,
    "unquoted-colon": Severity.ERROR,
    "too-deep": Severity.ERROR,
    "yaml-feature": Severity.ERROR,
    "duplicate-key": Severity.ERROR,
    "too-much-markup": Severity.ERROR,
    # Its keys and values.
    "unknown-key": Severity.ERROR,
    "missing-key": Severity.ERROR,
    "empty-value": Severity.ERROR,
    "expected-text": Severity.ERROR,
    "expected-list": Severity.ERROR,
    "expected-mapping": Severity.ERROR,
    "too-long": Severity.ERROR,
    "several-lines": Severity.ERROR,
    "not-a-date": Severity.ERROR,
    "not-a-number": Severity.ERROR,
    "not-a-choice": Severity.ERROR,
    "not-a-duration": Severity.ERROR,
    "not-a-group-size": Severity.ERROR,
    "not-an-address": Severity.ERROR,
    "not-an-id": Severity.ERROR,
    "not-a-language": Severity.ERROR,
    "repeated": Severity.ERROR,
    "date-differs": Severity.ERROR,
    "dates-disagree": Severity.ERROR,
    "consent-without-level": Severity.ERROR,
    # Words of the vocabulary.
    "missing-language": Severity.ERROR,
    "unknown-type": Severity.ERROR,
    "unknown-role": Severity.ERROR,
    "unknown-principle": Severity.ERROR,
    "unknown-approach": Severity.ERROR,
    "unknown-question": Severity.ERROR,
    "unknown-value": Severity.ERROR,
    "unknown-output-kind": Severity.ERROR,
    # References between entries.
    "unknown-practice": Severity.ERROR,
    "unknown-output": Severity.ERROR,
    "unknown-space": Severity.ERROR,
    "unknown-harvest": Severity.ERROR,
    "broken-link": Severity.ERROR,
    "unknown-link-kind": Severity.ERROR,
    "bad-withdrawn-line": Severity.ERROR,
    "duplicate-definition": Severity.ERROR,
    "address-taken": Severity.ERROR,
    "withdrawn-reference": Severity.WARNING,
    # Pictures.
    "unknown-picture": Severity.ERROR,
    "not-a-picture": Severity.ERROR,
    "picture-too-large": Severity.ERROR,
    "picture-without-words": Severity.WARNING,
    # What gives somebody away; errors in a community of healing.
    "personal-email": Severity.WARNING,
    "personal-phone": Severity.WARNING,
    "personal-number": Severity.WARNING,
    "personal-postcode": Severity.WARNING,
    "personal-handle": Severity.WARNING,
    # Consent. The first is told by a build, with a count alone; the others only to who checks the notes.
    "held-in-public-source": Severity.WARNING,
    "held-without-consent": Severity.INFO,
    "held-without-date": Severity.INFO,
    "held-until-given": Severity.INFO,
    "held-expired": Severity.INFO,
    "held-withdrawn": Severity.INFO,
    "held-with-space": Severity.INFO,
}
"""Every code and its usual severity; `severity:` in mkdocs.yml changes it code by code."""


@dataclass(frozen=True, kw_only=True, order=True)
class Diagnostic:
    """One complaint: what is wrong at one line of one file."""

    path: str
    """The file, as the author knows it: from the project's root, with forward slashes."""
    line: int
    """The line, from 1; 0 when the whole file is meant."""
    code: str
    """Which complaint; a key of `CODES`."""
    values: tuple[tuple[str, str], ...] = ()
    """What the sentence of this code has to name, by placeholder."""
    grave: bool = False
    """Whether it is an error here, whatever its severity elsewhere."""


class Words(Protocol):
    """What a diagnostic needs of a message catalogue."""

    def text(self, key: str, /, **values: object) -> str:
        """Give the sentence of a key with its placeholders filled."""


@dataclass(kw_only=True)
class Report:
    """Collects the complaints of a run, so that an author hears all of them at once."""

    severities: Mapping[str, Severity] = field(default_factory=dict)
    """Severities changed in mkdocs.yml, by code."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    """What was reported so far, in the order found."""

    def add(self, code: str, path: str, line: int = 0, **values: str) -> None:
        """Note one complaint.

        Raises:
            KeyError: the code is not one of `CODES`.
        """
        if code not in CODES:
            raise KeyError(code)
        found = tuple(sorted(values.items()))
        made = Diagnostic(path=path, line=line, code=code, values=found)
        self.diagnostics.append(made)

    def add_grave(self, code: str, path: str, line: int = 0, **values: str) -> None:
        """Note one complaint that is an error here, whatever its severity elsewhere.

        Raises:
            KeyError: the code is not one of `CODES`.
        """
        self.add(code, path, line, **values)
        self.diagnostics.append(replace(self.diagnostics.pop(), grave=True))

    def severity(self, found: Diagnostic) -> Severity:
        """Tell how much a complaint matters in this library."""
        return Severity.ERROR if found.grave else self.severities.get(found.code, CODES[found.code])

    def sorted(self) -> list[Diagnostic]:
        """Give every complaint once, by file and line."""
        return sorted(set(self.diagnostics))

    def of(self, severity: Severity) -> list[Diagnostic]:
        """Give the complaints of one severity, by file and line."""
        return [found for found in self.sorted() if self.severity(found) is severity]

    @property
    def has_errors(self) -> bool:
        """Whether anything was found that stops the build."""
        return any(self.severity(found) is Severity.ERROR for found in self.diagnostics)


def format_diagnostic(found: Diagnostic, words: Words) -> str:
    """Write a complaint as `path:line: what is wrong; what to write instead [code]`."""
    where = f"{found.path}:{found.line}" if found.line else found.path
    return f"{where}: {sentence_of(found, words)} [{found.code}]"


def sentence_of(found: Diagnostic, words: Words) -> str:
    """Say what is wrong and what to write instead, without the place and the code."""
    values = dict(found.values)
    return words.text(f"diagnostic.{found.code}", **values, hint=_hint(values, words))


def nearest(value: str, known: Iterable[str]) -> str:
    """Find the known word that was probably meant; empty when none is near."""
    close = get_close_matches(value.casefold(), sorted(known), n=1, cutoff=0.6)
    return close[0] if close else ""


def _hint(values: Mapping[str, str], words: Words) -> str:
    """Say what to write instead of an unknown word: the nearest one, or all of a short list."""
    if near := values.get("near"):
        return words.text("diagnostic-hint.near", near=near)
    if known := values.get("known"):
        return words.text("diagnostic-hint.known", known=known)
    return ""
