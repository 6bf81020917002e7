"""The repository's own site, built as a maintainer builds it, and small ones beside it: what has to be there.

The sites are built once for all tests of a run (`tests/sites.py`); their pages are read once for this file.
"""

from __future__ import annotations

import json
import posixpath
import re
import string
import zlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import fromstring

import pytest
import yaml
from tests.pages import Page, addresses_in_css, file_of, read_pages
from tests.sites import EDITIONS, ROOT, Built, build, changed, own_site, write_project
from tests.small_library import LIBRARY

from practice_library.catalogue import catalogue_of

INDEXES: Final = (
    "practices",
    "spaces",
    "outputs",
    "principles",
    "approaches",
    "roles",
    "questions",
    "types",
    "initiatives",
)
FIRST_SPACE: Final = "---\ntitle: First circle\ntype: CoL\nhost: Our centre\n---\n"


class Pages(dict[str, Page]):
    """The pages of a built site by address."""

    def __init__(self, built: Built) -> None:
        super().__init__({page.address: page for page in read_pages(built.site)})
        self.built = built

    @property
    def redirects(self) -> set[str]:
        """Give the addresses that only lead on to others."""
        return {address for address in self if b'http-equiv="refresh"' in self.built.site[self[address].name]}

    def below(self, folder: str) -> set[str]:
        """Give the addresses of the pages of an index: those one step below it."""
        found = {address for address in self if re.fullmatch(rf"{folder}/[^/]+/", address)}
        return found - self.redirects


def read(built: Built) -> Pages:
    """Read the pages of a site that was built without a complaint."""
    assert built.code == 0, built.output
    return Pages(built)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Give the repository's own site."""
    return read(own_site("english", tmp_path_factory))


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Give the repository's own site in French."""
    return read(own_site("french", tmp_path_factory))


@pytest.fixture(scope="module")
def without_folders(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Give the small library with pages that are files (`practices/x.html`), not folders."""
    root = tmp_path_factory.mktemp("files")
    project = write_project(root, LIBRARY, options={"source": "private"}, use_directory_urls=False)
    return read(build(project, "--strict"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Give the site of an empty content folder."""
    project = write_project(tmp_path_factory.mktemp("empty"), {"spaces/.gitkeep": ""})
    return read(build(project, "--strict"))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Give the site of a library that is one file of three facts."""
    project = write_project(tmp_path_factory.mktemp("first"), {"spaces/first.md": FIRST_SPACE})
    return read(build(project, "--strict"))


@pytest.fixture(params=["english", "french", "without_folders", "empty", "first"])
def pages(request: pytest.FixtureRequest) -> Pages:
    """Give the pages of each site in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Pages)
    return found


def terms(section: str) -> list[str]:
    """Give the ids of a section of the repository's vocabulary."""
    vocabulary = yaml.safe_load((ROOT / "spaces" / "vocabulary.yml").read_text(encoding="utf-8"))
    return [term["id"] for term in vocabulary[section]]


# That it builds.


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_own_site_builds_strictly(edition: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    built = own_site(edition, tmp_path_factory)
    assert built.code == 0, built.output
    assert "WARNING" not in built.output


def test_two_builds_of_one_day_give_the_same_bytes(
    english: Pages, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert changed(english.built.site, own_site("again", tmp_path_factory).site) == set()


def test_properdocs_gives_the_same_pages(english: Pages, tmp_path_factory: pytest.TempPathFactory) -> None:
    def told(site: Mapping[str, bytes]) -> dict[str, bytes]:
        """Leave out the one line that names the builder, and the digests of pages with it."""
        told = {name: re.sub(rb'<meta name="generator"[^>]*>', b"", data) for name, data in site.items()}
        told["sw.js"] = re.sub(rb'"[0-9a-f]{16}"', b'""', told["sw.js"])
        return told

    other = own_site("properdocs", tmp_path_factory).site
    assert changed(told(english.built.site), told(other)) == set()


# What is on it.


@pytest.mark.parametrize("folder", [*INDEXES, "contribute"])
def test_an_index_links_to_every_page_below_it(english: Pages, folder: str) -> None:
    linked = {link.address for link in english[f"{folder}/"].content_links}
    assert english.below(folder)
    assert english.below(folder) - linked == set()


def test_the_finder_lists_every_entry_and_term(english: Pages) -> None:
    listed = {link.address for link in english["find/"].content_links}
    folders = ("practices", "spaces", "outputs", "principles", "approaches", "roles", "questions")
    entries = {address for folder in folders for address in english.below(folder)}
    notes = {address for address in english if re.fullmatch(r"spaces/[^/]+/[^/]+/", address)}
    gone = {address for address in notes if english[address].heading == "Withdrawn"}
    assert (entries | notes) - gone - english.redirects - listed == set()


def test_the_finder_counts_as_many_spaces_of_each_kind_as_the_page_of_kinds(english: Pages) -> None:
    counts = [re.findall(r"\b(\d+) spaces?\b", english[page].text) for page in ("find/", "types/")]
    assert counts[0] == counts[1] != []


@pytest.mark.parametrize(
    ("folder", "section", "count"),
    [("principles", "principles", 8), ("questions", "questions", 8), ("types", "types", 4)],
)
def test_every_term_has_a_page_that_tells_what_carries_it(
    english: Pages, folder: str, section: str, count: int
) -> None:
    assert english.below(folder) == {f"{folder}/{term}/" for term in terms(section)}
    assert len(english.below(folder)) == count
    for address in english.below(folder):
        carriers = {link.address for link in english[address].content_links}
        assert any(re.match(r"(?:spaces|practices)/[^/]+/", carrier) for carrier in carriers), address


def test_every_page_but_the_withdrawn_is_reached_by_links_from_the_home_page(english: Pages) -> None:
    reached, ahead = {""}, [""]
    while ahead:
        found = {link.address for link in english[ahead.pop()].links if link.address in english} - reached
        reached |= found
        ahead += sorted(found)
    lost = set(english) - reached - english.redirects - {"404.html"}
    assert {english[address].heading for address in lost} <= {"Withdrawn"}


def test_every_page_has_one_heading_of_the_first_rank_and_a_title(pages: Pages) -> None:
    counts = {
        address: Counter(element.tag for element in page.root.iter()) for address, page in pages.items()
    }
    assert {address: n["h1"] for address, n in counts.items() if n["h1"] != 1 or n["title"] < 1} == {}


def test_every_page_that_is_found_by_search_is_there(english: Pages) -> None:
    blocks = (
        json.loads(text)
        for name, data in english.built.site.items()
        if re.fullmatch(r"search/[0-9a-f]+\.bin", name) and (text := zlib.decompress(data)).startswith(b'[{"')
    )
    found = {shown["u"].partition("#")[0] for block in blocks for shown in block}
    assert found <= set(english)
    assert english.below("practices") <= found


def test_the_map_for_search_engines_names_only_pages_that_are_there(english: Pages) -> None:
    start = "https://example.org/practice-library/"
    tree = fromstring(english.built.site["sitemap.xml"])  # noqa: S314 - our own file
    named = {(place.text or "").removeprefix(start) for place in tree.iter() if place.tag.endswith("loc")}
    assert named <= set(english)
    assert english.below("practices") <= named


def test_the_page_of_an_entry_leads_to_the_file_it_is_written_in(english: Pages) -> None:
    start = "https://example.org/practice-library-sources/edit/main/"
    edits = {page.address: page.edit_link for page in english.values() if page.edit_link}
    entries = english.below("practices") | english.below("outputs") | english.below("spaces")
    assert entries <= set(edits)
    assert {link for link in edits.values() if not link.startswith(start)} == set()
    files = {address: ROOT / link.removeprefix(start) for address, link in edits.items()}
    assert {address for address, file in files.items() if not file.is_file()} == set()
    assert all(file.stem in address or file.parent.name in address for address, file in files.items())


def test_the_contents_of_a_page_are_told_where_there_are_some_worth_telling(english: Pages) -> None:
    told = {
        address: element
        for address, page in english.items()
        for element in page.root.iter("nav")
        if element.attrib.get("class") == "pl-toc"
    }
    assert min(len(list(element.iter("li"))) for element in told.values()) > 2
    flat = {address for address, element in told.items() if len(list(element.iter("ul"))) == 1}
    notes = {address for address in told if english[address].kind == "harvest"}
    assert notes
    assert notes - flat == {address for address in notes - flat if len(told[address][0]) < 3}
    assert told.keys() - notes - flat


def test_the_foot_of_a_page_written_by_hand_says_with_what_the_site_is_made(english: Pages) -> None:
    thanks = {address for address, page in english.items() if b"mkdocs-material/" in page.data}
    assert "keeping/" in thanks
    assert {english[address].kind for address in thanks} == {""}


# How it is written.


def test_every_page_is_html_that_a_strict_reader_accepts(pages: Pages) -> None:
    assert {address: page.errors for address, page in pages.items() if page.errors} == {}


def test_no_id_is_twice_on_a_page(pages: Pages) -> None:
    twice = {
        address: [name for name, count in Counter(page.ids).items() if count > 1]
        for address, page in pages.items()
    }
    assert {address: names for address, names in twice.items() if names} == {}


def test_every_link_within_the_site_leads_somewhere(pages: Pages) -> None:
    site = pages.built.site
    ids = {page.name: set(page.ids) for page in pages.values()}
    broken = []
    for page in pages.values():
        for link in page.links:
            file = file_of(link.address, site) if link.is_internal else ""
            if file is None or (file and link.anchor and link.anchor not in ids.get(file, ())):
                broken.append(f"{page.name}: {link.written}")
    assert broken == []


def test_nothing_that_a_page_asks_for_is_anywhere_else_or_missing(pages: Pages) -> None:
    site = pages.built.site
    asked = {
        f"{page.name}: {address}"
        for page in pages.values()
        for address in page.requests
        if not _is_here(page.address_of(address), site)
    }
    assert asked == set()


def test_no_style_sheet_asks_for_anything_from_elsewhere(english: Pages) -> None:
    site = english.built.site
    sheets = {name: data.decode() for name, data in site.items() if name.endswith(".css")}
    asked = {
        f"{name}: {address}"
        for name, css in sheets.items()
        for address in addresses_in_css(css)
        if not _is_here(posixpath.normpath(posixpath.join(posixpath.dirname(name), address)), site)
    }
    assert sheets
    assert asked == set()


def _is_here(address: str, site: Mapping[str, bytes]) -> bool:
    """Whether what an address names is a file of the site, or carried along."""
    return address.startswith("data:") or file_of(address.partition("?")[0], site) is not None


# French.


def readers_messages() -> list[str]:
    """Give what our English catalogue says to readers, and the French one says in other words."""
    english, french = (catalogue_of(language).messages for language in ("en", "fr"))
    told_elsewhere = {"build", "cli", "new", "swap", "option", "withdraw", "seal", "status"}
    shown = (key for key in english if key.partition(".")[0] not in told_elsewhere)
    said = set(french.values())  # a word may be of both languages: Date
    return [_without_markup(english[key]) for key in shown if english[key] not in said]


def _without_markup(text: str) -> str:
    """Leave the words of a message; what stands in code is in no language."""
    text = re.sub(r"'[^']*\{\{[^']*'|`[^`]*`", "{}", text)
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"(?<!\w)[*_]{1,2}|[*_]{1,2}(?!\w)", "", plain).split())


def sentences(messages: list[str]) -> set[str]:
    """Give the runs of four words or more that messages have between their placeholders."""
    parts = (part.strip() for text in messages for part, *_ in string.Formatter().parse(text))
    return {part for part in parts if len(part.split()) > 3}


def test_no_sentence_of_ours_is_english_on_the_french_site(french: Pages) -> None:
    sought = sentences(readers_messages())
    assert len(sought) > 400
    spoken = {address: " ".join(" ".join(page.spoken("fr")).split()) for address, page in french.items()}
    found = {address: sorted(s for s in sought if s in words) for address, words in spoken.items()}
    assert {address: said for address, said in found.items() if said} == {}


def test_no_label_of_ours_is_english_on_the_french_site(french: Pages) -> None:
    sought = {text for text in readers_messages() if any(letter.isalpha() for letter in text)}
    found = {address: sorted(sought & set(page.spoken("fr"))) for address, page in french.items()}
    assert {address: said for address, said in found.items() if said} == {}


def test_every_page_of_the_french_site_says_that_it_is_french(french: Pages) -> None:
    assert {address for address, page in french.items() if page.root.attrib.get("lang") != "fr"} == set()


def test_dates_on_the_french_site_are_french(french: Pages) -> None:
    months = r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    times = {"".join(e.itertext()) for page in french.values() for e in page.root.iter("time")}
    assert any("novembre" in shown for shown in times)
    assert {shown for shown in times if re.search(months, shown)} == set()


def test_the_french_site_has_the_same_addresses(english: Pages, french: Pages) -> None:
    assert set(french) == set(english)


# Beginnings.


def test_an_empty_library_says_how_to_begin(empty: Pages) -> None:
    for address in ("", "spaces/"):
        assert catalogue_of("en").text("begin.title") in empty[address].text
        assert "first.md" in empty[address].text


@pytest.mark.parametrize("folder", [*INDEXES, "find", "contribute"])
def test_an_empty_library_has_every_index(empty: Pages, folder: str) -> None:
    assert empty[f"{folder}/"].heading


def test_a_library_that_is_not_there_yet_builds_too(tmp_path: Path) -> None:
    project = write_project(tmp_path, {})
    (project / "spaces").rmdir()
    built = build(project)
    assert built.code == 0, built.output
    assert catalogue_of("en").text("begin.title") in built.page("")


def test_a_library_of_one_file_shows_its_space(first: Pages) -> None:
    page = first["spaces/first/"]
    assert page.heading == "First circle"
    assert "Our centre" in page.text
    for address in ("spaces/", "find/"):
        assert "spaces/first/" in {link.address for link in first[address].content_links}


def test_pages_may_be_files_instead_of_folders(without_folders: Pages) -> None:
    names = {page.name for page in without_folders.values()}
    assert {"practices/check-in-round.html", "spaces/riverside/index.html", "index.html"} <= names
    assert "practices/check-in-round/index.html" not in names
