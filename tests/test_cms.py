"""The editor under `/admin/`: off unless asked for, made from the schema, and asking nobody but the sources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from tests.golden import TODAY
from tests.sites import build as build_site, write_files, write_project
from tests.small_library import LIBRARY

from practice_library.build import Build, Options, build
from practice_library.cms import CACHE, FOLDER, KEPT, PROGRAM, CmsError, cms_config, cms_files
from practice_library.handover import Sources
from practice_library.model import Kind
from practice_library.schema import DECLARATIONS
from practice_library.vocabulary import LANGUAGES

SOURCES: Final = Sources(
    new="https://github.com/example/library/new/main",
    upload="https://github.com/example/library/upload/main/spaces",
)
HELD: Final = "---\ntitle: Zqcanary\ntype: CoH\nhost: Zqcanary\n---\n"
KINDS: Final = {
    "spaces": Kind.SPACE,
    "harvests": Kind.HARVEST,
    "practices": Kind.PRACTICE,
    "outputs": Kind.OUTPUT,
}


@pytest.fixture(params=LANGUAGES)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Build:
    """Read the small library and a space that is held."""
    write_files(tmp_path, {**LIBRARY, "spaces/zqcanary/space.md": HELD})
    return build(tmp_path, tmp_path / "spaces", Options(today=TODAY, language=request.param))


def collections_of(made: Build) -> Iterator[tuple[Kind, dict[str, Any]]]:
    """Go through the collections with the kind of each."""
    for collection in cms_config(made, SOURCES)["collections"]:
        yield KINDS[str(collection["name"]).rpartition("-")[2]], collection


def test_every_collection_has_every_key_of_its_kind_and_the_text(made: Build) -> None:
    for kind, collection in collections_of(made):
        names = [field["name"] for field in collection["fields"]]
        assert names == [*(field.key for field in DECLARATIONS[kind]), "body"]


def test_just_the_values_that_can_be_words_or_a_group_are_left_alone(made: Build) -> None:
    for kind, collection in collections_of(made):
        hidden = {field["name"] for field in collection["fields"] if field["widget"] == "hidden"}
        assert hidden == {field.key for field in DECLARATIONS[kind] if field.reader.name in KEPT}


def test_what_is_needed_is_needed_there_too(made: Build) -> None:
    for kind, collection in collections_of(made):
        needed = {field["name"] for field in collection["fields"] if field.get("required")}
        assert needed == {field.key for field in DECLARATIONS[kind] if field.required}


def test_every_folder_of_the_library_can_be_edited(made: Build) -> None:
    folders = {collection["folder"] for _, collection in collections_of(made)}
    expected = {"spaces", "spaces/practices", "spaces/outputs"}
    for space in ("riverside", "hill", "harbour"):
        expected |= {f"spaces/{space}/{folder}" for folder in ("harvests", "practices", "outputs")}
    assert folders == expected


def test_a_held_space_leaves_no_trace_in_it(made: Build) -> None:
    assert "zqcanary" not in json.dumps(cms_config(made, SOURCES)).casefold()


def test_people_sign_in_at_the_sources_and_nowhere_else(made: Build) -> None:
    assert cms_config(made, SOURCES)["backend"] == {
        "name": "github",
        "repo": "example/library",
        "branch": "main",
        "auth_methods": ["token"],
    }


def test_the_page_may_ask_the_sources_and_nobody_else(made: Build, tmp_path: Path) -> None:
    write_program(tmp_path)
    page = str(cms_files(made, SOURCES, tmp_path)[f"{FOLDER}/index.html"])
    assert "connect-src 'self' data: blob: https://api.github.com https://github.com;" in page
    assert "script-src 'self';" in page


@pytest.mark.parametrize(("sources", "reason"), [(SOURCES, "not-fetched"), (Sources(), "not-on-github")])
def test_what_is_missing_is_told(made: Build, tmp_path: Path, sources: Sources, reason: str) -> None:
    with pytest.raises(CmsError, match=f"^{reason}$"):
        cms_files(made, sources, tmp_path)


def write_program(root: Path) -> None:
    """Put something in the place of what `scripts/cms` fetches."""
    write_files(root, {f"{CACHE}/{name}": "x" for name in PROGRAM})


def test_a_site_has_it_only_when_asked_and_fetched(tmp_path: Path) -> None:
    repo = "https://github.com/example/library"
    project = write_project(tmp_path, LIBRARY, options={"cms": True}, repo_url=repo)
    refused = build_site(project)
    assert refused.code == 1
    assert "python3 scripts/cms" in refused.output
    write_program(project)
    built = build_site(project)
    assert built.code == 0, built.output
    assert {name for name in built.site if name.startswith(f"{FOLDER}/")} == {
        f"{FOLDER}/{name}" for name in ("index.html", "config.json", *PROGRAM)
    }
