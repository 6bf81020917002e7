"""`practice-library check --watch`: a check at each change, as somebody at a terminal meets it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest
from tests.sites import environment, write_files, write_project
from tests.small_library import LIBRARY

from practice_library.lookout import changes, snapshot

NOTE = "spaces/hill/harvests/2021-05-01-typo.md"


def test_a_change_gives_a_turn_and_nothing_else_does(tmp_path: Path) -> None:
    write_files(tmp_path, {"a/one.md": "1", "a/b/two.md": "2", "config.yml": "3"})
    steps: Iterator[dict[str, str]] = iter(
        [
            {},
            {"a/one.md": "changed"},
            {},
            {"a/b/three.md": "new"},
            {"other.md": "elsewhere"},
            {"config.yml": "4!"},
        ]
    )
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        write_files(tmp_path, next(steps))

    turns = changes([tmp_path / "a", tmp_path / "config.yml"], wait)
    heard = []
    for _ in range(4):
        next(turns)
        heard.append(len(waited))
    assert heard == [0, 2, 4, 6]


def test_what_was_taken_away_is_a_change(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": "1", "b.md": "2"})
    before = snapshot([tmp_path])
    (tmp_path / "a.md").unlink()
    assert snapshot([tmp_path]) < before


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(snapshot([tmp_path])) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends programs in another way")
def test_a_note_is_checked_again_when_it_is_saved(tmp_path: Path) -> None:
    project = write_project(tmp_path, {**LIBRARY}, options={"source": "private"})
    command = [sys.executable, "-u", "-m", "practice_library.cli", "check", "--watch"]
    env = {**environment(), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command,
        cwd=project,
        env=env,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=_interruptible,  # noqa: PLW1509
    ) as process:
        heard: Queue[str] = Queue()
        stream = process.stdout
        assert stream is not None
        threading.Thread(target=lambda: deque(map(heard.put, stream), maxlen=0), daemon=True).start()
        try:
            assert "no errors" in _until(heard, "may be shown")
            write_files(project, {NOTE: "---\ntitle: Typo\ndate: 2021-05-01\ntilte: x\n---\n"})
            assert "unknown key 'tilte'" in _until(heard, "[unknown-key]")
            (project / NOTE).unlink()
            assert "no errors" in _until(heard, "no errors")
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 130
        finally:
            process.kill()


def _interruptible() -> None:
    """Undo what a run of the tests in the background hands down: to take no notice of Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _until(heard: Queue[str], words: str) -> str:
    """Listen until something is said."""
    line = ""
    while words not in line:
        line = heard.get(timeout=60)
    return line
