"""The contributors' guide: its pictures are those that the script takes, both languages say it, and readers find it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

import pytest
from PIL import Image
from tests.sites import ROOT, build, own_site, write_project
from tests.small_library import LIBRARY

from practice_library.pages import GUIDE

sys.path.append(str(ROOT / "scripts"))

import _pictures

PAGES: Final = ROOT / "docs" / Path(GUIDE).parent
SHOWN: Final = re.compile(r"!\[(?P<alternative>[^\]]*)\]\(\.\./\.\./assets/guide/(?P<name>[^)]+)\)")
LARGEST: Final = 40_000
"""Bytes of a picture: a guide with seven of them still opens at once on a telephone."""


def pages(language: str) -> dict[str, str]:
    """Give the text of the guide's pages in a language, by the page's name."""
    ending = {"en": [".md"], "fr": [".fr", ".md"]}[language]
    found = (path for path in PAGES.iterdir() if path.suffixes == ending)
    return {path.name.split(".")[0]: path.read_text(encoding="utf-8") for path in found}


@pytest.mark.parametrize("language", _pictures.LANGUAGES)
def test_a_language_shows_just_the_pictures_that_the_script_takes_in_their_order(language: str) -> None:
    shown = [match["name"] for match in SHOWN.finditer(pages(language)["index"])]
    assert shown == [f"{language}-{step}.webp" for step in _pictures.STEPS]


@pytest.mark.parametrize("language", _pictures.LANGUAGES)
def test_every_picture_says_in_words_what_is_to_be_seen(language: str) -> None:
    told = [match["alternative"] for match in SHOWN.finditer(pages(language)["index"])]
    assert [words for words in told if len(words.split()) < 8] == []
    assert len(set(told)) == len(told)


def test_the_folder_holds_the_pictures_of_the_guide_and_no_others() -> None:
    names = {f"{language}-{step}.webp" for language in _pictures.LANGUAGES for step in _pictures.STEPS}
    assert {path.name for path in _pictures.FOLDER.iterdir()} == names


def test_pictures_are_light_of_one_width_and_without_metadata() -> None:
    for path in _pictures.FOLDER.iterdir():
        assert path.stat().st_size <= LARGEST, path
        with Image.open(path) as image:
            assert image.width == _pictures.WINDOW["width"], path
            assert not {"exif", "xmp", "icc_profile"} & set(image.info), path


def test_both_languages_have_the_same_pages_with_as_many_parts() -> None:
    parts = [
        {name: text.count("\n## ") for name, text in pages(language).items()} for language in ("en", "fr")
    ]
    assert parts[0] == parts[1]
    assert len(parts[0]) > 1


@pytest.mark.parametrize("edition", ["english", "french"])
def test_the_page_for_contributors_leads_to_the_guide_and_the_guide_to_each_of_its_pages(
    edition: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = own_site(edition, tmp_path_factory).site
    assert b'href="guide/"' in site["contribute/index.html"]
    first = site["contribute/guide/index.html"]
    for name in pages("en").keys() - {"index"}:
        assert f'href="{name}/"'.encode() in first
        assert f"contribute/guide/{name}/index.html" in site


def test_a_library_without_the_guide_does_not_link_to_it(tmp_path: Path) -> None:
    built = build(write_project(tmp_path, LIBRARY), "--strict")
    assert built.code == 0, built.output
    assert b"guide/" not in built.site["contribute/index.html"]
