"""Figures that a run of the tests tells at its end: how much was tried, and how much of it went wrong.

In: `figures.add("edits: tried", 4321)` from any test, in any process of the run. Out: one sum a name, in the
summary that pytest prints. `conftest.py` names this module as a plugin; without it nothing is counted.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

VARIABLE: Final = "PRACTICE_LIBRARY_FIGURES"
"""Names the file of this run; the processes that pytest-xdist starts inherit it."""
_OWN: Final = pytest.StashKey[Path]()


def add(name: str, value: int = 1) -> None:
    """Add to a figure, before asserting anything of it, so that a bad one is told too.

    Args:
        name: what was counted, `edits: tried`; names that begin alike stand together.
        value: how many more; 0 shows that it was looked for.
    """
    place = os.environ.get(VARIABLE)
    if place:
        with Path(place).open("a", encoding="utf-8") as stream:
            stream.write(f"{json.dumps([name, value])}\n")


def read(place: Path) -> dict[str, int]:
    """Give the sums of a run, by name."""
    sums: Counter[str] = Counter()
    for line in place.read_text(encoding="utf-8").splitlines():
        name, value = json.loads(line)
        sums[name] += value
    return dict(sorted(sums.items()))


def pytest_configure(config: pytest.Config) -> None:
    """Begin a file for this run, in the one process that will tell of it."""
    if not hasattr(config, "workerinput"):
        handle, name = tempfile.mkstemp(prefix="figures-", suffix=".jsonl")
        os.close(handle)
        config.stash[_OWN] = Path(name)
        os.environ[VARIABLE] = name


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what was begun."""
    if _OWN in config.stash:
        config.stash[_OWN].unlink(missing_ok=True)
        os.environ.pop(VARIABLE, None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what was counted."""
    found = read(config.stash[_OWN]) if _OWN in config.stash else {}
    if found:
        terminalreporter.section("figures")
        width = max(map(len, found))
        for name, value in found.items():
            terminalreporter.write_line(f"{name:<{width}}  {value:,}")
