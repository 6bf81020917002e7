"""Builds that something happens to: `mkdocs build` in forked children, each with one fault.

In, as lines of JSON: a `Fault` a line. Out: what came of that build. The process that runs this module
imports MkDocs and the plugin once, builds once to have everything in memory, and forks a child for each
build, so that hundreds of real builds take a minute. It keeps compiled templates and cut fonts between
them; nothing else differs from the command line. POSIX only.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import functools
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final

import jinja2
from tests.compiled import COMPILED
from tests.sites import ROOT, environment

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES: Final = frozenset(
    "os.mkdir os.rename os.remove os.rmdir os.link os.symlink os.truncate os.chmod os.utime".split()
)
_EXCHANGE: Final = "ctypes.dlopen"
"""What Python tells of before two folders are exchanged, which it does not tell of itself."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What happens to one build; nothing where all is left as it is."""

    at: int = 0
    """Which change of the disk it happens at, from 1."""
    error: int = 0
    """The number of the error that this change ends in."""
    lasting: bool = False
    """Whether all further changes end in it too."""
    kill: bool = False
    """Whether the build is killed before this change."""
    stop: bool = False
    """Whether the build stops before this change and waits to be resumed."""
    kill_after: float = 0
    """After how many seconds the build is killed."""
    most_bytes: int = -1
    """How many bytes can be written in all, before the disk is full."""
    two_steps: bool = False
    """Whether the system cannot exchange two folders in one step."""
    spare: bool = False
    """Whether so small a site keeps a second tree, as only large ones do."""
    arguments: tuple[str, ...] = ()
    """Further arguments of `mkdocs build`."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one build."""

    code: int
    """Its exit code; minus the signal where one ended it."""
    output: str = ""
    """What it said on either stream."""
    changes: int = 0
    """How many changes of the disk it came to."""
    swap: int = 0
    """Which of them was to put the new site in the place of the old one; 0 where it did not come to that."""
    seconds: float = 0
    """How long it took."""


class Builds:
    """The process that builds a project, as tests see it."""

    def __init__(self, project: Path, process: subprocess.Popen[str]) -> None:
        self.project = project
        self._process = process

    def run(self, fault: Fault | None = None) -> Outcome:
        """Build, with this happening; a build that is to stop is left where it stopped."""
        return self._asked(asdict(fault or Fault()))

    def resume(self) -> Outcome:
        """Let the build that stopped go on to its end."""
        return self._asked({})

    def _asked(self, request: dict[str, Any]) -> Outcome:
        requests, replies = self._process.stdin, self._process.stdout
        assert requests is not None
        assert replies is not None
        requests.write(json.dumps(request) + "\n")
        requests.flush()
        reply = replies.readline()
        assert reply, "the process that builds has ended"
        return Outcome(**json.loads(reply))


@contextlib.contextmanager
def builds_of(project: Path) -> Iterator[Builds]:
    """Start the process that builds a project, with a copy of the plugin that nobody edits meanwhile."""
    code = project.with_name(f"{project.name}-code")
    shutil.copytree(ROOT / "plugins", code, ignore=shutil.ignore_patterns("__pycache__"))
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults", str(project)],
        cwd=ROOT,
        env={**environment(), "PYTHONPATH": os.pathsep.join(map(str, (code, ROOT)))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert json.loads(first or "{}").get("code") == 0, first
        yield Builds(project, process)
        assert process.stdin is not None
        process.stdin.close()


# What follows runs in that process.


def _keep_in_memory() -> None:
    """Keep what takes long and is the same in every build."""
    from practice_library import fonts  # noqa: PLC0415 - only here, not in the tests' own process

    made = jinja2.Environment.__init__

    def init(self: jinja2.Environment, *arguments: Any, **more: Any) -> None:  # noqa: ANN401 - as it came
        made(self, *arguments, **{"bytecode_cache": COMPILED, **more})

    jinja2.Environment.__init__ = init  # type: ignore[method-assign]
    fonts.site_fonts = functools.cache(fonts.site_fonts)


def _serve(project: Path) -> None:
    """Answer requests until there are no more."""
    from mkdocs.commands import build  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    os.chdir(project)
    _keep_in_memory()
    with contextlib.redirect_stdout(sys.stderr):
        build.build(load_config("mkdocs.yml", site_dir="site"))
    _reply(Outcome(code=0))
    stopped: _Child | None = None
    for line in sys.stdin:
        request = json.loads(line)
        if request:
            child = _Child(Fault(**{**request, "arguments": tuple(request["arguments"])}), project)
            outcome = child.outcome()
            stopped = child if child.is_stopped else stopped
        else:
            assert stopped is not None
            os.kill(stopped.pid, signal.SIGCONT)
            outcome = stopped.outcome()
        _reply(outcome)


def _reply(outcome: Outcome) -> None:
    sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
    sys.stdout.flush()


class _Child:
    """One build, in a process of its own."""

    def __init__(self, fault: Fault, project: Path) -> None:
        self._fault = fault
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this object
        self._counted = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        self._began = time.monotonic()
        self.is_stopped = False
        self.pid = os.fork()
        if self.pid == 0:
            _be_child(fault, project, self._said, self._counted)

    def outcome(self) -> Outcome:
        """Wait until it has ended or stopped."""
        if self._fault.kill_after:
            time.sleep(self._fault.kill_after)
            os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, os.WUNTRACED)
        self.is_stopped = os.WIFSTOPPED(status)
        self._said.seek(0)
        self._counted.seek(0)
        changes = self._counted.read()
        return Outcome(
            code=0 if self.is_stopped else os.waitstatus_to_exitcode(status),
            output=self._said.read().decode(),
            changes=len(changes),
            swap=changes.rfind(b"x") + 1,
            seconds=time.monotonic() - self._began,
        )


def _be_child(fault: Fault, project: Path, said: IO[bytes], counted: IO[bytes]) -> None:
    """Build, and end this process."""
    code = 1
    try:
        nowhere = os.open(os.devnull, os.O_RDONLY)
        for stream, to in ((0, nowhere), (1, said.fileno()), (2, said.fileno())):
            os.dup2(to, stream)
        _prepare(fault, project, counted)
        code = _built(fault)
    except BaseException:  # noqa: BLE001 - as the interpreter does at its end
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _prepare(fault: Fault, project: Path, counted: IO[bytes]) -> None:
    """Set up what is to happen."""
    from practice_library import parallel, spare, swap  # noqa: PLC0415

    if fault.spare:
        spare.LEAST = 0  # type: ignore[misc]
        parallel.processes = lambda: 1  # so that changes come in one order, and a kill meets the build
    if fault.two_steps:
        swap.exchange = lambda one, other: False  # noqa: ARG005
    if fault.most_bytes >= 0:
        _fill_disk(fault.most_bytes, str(project))
    sys.addaudithook(_hook(fault, f"{project}{os.sep}", counted))


def _built(fault: Fault) -> int:
    from mkdocs.__main__ import cli  # noqa: PLC0415

    try:
        cli.main(["build", "-d", "site", *fault.arguments], prog_name="mkdocs")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _hook(fault: Fault, project: str, counted: IO[bytes]) -> Callable[[str, tuple[Any, ...]], None]:
    """Make what Python calls before everything it does."""
    count = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if not _is_change(event, arguments, project):
            return
        count += 1
        counted.write(b"x" if event == _EXCHANGE else b".")
        if count == fault.at and fault.kill:
            os.kill(os.getpid(), signal.SIGKILL)
        if count == fault.at and fault.stop:
            os.kill(os.getpid(), signal.SIGSTOP)
        if fault.error and (count == fault.at or (fault.lasting and count > fault.at)):
            raise OSError(fault.error, os.strerror(fault.error), str(arguments[0]))

    return hook


def _is_change(event: str, arguments: tuple[Any, ...], project: str) -> bool:
    """Whether something is about to change in the project's folder."""
    if event == _EXCHANGE:
        return arguments[0] is None
    if event == "open":
        path, _, flags = arguments
        writes = isinstance(path, str | os.PathLike) and bool(flags & _WRITING)
    else:
        path, writes = arguments[0] if arguments else "", event in _CHANGES
    # A folder is emptied by names that are relative to it.
    return writes and (not Path(path).is_absolute() or os.fspath(path).startswith(project))


class _Quota(io.FileIO):
    """A file on a disk that fills up."""

    left = 0
    """How many bytes the disk still takes."""

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer
        view = memoryview(data).cast("B")
        if view and not _Quota.left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = super().write(view[: _Quota.left])
        _Quota.left -= written
        return written


def _fill_disk(left: int, project: str) -> None:
    """Let the project's disk take no more than so many bytes."""
    opened = io.open
    _Quota.left = left

    def limited(file: Any, mode: str = "r", *arguments: Any, **more: Any) -> Any:  # noqa: ANN401
        if not set(mode) & set("wax+") or not str(file).startswith(project):
            return opened(file, mode, *arguments, **more)
        raw = io.BufferedWriter(_Quota(file, mode.replace("b", "").replace("t", "")))
        if "b" in mode:
            return raw
        return io.TextIOWrapper(raw, encoding=more.get("encoding"), newline=more.get("newline"))

    for module in (io, builtins):
        module.open = limited  # type: ignore[attr-defined]
    for fast in ("_USE_CP_SENDFILE", "_USE_CP_COPY_FILE_RANGE", "_HAS_FCOPYFILE"):
        setattr(shutil, fast, False)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
