"""The bench runs, and its tables say what was measured."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from _speed_page import BEGIN, END, STAGES, tables, write_page

ROOT: Final = Path(__file__).parents[1]


def _row(
    wall: float, cpu: float = 10.0, memory: float = 100.0, size: float = 1e6, page: float = 8e3
) -> dict[str, float]:
    return {"wall": wall, "cpu": cpu, "memory": memory, "files": 10, "size": size, "page": page, "runs": 3}


SIZES: Final = {
    "1000": {"ours/cold": _row(5, cpu=10)},
    "10000": {
        "ours/cold": _row(40, cpu=100),
        "ours/edited": _row(4),
        "mkdocs/cold": _row(100),
        "zensical/cold": _row(80, memory=400),
        "eleventy/cold": _row(20, size=5e5, page=6.4e3),
        "hugo/cold": _row(16),
    },
}


@pytest.mark.parametrize(
    "line",
    [
        "| cold build to MkDocs with Material | 0.40 | 0.40 |",
        "| cold build to Zensical | 0.35 | 0.50 |",
        "| cold build to Eleventy | 1.40 | 2.00 |",
        "| one note edited, to Eleventy or Hugo, the quicker | 0.40 | 0.25 |",
        "| peak memory to Zensical | 0.30 | 0.25 |",
        "| bytes of a page to Eleventy's bare page | 1.50 | 1.25 |",
        "| bytes of all files, with the search, to Eleventy's | 1.50 | 2.00 |",
        "| growth of processor time, exponent | 1.05 | 1.00 |",
    ],
)
def test_each_bar_stands_beside_what_was_measured(line: str) -> None:
    assert line in tables(SIZES, "3.11.0").splitlines()


def test_stages_of_a_build_stand_below_the_bars() -> None:
    large = {**SIZES["10000"], STAGES: {"start": 0.52, "read": 2.0}}
    lines = tables({**SIZES, "10000": large}, "3.11.0").splitlines()

    assert "| loading Python, MkDocs, Material and the plugins | 0.5 |" in lines
    assert "| reading every note, on all processors | 2.0 |" in lines
    assert not [line for line in lines if "second name" in line]


def test_what_was_not_measured_has_no_line() -> None:
    assert "one note edited, to Zensical" not in tables(SIZES, "3.11.0")


def test_only_what_stands_between_the_marks_is_written_anew(tmp_path: Path) -> None:
    page, results = tmp_path / "speed.md", tmp_path / "results.json"
    page.write_text(f"# Speed\n\n{BEGIN}\nold\n{END}\n\nWhy.\n", encoding="utf-8")
    results.write_text(
        '{"10": {"ours/cold": {"wall": 1, "cpu": 1, "memory": 1, "files": 1, "size": 1, "page": 1, "runs": 1}}}'
    )
    write_page(results, page, "3.11.0")
    text = page.read_text(encoding="utf-8")

    assert text.startswith("# Speed\n\n")
    assert text.endswith(f"{END}\n\nWhy.\n")
    assert "old" not in text
    assert "**10 notes**" in text


@pytest.mark.slow
def test_it_builds_a_small_library_three_times() -> None:
    command = [
        sys.executable,
        str(ROOT / "scripts" / "bench"),
        "--only=ours",
        "--sizes=8",
        "--runs=1",
        "--dry",
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300)

    assert done.returncode == 0, done.stderr
    assert re.findall(r"ours +(\w+)", done.stdout) == ["cold", "again", "edited"]
