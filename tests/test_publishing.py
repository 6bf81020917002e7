"""Pages built beside MkDocs are those that MkDocs builds: from nothing, kept, in one process and in several."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import properdocs.structure.pages
import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from tests.sites import Built, build, changed, environment, run, tree, write_files, write_project

from _generator import Generator
from practice_library.published import PublishedPage

VOCABULARY: Final = (Path(__file__).parents[1] / "spaces" / "vocabulary.yml").read_text(encoding="utf-8")
LIBRARY: Final = dict(Generator(40, "published").entries())
NOTE: Final = min(
    path for path, text in LIBRARY.items() if "/harvests/" in path and "{level: public, given" in text
)
PRACTICE: Final = min(path for path in LIBRARY if "/practices/" in path)
HOOK: Final = "def on_post_page(output, **_):\n    return output\n"
CACHE: Final = ".cache/practice-library/public-en"
WRITING: Final = "def on_post_build(config, **_):\n    pass\n"
SECOND_TREE: Final = "from practice_library import spare; spare.LEAST = 0"
"""Has so small a site keep a second tree, as only large ones do."""
ONE_PROCESS: Final = "import os; os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])"


def _files(library: Mapping[str, str]) -> dict[str, str]:
    entries = {f"spaces/{name}": text for name, text in library.items()}
    page = "# Hello\n\nSee [evidence](practices/index.md).\n"
    return {**entries, "spaces/vocabulary.yml": VOCABULARY, "docs/about.md": page, "hooks.py": HOOK}


def _project(root: Path, **settings: object) -> Path:
    settings = {"plugins": [{"practice-library": {"source": "private"}}], **settings}
    return write_project(root, _files(LIBRARY), **settings)  # type: ignore[arg-type]


def _built(project: Path, env: Mapping[str, str] | None = None) -> Built:
    made = build(project, env=env)
    assert made.code == 0, made.output
    return made


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _built(_project(tmp_path_factory.mktemp("cold") / "project"))


def test_they_are_byte_for_byte_what_mkdocs_builds(cold: Built, tmp_path: Path) -> None:
    by_mkdocs = _built(_project(tmp_path / "project", hooks=["hooks.py"]))

    assert "'hooks.py' sees each of them" in by_mkdocs.output
    assert not (by_mkdocs.project / CACHE / "pages").exists()
    assert changed(cold.site, by_mkdocs.site) == set()


@pytest.mark.skipif(sys.platform != "linux", reason="several processes are only used on Linux")
def test_one_process_gives_the_same_bytes_as_several(cold: Built, tmp_path: Path) -> None:
    project = _project(tmp_path / "project")
    sitecustomize = tmp_path / "one" / "sitecustomize.py"
    write_files(tmp_path, {"one/sitecustomize.py": ONE_PROCESS})
    paths = environment()["PYTHONPATH"]
    alone = _built(project, environment(PYTHONPATH=f"{sitecustomize.parent}:{paths}"))

    assert changed(cold.site, alone.site) == set()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot exchange two folders")
def test_a_site_made_of_a_second_tree_is_the_same_and_keeps_nothing_withdrawn(
    cold: Built, tmp_path: Path
) -> None:
    write_files(tmp_path, {"second/sitecustomize.py": SECOND_TREE})
    env = environment(PYTHONPATH=f"{tmp_path / 'second'}:{environment()['PYTHONPATH']}")
    project = _project(tmp_path / "project")
    note, spare = project / "spaces" / NOTE, project / CACHE / "spare"
    before = note.read_text(encoding="utf-8")
    _built(project, env)
    assert not spare.exists()
    note.write_text(f"{before}\n\nThe quillwort was told of.\n", encoding="utf-8")
    for _ in range(2):
        told = _built(project, env)
        assert tree(spare) == told.site
        assert any(b"quillwort" in page for page in told.site.values())
    note.unlink()
    for _ in range(2):
        withdrawn = _built(project, env)
        assert tree(spare) == withdrawn.site
        left = {name: data for name, data in tree(project).items() if not name.startswith("spaces/")}
        assert [name for name, data in left.items() if b"quillwort" in data] == []
    note.write_text(before, encoding="utf-8")
    assert changed(cold.site, _built(project, env).site) == set()
    write_files(project, {"hooks.py": WRITING, "mkdocs.yml": _with_hooks(project)})
    assert changed(cold.site, _built(project, env).site) == set()
    assert not spare.exists()


def _with_hooks(project: Path) -> str:
    """Give a project's configuration with a hook that may write into the finished site."""
    return f"{(project / 'mkdocs.yml').read_text(encoding='utf-8')}\nhooks: [hooks.py]\n"


def test_kept_pages_are_what_new_ones_would_be_after_edits(cold: Built, tmp_path: Path) -> None:
    again = run(cold.project, "mkdocs", "build", env=environment(PYTHONHASHSEED="7"))
    assert f"0 built, {_pages(cold)} as they were" in again.output
    first = tree(cold.project / "site")

    edited = {
        **LIBRARY,
        NOTE: f"{LIBRARY[NOTE]}\nOne more line.\n",
        PRACTICE: LIBRARY[PRACTICE].replace("summary: ", "summary: In other words, "),
    }
    write_files(cold.project, _files(edited))
    warm = run(cold.project, "mkdocs", "build", env=environment())
    second = tree(cold.project / "site")
    anew = _project(tmp_path / "project")
    write_files(anew, _files(edited))

    assert 0 < int(warm.output.partition(" built, ")[0].rpartition(" ")[2]) < _pages(cold)
    assert changed(second, _built(anew).site) == set()
    assert changed(first, second) != set()


def test_a_damaged_cache_changes_nothing(tmp_path: Path) -> None:
    project = _project(tmp_path / "project")
    before = tree(_built(project).project / "site")
    for number, path in enumerate(sorted((project / CACHE).rglob("*"))):
        if path.is_file() and number % 3 == 0:
            path.unlink()
            path.write_bytes(b"<script>alert(1)</script>")

    assert changed(before, _built(project).site) == set()


@pytest.mark.skipif(sys.platform == "win32", reason="its disks may count no second names")
def test_files_of_the_search_are_second_names_of_kept_ones(cold: Built) -> None:
    found = list((cold.project / "site" / "search").iterdir())

    assert found
    assert all(path.stat().st_nlink > 1 for path in found)


def _pages(built: Built) -> int:
    """Give how many pages were built beside MkDocs."""
    return int(built.output.partition("Pages of the library: ")[2].partition(" ")[0])


def test_nothing_held_is_in_the_cache(tmp_path: Path) -> None:
    held = next(
        path
        for path, text in LIBRARY.items()
        if "\nconsent: {level: withheld" in text and "/harvests/" in path
    )
    bare = {path: text for path, text in LIBRARY.items() if path != held}
    with_it, without = tmp_path / "with" / "project", tmp_path / "without" / "project"
    for project, library in ((with_it, LIBRARY), (without, bare)):
        write_project(project, _files(library), plugins=[{"practice-library": {"source": "private"}}])
        _built(project)

    assert changed(tree(with_it / CACHE), tree(without / CACHE)) == set()


@pytest.mark.parametrize("base", ["https://a.org/b/", "https://a.org", "https://a.org/b/../c", "", "b/"])
@pytest.mark.parametrize("source", ["practices/a-b.md", "index.md", "spaces/É/index.md", "a/b.c.md"])
@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("host", [Page, properdocs.structure.pages.Page], ids=["mkdocs", "properdocs"])
def test_a_page_has_all_that_its_host_gives_it(
    base: str,
    source: str,
    directory_urls: bool,  # noqa: FBT001
    host: type[Page],
) -> None:
    config = MkDocsConfig()
    config.load_dict({"site_url": base, "use_directory_urls": directory_urls, "edit_uri": "edit/"})
    pages = [kind(None, File(source, None, "site", directory_urls), config) for kind in (host, PublishedPage)]
    theirs, ours = (
        {name: value for name, value in vars(page).items() if name not in {"file", "toc", "update_date"}}
        for page in pages
    )
    assert ours == theirs
