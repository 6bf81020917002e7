"""Sites built for real: a project is written, MkDocs or ProperDocs runs on it, and its files are read.

In: the files of a small project, or nothing for the repository's own. Out: the exit code, what was said,
and the site as `{path: bytes}`. The repository's own sites are built once a run, whoever asks first. What is
the same in every build and slow to make, cut fonts and compiled templates, is made once a run too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from tests import workshop

from practice_library import kept_fonts
from practice_library.cache import FOLDER as CACHE, TEMPLATES

ROOT: Final = Path(__file__).resolve().parents[1]
TODAY: Final = date(2026, 11, 24)
TIME_LIMIT: Final = 240
"""Seconds after which a build counts as stuck."""
KEPT: Final = "PRACTICE_LIBRARY_KEPT"
"""Names the folder of what all builds of a run share."""
VOCABULARY: Final = (ROOT / "spaces" / "vocabulary.yml").read_text(encoding="utf-8")
Files = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Built:
    """What came of a build."""

    project: Path
    """The folder of mkdocs.yml."""
    code: int
    output: str
    """What it said on either stream."""

    @cached_property
    def site(self) -> dict[str, bytes]:
        """Give the published site."""
        return tree(self.project / "site")

    @property
    def complaints(self) -> list[str]:
        """Give what it complained of, as `path:line: words [code]`."""
        return re.findall(r"^(?:ERROR|WARNING) +- +(.*\[[a-z0-9-]+\])$", self.output, re.MULTILINE)

    def page(self, address: str) -> str:
        """Give the HTML of a page by its address."""
        name = f"{address}index.html" if not address or address.endswith("/") else address
        return self.site[name].decode()


def tree(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder by its path; nothing where there is no folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """Give the paths of two trees at which one differs from the other."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def write_files(root: Path, files: Files) -> None:
    """Write texts to their paths."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def write_project(
    root: Path,
    files: Files,
    *,
    language: str = "en",
    options: Mapping[str, Any] | None = None,
    **settings: object,
) -> Path:
    """Write a project: a configuration, empty folders for pages and content, and the given files.

    Args:
        root: the project's folder, made where it is missing.
        files: texts by path from that folder.
        language: the theme's.
        options: the plugin's.
        settings: further keys of mkdocs.yml.
    """
    config = {
        "site_name": "A small library",
        "site_url": "https://example.org/library/",
        "repo_url": "https://example.org/sources/",
        "edit_uri": "edit/main/docs/",
        "theme": {"name": "material", "language": language, "font": False},
        "plugins": [{"practice-library": dict(options or {})}],
        "markdown_extensions": ["attr_list", "md_in_html", "tables", "def_list", "footnotes"],
        **settings,
    }
    for folder in ("docs", "spaces"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    write_files(root, {"mkdocs.yml": yaml.safe_dump(config), **files})
    return root


def environment(day: date = TODAY, **more: str) -> dict[str, str]:
    """Give the surroundings of a build: this checkout's code, a fixed day, no one's own settings."""
    kept = {name: value for name, value in os.environ.items() if name not in {"SITE_URL", "REPO_URL"}}
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return {
        **kept,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONPATH": str(ROOT / "plugins"),
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": str(int(moment.timestamp())),
        **more,
    }


def run(project: Path, module: str, *arguments: str, env: Mapping[str, str] | None = None) -> Built:
    """Run a module of this Python in a project's folder."""
    around = dict(env or environment())
    if workshop.can_build(module, around, environment()):
        return _forked(project, arguments, around)
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=project,
        env=around,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=TIME_LIMIT,
        check=False,
    )
    return Built(project=project, code=done.returncode, output=done.stdout)


def _forked(project: Path, arguments: Sequence[str], env: Mapping[str, str]) -> Built:
    """Run MkDocs in a process that has imported it already."""
    start = {**environment(), "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "plugins", ROOT)))}
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said"
        request = workshop.Request(
            project=str(project), arguments=arguments, env=env, output=str(said), seconds=TIME_LIMIT
        )
        code = workshop.forked(request, start)
        output = said.read_text(encoding="utf-8") if said.exists() else ""
    assert code != workshop.STUCK, output
    return Built(project=project, code=code, output=output)


def build(
    project: Path,
    *arguments: str,
    tool: str = "mkdocs",
    config: str = "mkdocs.yml",
    env: Mapping[str, str] | None = None,
) -> Built:
    """Build a project's site, into its folder `site` whatever the configuration says."""
    with suppress(OSError):  # links need a right that not everybody has on Windows: slower without
        _share_kept(project / CACHE)
    return run(project, tool, "build", "-f", config, "-d", "site", *arguments, env=env)


def _share_kept(cache: Path) -> None:
    """Let a new project find the fonts and templates that another build of this run has made.

    Args:
        cache: where the project keeps what it can use again; left alone where it is there.
    """
    place = os.environ.get(KEPT)
    if not place or cache.exists():
        return
    kept = Path(place)
    (kept / TEMPLATES).mkdir(exist_ok=True)
    kept_fonts.site_fonts(kept)()
    cache.mkdir(parents=True)
    for made in kept.iterdir():
        (cache / made.name).symlink_to(made, target_is_directory=made.is_dir())


# The repository's own site.


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One way to build the repository's own site."""

    tool: str = "mkdocs"
    config: str = "mkdocs.yml"
    hash_seed: str = "0"


EDITIONS: Final = {
    "english": Edition(),
    "again": Edition(hash_seed="4711"),
    "properdocs": Edition(tool="properdocs"),
    "french": Edition(config="mkdocs.fr.yml"),
}


def own_site(name: str, folders: pytest.TempPathFactory) -> Built:
    """Give an edition of the repository's own site, built strictly, and once for all test processes."""
    place = _shared(folders) / f"own-{name}"
    result = place / "result.json"
    try:
        place.mkdir()
    except FileExistsError:
        return _result(_awaited(result), place / "project")
    edition = EDITIONS[name]
    project = copy_of_own(place / "project")
    env = environment(own_day(), PYTHONHASHSEED=edition.hash_seed)
    built = build(project, "--strict", tool=edition.tool, config=edition.config, env=env)
    text = json.dumps({key: value for key, value in asdict(built).items() if key != "project"})
    unfinished = result.with_suffix(".new")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(result)
    return built


def copy_of_own(project: Path) -> Path:
    """Copy what the repository's site is made of, so that nobody's edit gets into a running test."""
    project.mkdir(parents=True)
    for folder in ("docs", "spaces"):
        shutil.copytree(ROOT / folder, project / folder)
    for config in ROOT.glob("mkdocs*.yml"):
        shutil.copyfile(config, project / config.name)
    return project


def own_day() -> date:
    """Give a day on which all of the repository's notes may be read, however long these tests are kept."""
    written = re.compile(r"\b(?:given|withdrawn): (\d{4}-\d{2}-\d{2})")
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "spaces").rglob("*.md"))
    return max(TODAY, *(date.fromisoformat(day) for text in texts for day in written.findall(text)))


def _shared(folders: pytest.TempPathFactory) -> Path:
    """Give the folder that all processes of one run have in common."""
    own = folders.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _awaited(path: Path) -> Path:
    """Wait until another process has written a file."""
    deadline = time.monotonic() + TIME_LIMIT
    while not path.exists():
        assert time.monotonic() < deadline, f"nobody wrote {path}"
        time.sleep(0.1)
    return path


def _result(path: Path, project: Path) -> Built:
    return Built(project=project, **json.loads(path.read_text(encoding="utf-8")))
