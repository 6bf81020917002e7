"""The folder for a web server: the site, and the same compressed, with the same bytes each time."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path
from typing import Final

import brotli
import pytest
from tests.sites import ROOT

PAGE: Final = ("<p>What we learned</p>\n" * 80).encode()
SITE: Final = {
    ".practice-library": b"edition: public\n",
    "index.html": PAGE,
    "a/b.css": b"a{}",
    "c.webp": PAGE,
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a finished site."""
    return laid(tmp_path / "site", SITE)


def laid(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def compressed(site: Path, target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "_compress.py"), "--site", str(site), str(target)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def held(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_text_that_gains_by_it_lies_there_in_each_form(site: Path, tmp_path: Path) -> None:
    done = compressed(site, tmp_path / "public")
    found = held(tmp_path / "public")
    assert done.returncode == 0, done.stderr
    assert set(found) == {*SITE, "index.html.gz", "index.html.br"}
    assert {name: found[name] for name in SITE} == SITE
    assert gzip.decompress(found["index.html.gz"]) == brotli.decompress(found["index.html.br"]) == PAGE
    assert held(site) == SITE


def test_the_same_site_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        compressed(site, tmp_path / name)
    assert held(tmp_path / "one") == held(tmp_path / "other")


def test_what_is_no_longer_on_the_site_is_gone_in_every_form(site: Path, tmp_path: Path) -> None:
    laid(site, {"withdrawn.html": PAGE})
    compressed(site, tmp_path / "public")
    (site / "withdrawn.html").unlink()
    compressed(site, tmp_path / "public")
    assert not [name for name in held(tmp_path / "public") if "withdrawn" in name]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["public", "site"]


def test_a_folder_that_holds_something_else_is_left_alone(site: Path, tmp_path: Path) -> None:
    other = laid(tmp_path / "documents", {"letter.txt": b"Dear all"})
    done = compressed(site, other)
    assert done.returncode == 2
    assert held(other) == {"letter.txt": b"Dear all"}


def test_a_folder_that_is_no_site_is_not_copied(tmp_path: Path) -> None:
    done = compressed(laid(tmp_path / "half", {"index.html": PAGE}), tmp_path / "public")
    assert done.returncode == 2
    assert not (tmp_path / "public").exists()
