"""Work shared out among processes comes to what it comes to in one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

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


@pytest.fixture(name="share", params=[False, True], ids=["children", "together"])
def _share(request: pytest.FixtureRequest) -> Callable[..., list[Any]]:
    """How work is shared out: among children, or among them and this process."""
    return partial(spread, here=request.param)


def test_results_come_in_the_order_of_the_items(share: Callable[..., list[Any]]) -> None:
    assert share(lambda item: item * item, MANY) == [item * item for item in MANY]


def test_few_items_stay_here(share: Callable[..., list[Any]]) -> None:
    assert share(lambda _item: os.getpid(), MANY[:30]) == [os.getpid()] * 30


@pytest.mark.skipif(sys.platform != "linux", reason="only there is a fork to be trusted")
def test_this_process_takes_its_share_where_it_is_asked_to(tmp_path: Path) -> None:
    parent, begun = os.getpid(), tmp_path / "begun"

    def work(_item: int) -> int:
        if os.getpid() == parent:
            begun.touch()
        while not begun.exists():  # a child goes on once this process has done something
            time.sleep(0.001)
        return os.getpid()

    assert parent in spread(work, MANY, here=True)
    assert parent not in spread(work, MANY)


def test_a_fault_is_met_in_the_open(share: Callable[..., list[Any]]) -> None:
    def work(item: int) -> int:
        if item == 77:
            raise ValueError(item)
        return item

    with pytest.raises(ValueError, match="77"):
        share(work, MANY)


def test_what_a_killed_child_left_is_done_here(share: Callable[..., list[Any]]) -> None:
    parent = os.getpid()

    def work(item: int) -> int:
        if item >= 250 and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return item + 1

    assert share(work, MANY) == [item + 1 for item in MANY]


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


def test_it_tells_how_far_it_is(share: Callable[..., list[Any]]) -> None:
    told: list[int] = []
    share(lambda item: item, MANY, told=told.append)

    assert told == sorted(told)
    assert told[-1] == len(MANY)


def test_large_results_come_whole(share: Callable[..., list[Any]]) -> None:
    made = share(lambda item: b"x" * (item * 1000), MANY[:60])
    assert made == [b"x" * (n * 1000) for n in MANY[:60]]


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
    several = built(Means(readings=Readings(partial(spread, here=True)), aside=noted))

    assert len(begun) == 2
    assert several.library == alone.library
    assert several.library.related
    assert several.report.diagnostics == alone.report.diagnostics != []
