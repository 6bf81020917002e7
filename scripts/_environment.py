"""The project's own Python environment, `.venv`, made and kept for every script in this folder.

A script calls `hand_over`, or `ready` and then `run`. What is installed is what requirements.lock
says, hash by hash. Two stamps in `.venv` tell whether it is whole and up to date; they are written
last, so whatever a killed run leaves behind is made anew. Older Pythons must get as far as the
check below: no syntax newer than 3.6.
"""

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):  # noqa: UP036 - whoever has an older Python is told so here
    sys.exit(
        f"This project needs Python 3.11 or newer; this is {sys.version.split()[0]}. "
        "Install a newer one (https://www.python.org/downloads/) and run this script with it."
    )

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
_VERSION = str(sys.implementation.cache_tag)
_SYSTEM = f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"
_LIBRARIES = [
    Path(f"/usr/{name}/python{sys.version_info[0]}.{sys.version_info[1]}") for name in ("lib", "lib64")
]

# Material's notice about MkDocs 2 is for those who could still choose: pyproject.toml keeps 1.x.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
# Windows would otherwise read and print in an old code page.
os.environ.setdefault("PYTHONUTF8", "1")


def tool(name: str) -> str:
    """Path of a program that the environment holds."""
    folder, ending = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return str(VENV / folder / (name + ending))


def run(name: str, *arguments: str) -> int:
    """Run a program of the environment at the root of the repository; its exit code."""
    return subprocess.call([tool(name), *arguments], cwd=ROOT)


def hand_over(name: str, *arguments: str) -> NoReturn:
    """End this script by becoming a program of the environment: signals reach it directly."""
    ready()
    os.chdir(ROOT)
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(tool(name), [tool(name), *arguments])  # noqa: S606 - no shell is wanted
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(run(name, *arguments))
    sys.exit(130)


def ready() -> None:
    """Make `.venv`, or the part of it that is missing or out of date. One run at a time."""
    with _alone():
        python, prefix = _python()
        packages = _digest(LOCK.read_bytes(), str(ROOT), prefix, _VERSION)
        if not _is_stamped("packages", packages):
            _make(python)
            _stamp("packages", packages)
        project = _digest(packages, PROJECT.read_bytes())
        if not _is_stamped("project", project):
            _install("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
            _stamp("project", project)


def _make(python: str) -> None:
    """An empty environment, then every package of the lock."""
    with_pip = _uv() is None
    if with_pip and python == _own() and importlib.util.find_spec("ensurepip") is None:
        sys.exit(
            "This Python comes without 'ensurepip', so no environment can be made with it. "
            "On Debian or Ubuntu: apt install python3-venv. Elsewhere: install Python from "
            "https://www.python.org/downloads/, or install uv (https://docs.astral.sh/uv/)."
        )
    quicker = "" if python == _own() else f" of {python}, which is a quicker build of this Python"
    print(f"Making .venv{quicker}: about a minute, this once ...", file=sys.stderr, flush=True)
    for stamp in VENV.glob("*.stamp"):
        stamp.unlink()
    options = ["--clear"] if with_pip else ["--clear", "--without-pip"]
    _try([python, "-m", "venv", *options, str(VENV)], f"{VENV} could not be made. Is it in use?")
    # The lock names every package there is to install. pip before 23.3 would ask for hashes of
    # extras as well (`coverage[toml]`), which no lock can give: nothing is left for it to resolve.
    whole = ["--require-hashes", "--no-deps", "--only-binary", ":all:"]
    _install(*whole, "--requirement", str(LOCK))


def _install(*arguments: str) -> None:
    """Install with uv where there is one (quicker), else with pip: the outcome is the same."""
    uv = _uv() or shutil.which(tool("uv"))
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", tool("python"), *arguments]
    else:
        quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
        command = [tool("python"), "-m", "pip", "install", *quiet, *arguments]
    _try(
        command,
        "The packages of requirements.lock could not be installed. If the lines above speak of "
        "the network or of a version not found, check the connection to pypi.org (or to the "
        "package index that pip is set up with) and run this again.",
    )


def _try(command: list[str], remedy: str) -> None:
    """Run a command, or end with what to do about its failure."""
    # An installer that outlives a killed script keeps the lock that it inherits from here.
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, close_fds=False)
    if done.returncode != 0:
        lines = done.stderr.decode(errors="replace").splitlines()
        # Its warnings would tell of each attempt to reach a server.
        told = [line for line in lines if not line.startswith("WARNING")]
        sys.exit("\n".join([*told, remedy]))


def _uv() -> "str | None":
    """A uv that stays when `.venv` is made anew: one that is active there goes with it."""
    found = shutil.which("uv")
    return found if found and VENV not in Path(found).parents else None


def _python() -> "tuple[str, str]":
    """The Python to make the environment of, and where it is installed.

    It is the one that runs this, outside of any environment: `.venv` may be made anew by a script run from
    it. One that somebody compiled without optimisations, as pyenv does unless it is told otherwise, is slower
    by a tenth and more than the one of the same minor version that the system has, which takes its place.
    """
    configured = sysconfig.get_config_var("CONFIG_ARGS") or ""
    is_slow = configured and "--enable-optimizations" not in configured and sys.base_prefix != "/usr"
    is_usual = sys.implementation.name == "cpython" and not getattr(sys, "abiflags", "")
    if is_slow and is_usual and os.access(_SYSTEM, os.X_OK) and any(map(_has_what_is_needed, _LIBRARIES)):
        return _SYSTEM, "/usr"
    return _own(), sys.base_prefix


def _has_what_is_needed(library: Path) -> bool:
    """Whether a Python has what environments are made with: Debian keeps it in a package of its own."""
    return all((library / name / "__init__.py").is_file() for name in ("venv", "ensurepip"))


def _own() -> str:
    return getattr(sys, "_base_executable", sys.executable)


def _digest(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part if isinstance(part, bytes) else part.encode())
        whole.update(b"\0")
    return whole.hexdigest()


def _is_stamped(name: str, digest: str) -> bool:
    stamp = VENV / f"{name}.stamp"
    return stamp.is_file() and stamp.read_text() == digest and Path(tool("python")).exists()


def _stamp(name: str, digest: str) -> None:
    (VENV / f"{name}.stamp").write_text(digest)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock that the system itself gives back when a process ends, however it ends."""
    path = ROOT / ".cache" / "environment.lock"
    path.parent.mkdir(exist_ok=True)
    with path.open("a") as file:
        if sys.platform == "win32":
            while True:
                with contextlib.suppress(OSError):  # it gives up after ten seconds
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            fcntl.flock(file, fcntl.LOCK_EX)
            os.set_inheritable(file.fileno(), True)  # noqa: FBT003 - it takes no keyword
        yield
