"""The house keeps its rooms apart: who imports whom, who looks at the clock, and what the map shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
PACKAGE: Final = ROOT / "plugins/practice_library"
MAP: Final = ROOT / "docs/develop/architecture.md"
MODULES: Final = {path.stem: path for path in sorted(PACKAGE.glob("*.py"))}
EDGE: Final = {
    *("plugin", "publishing", "page_building", "published", "surroundings", "conversion", "cli"),
    *("host_config", "host_files", "host_log", "theme_files"),
    *("swap", "spare", "fonts", "offline", "lookout", "kept_fonts", "cache", "parallel"),
    *("progress", "preview_folder", "noticing"),
}
"""Modules that face MkDocs, a terminal, the disk or the system; all others are the core."""
CORE: Final = sorted(set(MODULES) - EDGE)
LINE: Final = (
    {"model", "diagnostics", "slugs"},
    {"nodes", "common_yaml", "front_matter", "vocabulary"},
    {"readers", "schema"},
    {"loader"},
    {"consent"},
    {"library", "evidence", "links", "related"},
    {"pages"},
    {"build"},
    {"plugin", "cli"},
)
"""The straight line that a note walks, from right to left: nobody imports from further on."""
BEFORE_THE_GATE: Final = {"loader", "front_matter", "common_yaml", "nodes"}
"""Modules that see what is held."""


def imports_of(path: Path) -> Iterator[str]:
    """Give the modules that one imports: `.model` for one of ours, `mkdocs` for one of others."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield f".{node.module}"
        elif isinstance(node, ast.ImportFrom):
            yield from (f".{alias.name}" for alias in node.names)


def names_in(path: Path) -> set[str]:
    """Give every dotted name that a module uses, such as `datetime.now`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def ours(module: str) -> set[str]:
    """Give the modules of the package that one of them imports."""
    return {name[1:] for name in imports_of(MODULES[module]) if name.startswith(".")}


@pytest.mark.parametrize("module", CORE)
def test_the_core_knows_neither_mkdocs_nor_a_theme_nor_those_who_call_it(module: str) -> None:
    foreign = {"mkdocs", "material", "properdocs", *(f".{edge}" for edge in EDGE)}
    assert set(imports_of(MODULES[module])) & foreign == set()


def test_the_line_names_modules_that_exist() -> None:
    assert set().union(*LINE) <= set(MODULES)


@pytest.mark.parametrize("place", range(len(LINE)))
def test_nobody_on_the_line_imports_from_further_on(place: int) -> None:
    further = set().union(*LINE[place + 1 :])
    assert {name: ours(name) & further for name in LINE[place] if ours(name) & further} == {}


def test_no_two_modules_import_each_other_however_long_the_way() -> None:
    reached = {module: ours(module) & set(MODULES) for module in MODULES}
    for _ in MODULES:
        reached = {m: found.union(*(reached[f] for f in found)) for m, found in reached.items()}
    assert [module for module, found in reached.items() if module in found] == []


@pytest.mark.parametrize("module", ["library", "pages", "views", "phrases", "render", "related"])
def test_nobody_behind_the_gate_sees_what_is_held(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    taken = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in {"model", "consent"}
        for alias in node.names
    }
    assert taken & {"Sources", "Held", "admit", "terms_of"} == set()
    assert ours(module) & BEFORE_THE_GATE == set()
    assert not {name for name in names_in(MODULES[module]) if name.endswith("admission.held")}


HELD_GROUP: Final = re.compile(r"(?<!\\)\)(?:[*+?]|\{{1,2}[0-9,]+\}{1,2})\+|\(\?>")
"""A group in a pattern that gives nothing back. Before Python 3.11.5 such a group ends in the wrong place where
it fails halfway; single letters may be held on to."""


@pytest.mark.parametrize("path", [*MODULES.values(), *ROOT.glob("scripts/*")], ids=lambda path: path.name)
def test_no_pattern_holds_on_to_a_group(path: Path) -> None:
    found = HELD_GROUP.findall(path.read_text(encoding="utf-8")) if path.is_file() else []
    assert found == []


@pytest.mark.parametrize("module", sorted(set(CORE) - {"options"}))
def test_the_core_has_no_clock_and_no_environment(module: str) -> None:
    outside = {
        "date.today",
        "datetime.now",
        "datetime.today",
        "datetime.utcnow",
        "os.environ",
        "os.getenv",
        "time.time",
    }
    assert names_in(MODULES[module]) & outside == set()
    assert set(imports_of(MODULES[module])) & {"random", "secrets", "socket", "time", "uuid"} == set()


def listed() -> set[str]:
    """Give the paths that the annotated tree of the map names, folders with a slash at their end."""
    tree = re.search(r"^```text\n(.*?)^```", MAP.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert tree is not None, "the map has no tree"
    found: set[str] = set()
    folders: list[tuple[int, str]] = []
    for line in tree[1].splitlines():
        match = re.match(r"([ │├└─]*)([\w.*/-]+)(?:\s{2,}|$)", line)
        if match is None:
            continue
        while folders and folders[-1][0] >= len(match[1]):
            folders.pop()
        path = f"{folders[-1][1] if folders else ''}{match[2]}"
        found.add(path)
        if path.endswith("/"):
            folders.append((len(match[1]), path))
    return found


def existing(folder: str) -> set[str]:
    """Give what lies in a folder of the project, without what tools leave there."""
    return {
        f"{folder}{path.name}{'/' if path.is_dir() else ''}"
        for path in (ROOT / folder).iterdir()
        if path.name != "__pycache__" and not path.name.startswith(".")
    }


@pytest.mark.parametrize("folder", ["plugins/practice_library/", "scripts/", "tests/"])
def test_the_map_shows_just_what_is_there(folder: str) -> None:
    shown = {path for path in listed() if re.fullmatch(rf"{re.escape(folder)}[^/]+/?", path)}
    assert shown == existing(folder)


def test_whatever_the_map_shows_is_there() -> None:
    assert sorted(path for path in listed() if "*" not in path and not (ROOT / path).exists()) == []
