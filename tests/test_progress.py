"""Whoever waits at a terminal sees how far a build is; nobody else sees anything."""

from __future__ import annotations

import io

import pytest

from practice_library.progress import progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def _shown(stream: io.StringIO, *, second: float) -> str:
    now = 0.0
    with progress(lambda done: f"{done} done", stream=stream, clock=lambda: now) as told:
        told(1)
        now = second
        told(2)
    return stream.getvalue()


def test_a_short_build_says_nothing() -> None:
    assert _shown(_Terminal(), second=1.5) == ""


def test_a_long_build_shows_a_line_and_leaves_nothing_of_it() -> None:
    assert _shown(_Terminal(), second=2.5) == "\r2 done\r      \r"


def test_a_file_is_told_nothing() -> None:
    assert _shown(io.StringIO(), second=60) == ""


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb")])
def test_a_machine_is_told_nothing(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)

    assert _shown(_Terminal(), second=60) == ""
