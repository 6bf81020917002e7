"""The members' edition: what it shows, where it goes, what it says, and that it takes no other's place."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from mkdocs.config import load_config
from tests.sites import ROOT, VOCABULARY, Built, build, changed, run, tree, write_project

from practice_library.catalogue import catalogue_of
from practice_library.consent import Audience
from practice_library.options import read_settings
from practice_library.vocabulary import LANGUAGES

MEMBERS: Final = "mkdocs.members.yml"
CONSENT: Final = "consent: {{level: {0}, given: 2021-04-20, by: group}}"
NOTE: Final = "---\ntitle: {0} evening\ndate: 2021-04-1{1}\n{2}\n---\n\nAt the {0}.\n"
QUOTE: Final = "quotes:\n  - {{text: A {0} saying., consent: {{level: {1}, given: 2021-04-20}}}}"
LIBRARY: Final = {
    "docs/about.md": "# About us\n",
    "spaces/vocabulary.yml": VOCABULARY,
    "spaces/hill/space.md": "---\ntitle: Hill\ntype: CoL\nhost: Hill School\n---\n",
    "spaces/hill/harvests/2021-04-11-open.md": NOTE.format(
        "robin",
        1,
        "\n".join(
            [
                CONSENT.format("public"),
                QUOTE.format("wren", "public"),
                *QUOTE.format("siskin", "members").splitlines()[1:],
                *QUOTE.format("jackdaw", "withheld").splitlines()[1:],
            ]
        ),
    ),
    "spaces/hill/harvests/2021-04-12-shared.md": NOTE.format("linnet", 2, CONSENT.format("members")),
    "spaces/hill/harvests/2021-04-13-silent.md": NOTE.format("bittern", 3, ""),
    "spaces/hill/harvests/2021-04-14-kept.md": NOTE.format("curlew", 4, CONSENT.format("withheld")),
    "spaces/hill/harvests/2021-04-15-gone.md": NOTE.format(
        "plover", 5, f"{CONSENT.format('members')}\nwithdrawn: 2021-05-01"
    ),
    "spaces/meadow/space.md": (
        "---\ntitle: Goldcrest\ntype: CoH\nhost: Meadow\n"
        "consent: {level: members, given: 2026-04-20, by: group}\n---\n"
    ),
    "spaces/moor/space.md": "---\ntitle: Lapwing\ntype: CoH\nhost: Moor\n---\n",
}
PUBLIC_WORDS: Final = ("robin", "wren")
MEMBERS_WORDS: Final = ("siskin", "linnet", "Goldcrest")
HELD_WORDS: Final = ("jackdaw", "bittern", "curlew", "plover", "Lapwing")


def words_in(site: Mapping[str, bytes]) -> set[str]:
    """Give those of the words above that are anywhere in a site, file names included."""
    whole = b"\n".join([*site.values(), *(name.encode() for name in site)]).lower()
    every = (*PUBLIC_WORDS, *MEMBERS_WORDS, *HELD_WORDS)
    return {word for word in every if word.lower().encode() in whole}


def members_build(project: Path, *arguments: str) -> Built:
    """Build the members' edition as its configuration says."""
    return run(project, "mkdocs", "build", "-f", MEMBERS, *arguments)


@pytest.fixture(scope="module", params=LANGUAGES)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Built]:
    """Give a language, and a small library in it of which both editions were built, the public one first."""
    project = tmp_path_factory.mktemp("editions") / "project"
    files = {**LIBRARY, MEMBERS: (ROOT / MEMBERS).read_text(encoding="utf-8")}
    write_project(project, files, language=request.param, options={"source": "private"})
    public = build(project)
    assert public.code == 0, public.output
    assert public.site  # read now, to be compared with what is there later
    members = members_build(project)
    assert members.code == 0, members.output
    return request.param, public


@pytest.fixture
def copied(both: tuple[str, Built], tmp_path: Path) -> tuple[str, Built]:
    """Give a copy of it, to be changed."""
    language, built = both
    shutil.copytree(built.project, tmp_path / "project")
    return language, replace(built, project=tmp_path / "project")


def members_site(built: Built) -> dict[str, bytes]:
    return tree(built.project / "site-members")


def test_members_see_what_was_shared_with_them_and_nothing_withheld(both: tuple[str, Built]) -> None:
    assert words_in(members_site(both[1])) == {*PUBLIC_WORDS, *MEMBERS_WORDS}


def test_everyone_else_sees_what_is_public_alone(both: tuple[str, Built]) -> None:
    assert words_in(both[1].site) == {*PUBLIC_WORDS}


def test_it_goes_into_its_own_folder_and_leaves_the_public_site_alone(both: tuple[str, Built]) -> None:
    _, public = both
    assert changed(public.site, tree(public.project / "site")) == set()
    assert "spaces/hill/2021-04-12-shared/index.html" in members_site(public)


def pages_of(site: Mapping[str, bytes]) -> dict[str, str]:
    """Give the pages of a site that people read, by name: all but those that only lead on."""
    pages = {name: data.decode() for name, data in site.items() if name.endswith(".html")}
    return {name: page for name, page in pages.items() if 'http-equiv="refresh"' not in page}


def test_each_of_its_pages_says_whom_it_is_for_and_asks_search_engines_to_pass_by(
    both: tuple[str, Built],
) -> None:
    language, built = both
    notice = catalogue_of(language).text("theme.members_edition")
    pages = pages_of(members_site(built))
    assert {"404.html", "index.html", "about/index.html"} <= set(pages)
    assert [name for name, page in pages.items() if f">{notice}<" not in page] == []
    unmarked = [name for name, page in pages.items() if '<meta name="robots" content="noindex' not in page]
    assert unmarked == []


def test_no_public_page_says_so(both: tuple[str, Built]) -> None:
    language, built = both
    whole = "".join(pages_of(built.site).values())
    assert catalogue_of(language).text("theme.members_edition") not in whole
    assert 'name="robots"' not in whole


@pytest.mark.parametrize(("config", "folder"), [(MEMBERS, "site"), ("mkdocs.yml", "site-members")])
def test_one_edition_is_never_put_over_the_other(copied: tuple[str, Built], config: str, folder: str) -> None:
    language, built = copied
    before = tree(built.project / folder)
    over = run(built.project, "mkdocs", "build", "-f", config, "-d", folder)
    there = "public" if folder == "site" else "members"
    assert over.code == 1
    assert catalogue_of(language).text("swap.edition", folder=folder, name=there) in over.output
    assert "Traceback" not in over.output
    assert changed(before, tree(built.project / folder)) == set()


def test_each_edition_is_put_over_itself(copied: tuple[str, Built]) -> None:
    _, built = copied
    note = built.project / "spaces/hill/harvests/2021-04-12-shared.md"
    note.write_text(NOTE.format("siskin", 2, "withdrawn: 2021-05-01"), encoding="utf-8")
    assert members_build(built.project).code == 0
    assert "linnet" not in words_in(members_site(built))


# The repository's own.


def options_of(config: str) -> dict[str, Any]:
    """Give the library's options in one of the repository's configurations, as MkDocs reads it."""
    return dict(load_config(str(ROOT / config)).plugins["practice-library"].config)


def test_its_configuration_differs_in_whom_it_is_for_and_where_it_goes() -> None:
    public, members = load_config(str(ROOT / "mkdocs.yml")), load_config(str(ROOT / MEMBERS))
    differing = {key for key in public if public[key] != members[key]}
    assert differing <= {"config_file_path", "plugins", "site_dir", "site_url", "theme"}
    assert list(public.plugins) == list(members.plugins)
    assert Path(members.site_dir).name == "site-members"
    assert options_of(MEMBERS) == {**options_of("mkdocs.yml"), "audience": "members"}


def test_the_command_line_reads_it_alike() -> None:
    public, members = read_settings(ROOT / "mkdocs.yml"), read_settings(ROOT / MEMBERS)
    assert members.spaces == public.spaces
    assert members.options == replace(public.options, audience=Audience.MEMBERS)
