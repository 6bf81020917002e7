"""Builds without the wait for imports: a process that has MkDocs and the plugin in memory forks one for each.

In, as lines of JSON: where to build, with which arguments and surroundings, and where what it says goes. Out:
the exit code. Each build begins where `mkdocs build` does, in a process that has imported and done nothing
else; only what Python itself takes from its surroundings as it starts has to be the same. POSIX only.
"""

from __future__ import annotations

import atexit
import functools
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, NoReturn

_AT_START: Final = ("PYTHONPATH", "PYTHONHASHSEED", "PYTHONUTF8", "PYTHONUNBUFFERED", "PYTHONWARNINGS")
"""What Python takes from its surroundings as it starts."""
_NEEDED: Final = (
    *("mkdocs.commands.build", "practice_library.plugin", "material.plugins.search.plugin", "colorama"),
    *(f"markdown.extensions.{name}" for name in ("attr_list", "def_list", "fenced_code", "footnotes")),
    *(f"markdown.extensions.{name}" for name in ("md_in_html", "tables", "toc")),
)
STUCK: Final = 124
"""The exit code of a build that was ended because it took too long."""


def can_build(module: str, env: Mapping[str, str], usual: Mapping[str, str]) -> bool:
    """Whether a build can be forked, or has to be a Python of its own."""
    same = all(env.get(name) == usual.get(name) for name in _AT_START)
    return hasattr(os, "fork") and sys.platform != "darwin" and module == "mkdocs" and same


@dataclass(frozen=True, kw_only=True)
class Request:
    """One build."""

    project: str
    """The folder it is done in."""
    arguments: Sequence[str]
    """What follows `mkdocs`."""
    env: Mapping[str, str]
    """Its surroundings."""
    output: str
    """The file that what it says goes to."""
    seconds: int
    """After how many it counts as stuck."""


def forked(request: Request, start: Mapping[str, str]) -> int:
    """Run MkDocs in a project's folder.

    Args:
        request: what to build.
        start: the surroundings in which the process that forks is started.

    Returns:
        Its exit code; `STUCK` where it did not come to an end.
    """
    process = _workshop(tuple(sorted(start.items())))
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(asdict(request)) + "\n")
    process.stdin.flush()
    reply = process.stdout.readline()
    assert reply, "the process that builds has ended"
    return int(reply)


@functools.cache
def _workshop(start: tuple[tuple[str, str], ...]) -> subprocess.Popen[str]:
    """Start the process that forks; it ends with this one."""
    root = Path(__file__).parents[1]
    process = subprocess.Popen(
        [sys.executable, "-c", "from tests.workshop import main; main()"],
        cwd=root,
        env=dict(start),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    atexit.register(process.kill)
    return process


def main() -> None:
    """Take requests until nobody is there to make any."""
    for name in _NEEDED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # or every child would copy what its parent has imported, to look for garbage in it
    for line in sys.stdin:
        sys.stdout.write(f"{_done(Request(**json.loads(line)))}\n")
        sys.stdout.flush()


def _done(request: Request) -> int:
    """Fork a build, and wait for its end."""
    child = os.fork()
    if child == 0:
        _build(request)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.alarm(request.seconds)
    _, status = os.waitpid(child, 0)
    stuck = signal.alarm(0) == 0
    return STUCK if stuck else os.waitstatus_to_exitcode(status)


def _build(request: Request) -> NoReturn:
    """Be a build, and end."""
    code = 1
    try:
        os.environ.clear()
        os.environ.update(request.env)
        os.chdir(request.project)
        with open(request.output, "wb") as output, open(os.devnull, "rb") as nothing:  # noqa: PTH123
            os.dup2(nothing.fileno(), 0)
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
        sys.argv = ["mkdocs", *request.arguments]
        importlib.import_module("mkdocs.__main__").cli()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - as Python itself ends
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
