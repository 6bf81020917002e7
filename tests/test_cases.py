"""Every golden case of `tests/cases/` holds, and every diagnostic has one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from tests.golden import CASES, Case, all_cases, observed

from practice_library.diagnostics import CODES

ALL: Final = all_cases()
NOUNS: Final = {
    "bounds",
    "consent",
    "diagnostics",
    "doors",
    "evidence",
    "front_matter",
    "library",
    "links",
    "loader",
    "pages",
    "pictures",
    "privacy",
    "schema",
    "trails",
    "vocabulary",
}
IN_CODE: Final = {
    "not-a-regular-file": "a file of YAML cannot hold a link or a pipe: tests/test_loader.py",
    "unreadable": "the system has to refuse: tests/test_loader.py",
    "held-without-consent": "told by `practice-library check` alone: tests/test_cli.py",
    "held-without-date": "told by `practice-library check` alone: tests/test_cli.py",
    "held-until-given": "told by `practice-library check` alone: tests/test_cli.py",
    "held-expired": "told by `practice-library check` alone: tests/test_cli.py",
    "held-withdrawn": "told by `practice-library check` alone: tests/test_cli.py",
    "held-with-space": "told by `practice-library check` alone: tests/test_cli.py",
}
"""Diagnostics that no golden case can show, and why."""


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_case(case: Case, tmp_path: Path) -> None:
    expected = {"diagnostics": [], **case.expected}
    assert observed(case, tmp_path) == expected, case.claim


def test_every_case_lies_in_the_folder_of_a_noun() -> None:
    assert {path.parent.name for path in CASES.glob("*/*.yml")} == NOUNS


def test_every_claim_is_one_sentence_of_its_own() -> None:
    claims = [case.claim for case in ALL]
    assert len(set(claims)) == len(claims)
    assert [claim for claim in claims if not re.fullmatch(r"[^\n]{10,160}[^.]\.", claim)] == []


def test_every_diagnostic_has_a_golden_case() -> None:
    told = {
        code
        for case in ALL
        for line in case.expected.get("diagnostics", ())
        for code in re.findall(r"\[([a-z0-9-]+)\]$", line)
    }
    assert set(CODES) - told == set(IN_CODE)
