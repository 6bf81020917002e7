"""The ten commonest mistakes of the guide: each gets just the message that the page shows, and its remedy none."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

import pytest
from markupsafe import escape
from tests.compiled import COMPILED
from tests.golden import TODAY
from tests.sites import VOCABULARY, write_files

from practice_library.build import Build, Options, SourceAccess, build
from practice_library.catalogue import catalogue_of
from practice_library.checking import add_held
from practice_library.diagnostics import sentence_of
from practice_library.mistakes import MISTAKES, Mistake, mistakes_of
from practice_library.pages import MISTAKES as PAGE
from practice_library.render import Renderer
from practice_library.vocabulary import LANGUAGES

AROUND: Final = {
    "spaces/vocabulary.yml": VOCABULARY,
    "spaces/hill/space.md": "---\ntitle: Hill\ntype: CoP\nhost: Hill School\n---\n",
    "spaces/hill/practices/check-in-round.md": "---\ntitle: Check-in round\nsummary: Everybody says a word.\n---\n",
    "spaces/hill/practices/talking-piece.md": "---\ntitle: Talking piece\nsummary: Who holds it speaks.\n---\n",
}
NOTE: Final = "---\ntitle: Note\ndate: 2021-05-01\n---\n"
PLACES: Final = {"kind": "spaces/valley/space.md"}
ALL: Final = [(language, name) for language in LANGUAGES for name in MISTAKES]
UNTOLD: Final = {"held-without-consent"}
"""What is said of every note without consent, and is a mistake only where nothing else is told."""


def mistake_of(language: str, name: str) -> Mistake:
    return next(found for found in mistakes_of(catalogue_of(language)) if found.name == name)


def files_of(text: str, name: str) -> dict[str, str]:
    """Give the files that a text stands for: a note, or the paths of several."""
    if text.startswith("---"):
        return {PLACES.get(name, "spaces/hill/harvests/2021-05-01-note.md"): f"{text}\n"}
    return dict.fromkeys(text.split("\n"), NOTE)


def checked(root: Path, files: dict[str, str], language: str) -> Build:
    write_files(root, {**AROUND, **files})
    options = Options(today=TODAY, language=language, source=SourceAccess.PRIVATE)
    made = build(root, root / "spaces", options)
    add_held(made)
    return made


@pytest.mark.parametrize(("language", "name"), ALL)
def test_what_was_written_gets_the_message_that_the_guide_shows(
    language: str, name: str, tmp_path: Path
) -> None:
    mistake = mistake_of(language, name)
    files = files_of(mistake.wrong, name)
    if name == "twins" and sys.platform in {"win32", "darwin"}:
        pytest.skip("these systems keep no two files whose names differ by capitals alone")
    made = checked(tmp_path, files, language)
    own = [found for found in made.report.sorted() if found.path in files]
    told = {found.code for found in own}
    assert told - (UNTOLD if told != UNTOLD else set()) >= {mistake.code}
    assert mistake.says in {sentence_of(found, made.words) for found in own if found.code == mistake.code}


@pytest.mark.parametrize(("language", "name"), ALL)
def test_what_to_write_instead_gets_none(language: str, name: str, tmp_path: Path) -> None:
    mistake = mistake_of(language, name)
    made = checked(tmp_path, files_of(mistake.right, name), language)
    assert {found.code for found in made.report.sorted()} <= (UNTOLD - {mistake.code})


def test_there_are_ten() -> None:
    assert len(MISTAKES) == 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_says_what_to_type_instead(language: str) -> None:
    says = {found.name: found.says for found in mistakes_of(catalogue_of(language))}
    assert [name for name, said in says.items() if not re.search(r"[;:] \S", said)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_guide_shows_them_all(language: str, tmp_path: Path) -> None:
    made = checked(tmp_path, {}, language)
    page = next(page for page in made.plan.pages if page.source == PAGE)
    shown = Renderer(made, compiled=COMPILED).render(page).html
    for mistake in mistakes_of(made.words):
        assert f">{escape(mistake.wrong)}\n</code>" in shown
        assert f">{escape(mistake.right)}\n</code>" in shown
        assert f'href="#{mistake.name}"' in shown
        assert f"<code>{escape(mistake.short)}</code></td>" in shown
