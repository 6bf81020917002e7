"""Work shared out among processes comes to what it comes to in one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import pytest
from tests.sites import ROOT, TODAY, write_files

from _generator import Generator
from practice_library import parallel
from practice_library.build import Build, Options, build
from practice_library.means import Means
from practice_library.parallel import beside, spread
from practice_library.readings import Readings

R = TypeVar("R")

MANY: Final = list(range(500))


@pytest.fixture(autouse=True)
def _two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork whatever machine and test runner this is, where there is a fork."""
    count = 2 if sys.platform == "linux" else 1
    monkeypatch.setattr(parallel, "processes", lambda: count)


def test_results_come_in_the_order_of_the_items() -> None:
    assert spread(lambda item: item * item, MANY) == [item * item for item in MANY]


def test_few_items_stay_here() -> None:
    assert spread(lambda _item: os.getpid(), MANY[:30]) == [os.getpid()] * 30


def test_a_fault_is_met_in_the_open() -> None:
    def work(item: int) -> int:
        if item == 77:
            raise ValueError(item)
        return item

    with pytest.raises(ValueError, match="77"):
        spread(work, MANY)


def test_what_a_killed_child_left_is_done_here() -> None:
    parent = os.getpid()

    def work(item: int) -> int:
        if item == 250 and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return item + 1

    assert spread(work, MANY) == [item + 1 for item in MANY]


@pytest.mark.skipif(sys.platform != "linux", reason="only there is a fork to be trusted")
def test_what_is_begun_beside_is_done_elsewhere_and_waited_for() -> None:
    done = beside(os.getpid)
    assert done() != os.getpid()


def test_a_fault_beside_is_met_in_the_open() -> None:
    def work() -> int:
        raise ValueError(77)

    with pytest.raises(ValueError, match="77"):
        beside(work)()


def test_what_a_killed_child_left_beside_is_done_here() -> None:
    parent = os.getpid()

    def work() -> int:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return 7

    assert beside(work)() == 7


def test_it_tells_how_far_it_is() -> None:
    told: list[int] = []
    spread(lambda item: item, MANY, told=told.append)

    assert told == sorted(told)
    assert told[-1] == len(MANY)


def test_large_results_come_whole() -> None:
    assert spread(lambda item: b"x" * (item * 1000), MANY[:60]) == [b"x" * (n * 1000) for n in MANY[:60]]


ORPHAN: Final = """
import os, sys
from practice_library import parallel
parallel.processes = lambda: 2
parallel.beside(lambda: b"x" * 10_000_000)
os._exit(3)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="several processes are only used on Linux")
def test_a_child_whose_parent_has_ended_does_not_wait_to_be_read() -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    # Its child holds the same pipe, so this comes to an end only when the child has ended too.
    done = subprocess.run(
        [sys.executable, "-c", ORPHAN], env=env, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 3


def test_a_library_made_with_much_begun_beside_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {f"spaces/{name}": text for name, text in Generator(40, "beside").entries()})
    shutil.copyfile(ROOT / "spaces" / "vocabulary.yml", tmp_path / "spaces" / "vocabulary.yml")
    begun: list[object] = []

    def noted(work: Callable[[], R]) -> Callable[[], R]:
        begun.append(work)
        return beside(work)

    def built(means: Means) -> Build:
        return build(tmp_path, tmp_path / "spaces", Options(today=TODAY), means=means)

    alone = built(Means(aside=noted))
    assert begun == []
    monkeypatch.setattr("practice_library.build.MANY", 1)
    several = built(Means(readings=Readings(spread), aside=noted))

    assert len(begun) == 2
    assert several.library == alone.library
    assert several.library.related
    assert several.report.diagnostics == alone.report.diagnostics != []
