"""Where a page stands in the navigation; what pages of one folder share of their frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import pytest
from tests.sites import build, write_project
from tests.small_library import LIBRARY

from practice_library.standing import Standing, target_of


@dataclass(eq=False)
class Item:
    """What MkDocs has in a navigation, or a page out of it."""

    url: str = ""
    children: list[Item] = field(default_factory=list)
    active: bool = False
    ancestors: tuple[Item, ...] = ()


HOME: Final = Item()
PRACTICES: Final = Item("practices/")
GUIDE: Final = Item("guide/begin/")
SECTION: Final = Item(children=[GUIDE])
NAV: Final = (HOME, PRACTICES, SECTION)
ANEW: Final = """\
import logging
from practice_library.standing import Standing

Standing.once = lambda self, name, page, caller: caller()


def on_config(config):
    logging.getLogger("mkdocs.hooks").info("anew: every part")
"""
"""A hook that shares nothing."""


@pytest.mark.parametrize(
    ("item", "page", "told"),
    [
        (HOME, HOME, "page"),
        (PRACTICES, PRACTICES, "page"),
        (SECTION, GUIDE, "page"),
        (PRACTICES, Item("practices/a/"), "true"),
        (PRACTICES, Item("spaces/a/"), ""),
        (HOME, Item("practices/a/"), ""),
        (PRACTICES, None, ""),
        (Item("x/", active=True), Item("y/"), "true"),
        (PRACTICES, Item("practices/a/", ancestors=(SECTION,)), ""),
        (Item("practices/index.html"), Item("practices/a.html"), "true"),
    ],
)
def test_what_a_page_has_to_do_with_an_item(item: Item, page: Item | None, told: str) -> None:
    assert Standing(NAV).at(item, page) == told


def test_a_section_leads_to_its_first_page() -> None:
    assert target_of(SECTION) is GUIDE
    assert target_of(PRACTICES) is PRACTICES


def rendered(*pages: Item | None) -> list[str]:
    """Give what each page gets for a part that prints how often it was rendered."""
    standing, count = Standing(NAV), iter(range(100))
    return [standing.once("part", page, lambda: str(next(count))) for page in pages]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Item("practices/a/"), Item("practices/b/")),
        (Item("spaces/a/b/"), Item("spaces/a/c/")),
        (Item("practices/a.html"), Item("practices/b.html")),
    ],
)
def test_pages_of_one_folder_share_their_frame(one: Item, other: Item) -> None:
    assert rendered(one, other) == ["0", "0"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Item("practices/a/"), Item("spaces/a/")),
        (Item("spaces/a/b/"), Item("spaces/b/b/")),
        (Item("practices/a/"), Item("practices/a/b/")),
        (Item("x/"), Item("x.html")),
        (PRACTICES, PRACTICES),
        (Item("guide/"), Item("guide/")),
        (None, None),
    ],
)
def test_what_links_from_elsewhere_or_leads_to_a_part_has_a_frame_of_its_own(
    one: Item | None, other: Item | None
) -> None:
    assert rendered(one, other) == ["0", "1"]


def test_parts_are_told_apart_by_name() -> None:
    standing, page = Standing(NAV), Item("practices/a/")
    assert standing.once("head", page, lambda: "head") == "head"
    assert standing.once("foot", page, lambda: "foot") == "foot"


def test_a_site_has_the_same_bytes_with_every_part_rendered_anew(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    shared = build(write_project(tmp_path_factory.mktemp("shared"), LIBRARY))
    project = write_project(tmp_path_factory.mktemp("anew"), {**LIBRARY, "anew.py": ANEW})
    config = project / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + "\nhooks: [anew.py]\n", encoding="utf-8")
    own = build(project)
    assert (shared.code, own.code) == (0, 0), shared.output + own.output
    assert "anew: every part" in own.output
    assert len(own.site) > 50
    assert own.site == shared.site
