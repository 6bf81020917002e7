"""The theme's files are listed without what is hidden, and MkDocs publishes the same."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from mkdocs.config import load_config
from mkdocs.structure.files import Files
from tests.sites import write_files

from practice_library.theme_files import VisibleLoader, bring_theme


def test_hidden_folders_are_not_listed_but_load(tmp_path: Path) -> None:
    names = {"main.html", "a/b.css", "a/.c/d.svg", ".icons/e.svg", "a/.f"}
    write_files(tmp_path, {f"theme/{name}": "words" for name in names} | {"other/main.html": "others"})
    folders = [str(tmp_path / "theme"), str(tmp_path / "other")]
    visible, plain = VisibleLoader(folders), FileSystemLoader(folders)

    assert visible.list_templates() == ["a/.f", "a/b.css", "main.html"]
    assert set(plain.list_templates()) == names
    assert Environment(loader=visible, autoescape=True).get_template(".icons/e.svg").render() == "words"


def test_mkdocs_publishes_the_same(tmp_path: Path) -> None:
    write_files(tmp_path, {"mkdocs.yml": "site_name: a\ntheme: material\n", "docs/index.md": "# a\n"})
    published: list[set[str]] = []
    for whole in (False, True):
        config = load_config(str(tmp_path / "mkdocs.yml"))
        bring_theme(config)
        if whole:
            del vars(config.theme)["get_env"]
        files = Files([])
        files.add_files_from_theme(config.theme.get_env(), config)
        published.append(set(files.src_uris))

    assert published[0] == published[1]
    assert any(name.endswith(".css") for name in published[0])
