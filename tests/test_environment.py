"""The environment is made of the Python that runs a script, or of a quicker build of the same version."""

from __future__ import annotations

import contextlib
import os
import sys
import sysconfig
from pathlib import Path
from typing import Final

import pytest

import _environment

BY_HAND: Final = "'--prefix=/home/somebody' '--enable-shared'"
OPTIMISED: Final = "'--prefix=/opt' '--enable-optimizations' '--with-lto'"


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a Python of the system that can make environments, beside one compiled by hand."""
    python, library = tmp_path / "usr/python3", tmp_path / "usr/lib"
    for path in (python, library / "venv/__init__.py", library / "ensurepip/__init__.py"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o755)
    monkeypatch.setattr(_environment, "_SYSTEM", str(python))
    monkeypatch.setattr(_environment, "_LIBRARIES", [tmp_path / "usr/lib64", library])
    monkeypatch.setattr(sys, "base_prefix", "/home/somebody")
    monkeypatch.setattr(sys, "abiflags", "", raising=False)
    monkeypatch.setattr(sysconfig, "get_config_var", {"CONFIG_ARGS": BY_HAND}.get)
    return python


def test_the_system_has_a_quicker_build(system: Path) -> None:
    assert _environment._python() == (str(system), "/usr")


@pytest.mark.parametrize("told", [OPTIMISED, "", None], ids=["optimised", "nothing told", "of Windows"])
def test_a_python_that_is_quick_or_may_be_stays(
    system: Path, monkeypatch: pytest.MonkeyPatch, told: str | None
) -> None:
    monkeypatch.setattr(sysconfig, "get_config_var", {"CONFIG_ARGS": told}.get)

    assert _environment._python() == (_environment._own(), "/home/somebody")
    assert _environment._own() != str(system)


@pytest.mark.parametrize(("name", "value"), [("base_prefix", "/usr"), ("abiflags", "d"), ("abiflags", "t")])
def test_one_of_the_system_or_of_another_kind_stays(
    system: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setattr(sys, name, value)

    assert _environment._python()[0] != str(system)


@pytest.mark.parametrize("missing", ["python3", "lib/venv/__init__.py", "lib/ensurepip/__init__.py"])
def test_a_system_that_makes_no_environments_is_left(system: Path, missing: str) -> None:
    (system.parent / missing).unlink()

    assert _environment._python() == (_environment._own(), "/home/somebody")


def test_a_uv_that_goes_with_the_environment_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "uv.exe" if os.name == "nt" else "uv"
    within, outside = tmp_path / ".venv/bin" / name, tmp_path / "bin" / name
    for path in (within, outside):
        path.parent.mkdir(parents=True)
        path.touch(0o755)
    monkeypatch.setattr(_environment, "VENV", tmp_path / ".venv")

    monkeypatch.setenv("PATH", str(within.parent))
    assert _environment._uv() is None
    monkeypatch.setenv("PATH", str(outside.parent))
    assert _environment._uv() == str(outside)


def test_it_is_made_once_whichever_of_the_two_runs_the_next_script(
    system: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[list[str]] = []
    monkeypatch.setattr(_environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(_environment, "_alone", contextlib.nullcontext)
    monkeypatch.setattr(_environment, "_install", lambda *_: None)
    monkeypatch.setattr(_environment, "_try", lambda command, _remedy: made.append(command))
    within = Path(_environment.tool("python"))
    within.parent.mkdir(parents=True)
    within.touch()

    _environment.ready()
    monkeypatch.setattr(sys, "base_prefix", "/usr")  # as of a script that is run from `.venv`
    _environment.ready()

    assert [command[:3] for command in made] == [[str(system), "-m", "venv"]]
