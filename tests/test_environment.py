"""The environment is made of the Python that runs a script, or of a quicker build of the same version."""

from __future__ import annotations

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
    python = tmp_path / "python3"
    python.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(_environment, "_SYSTEM", str(python))
    monkeypatch.setattr(sys, "base_prefix", "/home/somebody")
    monkeypatch.setattr(sysconfig, "get_config_var", {"CONFIG_ARGS": BY_HAND}.get)
    return python


posix: Final = pytest.mark.skipif(sys.platform == "win32", reason="Pythons of Windows are all optimised")


@posix
def test_the_system_has_a_quicker_build(system: Path) -> None:
    assert _environment._python() == (str(system), "/usr")


@posix
def test_a_python_compiled_with_optimisations_stays(system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sysconfig, "get_config_var", {"CONFIG_ARGS": OPTIMISED}.get)

    assert _environment._python()[0] != str(system)


@posix
def test_the_one_of_the_system_stays_itself(system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "base_prefix", "/usr")

    assert _environment._python()[0] != str(system)


@posix
@pytest.mark.parametrize("script", ["#!/bin/sh\nexit 1\n", ""], ids=["makes no environments", "not there"])
def test_a_system_that_makes_no_environments_is_left(system: Path, script: str) -> None:
    system.write_text(script, encoding="utf-8") if script else system.unlink()

    assert _environment._python() == (_environment._own(), "/home/somebody")


def test_a_python_that_tells_nothing_of_its_making_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sysconfig, "get_config_var", lambda _name: None)

    assert _environment._python() == (_environment._own(), sys.base_prefix)
