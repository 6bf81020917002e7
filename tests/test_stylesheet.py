"""What is kept of Material's style sheet, and what is not: rules as a table, and against pages that were built."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from tests.pages import read_pages
from tests.sites import ROOT, Built, own_site

from practice_library.stylesheet import NAME, PARTS, USED, cut, frame_sheet, sheets_of, without_unasked

OURS: Final = ROOT / "plugins" / "practice_library" / "theme" / "assets" / "pl"
OF_MATERIAL: Final = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        ("a{b:c}", "a{b:c}"),
        (".md-typeset h1{b:c}", ".md-typeset h1{b:c}"),
        (".md-search{b:c}", ""),
        (".md-search,.md-typeset{b:c}", ".md-typeset{b:c}"),
        (".md-typeset .md-search{b:c}a{d:e}", "a{d:e}"),
        ("[dir=rtl] a{b:c}[dir=ltr] a{d:e}", "[dir=ltr] a{d:e}"),
        (".md-typeset td:is(.x,.y),td{b:c}", "td{b:c}"),
        (":is(a,b) c{d:e}", ":is(a,b) c{d:e}"),
        ("@media print{.md-search{b:c}a{d:e}}", "@media print{a{d:e}}"),
        ("@media print{.md-search{b:c}}a{d:e}", "a{d:e}"),
        ('@charset "utf-8";a{b:c}', "a{b:c}"),
        ("@keyframes x{to{b:c}}a{b:c}", "a{b:c}"),
        ('a{b:url("data:x;y}{")}c{d:e}', 'a{b:url("data:x;y}{")}c{d:e}'),
        ("/* a{b:c} */d{e:f}", "d{e:f}"),
        ("a {\n  b: c;\n}\n", "a{b: c;}"),
    ],
)
def test_of_a_rule_is_kept_what_a_page_can_use(sheet: str, kept: str) -> None:
    assert cut(sheet) == kept


@pytest.mark.parametrize(
    ("sheet", "others", "kept"),
    [
        ("a{--x:1;b:var(--x)}", "", "a{--x:1;b:var(--x)}"),
        ("a{--x:1;b:c}", "", "a{b:c}"),
        ("a{--x:1;b:c}", "d{e:var(--x, 2)}", "a{--x:1;b:c}"),
        ("a{--x:1;--y:var(--x);b:c}", "", "a{b:c}"),
        ("a{--x:url(\"data:a;b,<p d='('>\");b:c}", "", "a{b:c}"),
        ("a{--x:1}b{c:d}", "", "b{c:d}"),
        (".a--x:hover{b:c}", "", ".a--x:hover{b:c}"),
    ],
)
def test_a_property_that_nothing_asks_for_is_left_out(sheet: str, others: str, kept: str) -> None:
    assert without_unasked(sheet, others) == kept


def test_our_sheets_come_whole_and_after_those_of_material() -> None:
    assert frame_sheet((".md-nav{a:b}p{a:b}",), (".pl-x{c:d}", ".pl-y{e:f}")) == "p{a:b}.pl-x{c:d}.pl-y{e:f}"


def test_without_material_there_are_ours(tmp_path: Path) -> None:
    assert sheets_of([str(tmp_path)]) == []
    assert frame_sheet((), ("a{b:c}",)) == "a{b:c}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the repository's own site."""
    return own_site("english", tmp_path_factory)


def test_every_class_that_pages_of_the_library_have_of_material_is_kept(site: Built) -> None:
    sheets = [name for name in site.site if re.match(r"assets/stylesheets/(?:main|palette)\.", name)]
    assert len(sheets) == 2
    of_material = {name for sheet in sheets for name in OF_MATERIAL.findall(site.site[sheet].decode())}
    lacking: dict[str, set[str]] = {}
    for page in read_pages(site.site):
        classes = {name for element in page.root.iter() for name in element.attrib.get("class", "").split()}
        if "pl-page--" in page.content.attrib.get("class", ""):
            lacking[page.name] = classes & of_material - USED - {"no-js"}  # ours as well
    assert len(lacking) > 100
    assert {name: found for name, found in lacking.items() if found} == {}


def test_a_page_of_the_library_loads_one_sheet_of_the_frame_and_none_of_material(site: Built) -> None:
    text = site.page("practices/check-in-round/")
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
    assert [sheet.rpartition("/")[2] for sheet in sheets] == ["frame.css"]
    assert NAME in site.site
    assert not [part for part in PARTS if f"assets/pl/{part}.css" in site.site]


def test_a_page_written_by_hand_loads_all_of_material(site: Built) -> None:
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', site.page("keeping/"))
    assert [sheet.rpartition("/")[2].partition(".")[0] for sheet in sheets] == ["main", "palette", "frame"]


def test_every_sheet_of_the_frame_stands_in_it(site: Built) -> None:
    text = site.site[NAME].decode()
    for part in PARTS:
        last = re.findall(
            r"^([.@\w][^{\n]*)\{", (OURS / f"{part}.css").read_text(encoding="utf-8"), re.MULTILINE
        )
        assert last[-1].strip() in text


def test_dark_is_the_same_where_it_was_chosen_and_where_the_system_asks_for_it() -> None:
    sheet = (OURS / "base.css").read_text(encoding="utf-8")
    blocks = re.findall(r'(?:^\[data-md-color-scheme="slate"\]|=""\]\)) \{([^}]+)\}', sheet, re.MULTILINE)
    chosen, asked = ([line.strip() for line in block.splitlines() if line.strip()] for block in blocks)
    assert "color-scheme: dark;" in chosen
    assert asked == chosen
