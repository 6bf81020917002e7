"""What the form accepts the build accepts, and what one refuses the other refuses: hundreds of each, generated.

The form's own modules run in a real browser, on a page of a real site; what they write is read by the build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page
from tests.fillings import FORMS, Values, examples, mistaken
from tests.served import chromium, served
from tests.sites import TODAY, VOCABULARY, build as build_site, own_site, run, write_files, write_project
from tests.small_library import LIBRARY

from practice_library.build import Build, Options, build
from practice_library.declarations import Context
from practice_library.diagnostics import Report, Severity
from practice_library.form import SAID, data_of
from practice_library.front_matter import read_source
from practice_library.model import Kind
from practice_library.schema import DECLARATIONS, Place, read_entry
from practice_library.vocabulary import read_vocabulary

pytestmark = pytest.mark.browser

COUNT: Final = {Kind.HARVEST: 120, Kind.SPACE: 50, Kind.PRACTICE: 50}
"""How many fillings of each form are tried."""
MISTAKEN: Final = 80
"""How many notes with mistakes are tried of each kind."""
MARK: Final = "z4711z"
"""Stands in generated titles for a number of their own."""
SCRIPTS: Final = Path(__file__).parents[1] / "plugins/practice_library/theme/assets/pl/form"
VOCABULARY_READ: Final = read_vocabulary(VOCABULARY.encode(), "vocabulary.yml", Report())

MAKE: Final = """
async ({kind, fillings, today, data}) => {
  const root = document.querySelector(".pl-contribute");
  const base = new URL(root.dataset.known, document.baseURI);
  const {make, Known} = await import(new URL("../assets/pl/form/entry.js", base));
  const settings = JSON.parse(root.querySelector(".pl-settings").textContent);
  const schema = await (await fetch(root.dataset.schema)).json();
  const known = new Known(data, settings);
  return fillings.map((values) => {
    const made = make(kind, values, {schema, settings, known, today});
    const complaints = made.complaints.filter(({isAdvice}) => !isAdvice).map(({path, code}) => [String(path[0] ?? ""), code]);
    return {path: made.place.path, file: made.file, publicFile: made.publicFile, isOpen: made.isOpen, complaints};
  });
}
"""
CHECK: Final = """
async (fronts) => {
  const root = document.querySelector(".pl-contribute");
  const base = new URL(root.dataset.known, document.baseURI);
  const {checkFront} = await import(new URL("../assets/pl/form/check.js", base));
  const settings = JSON.parse(root.querySelector(".pl-settings").textContent);
  const schema = await (await fetch(root.dataset.schema)).json();
  return fronts.map((front) => checkFront(front, schema, settings).map(({path, code, values}) => [
    code === "missing-key" && path.length === 1 ? values.key : String(path[0]), code]));
}
"""


@dataclass(frozen=True, kw_only=True)
class Made:
    """What the form made of one filling."""

    path: str
    file: str
    publicFile: str  # noqa: N815 - the script's own name
    isOpen: bool  # noqa: N815
    complaints: list[list[str]]

    @property
    def place(self) -> str:
        return f"spaces/{self.path}"


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the repository's own site on a server."""
    built = own_site("english", tmp_path_factory)
    assert built.code == 0, built.output
    with served(built.project / "site") as url:
        yield url


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as browser:
        page = browser.new_page()
        page.set_default_timeout(90_000)
        yield page


@pytest.fixture(scope="module")
def made(start: str, page: Page, tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, list[Made]]:
    """Give what the forms make of generated fillings, in a small library."""
    found = {}
    data = json.loads(data_of(library_with(tmp_path_factory.mktemp("small"), {})))
    for kind, count in COUNT.items():
        page.goto(f"{start}contribute/{kind.value}/")
        fillings = _marked(examples(FORMS[kind](MARK), count), kind)
        call = {"kind": kind.value, "fillings": fillings, "today": str(TODAY), "data": data}
        found[kind] = [Made(**one) for one in page.evaluate(MAKE, call)]
    return found


def _marked(fillings: list[Values], kind: Kind) -> list[Values]:
    """Give every filling a title of its own, and the new things in it too, so that all fit in one library."""
    texts = [json.dumps(filling) for filling in fillings]
    return [json.loads(text.replace(MARK, f"{kind.value}{place}")) for place, text in enumerate(texts)]


def library_with(root: Path, files: dict[str, str]) -> Build:
    """Read the small library with further entries."""
    write_files(root, {**LIBRARY, **files})
    return build(root, root / "spaces", Options(today=TODAY))


@pytest.mark.parametrize("kind", COUNT)
def test_the_build_refuses_just_what_the_form_refuses(
    made: dict[Kind, list[Made]], tmp_path: Path, kind: Kind
) -> None:
    by_form = {one.place: sorted({code for _, code in one.complaints}) for one in made[kind]}
    report = library_with(tmp_path, {one.place: one.file for one in made[kind]}).report
    by_build: dict[str, set[str]] = {one.place: set() for one in made[kind]}
    for found in report.of(Severity.ERROR):
        by_build[found.path].add(found.code)
    assert len(by_form) == len(made[kind])
    assert {place: sorted(codes) for place, codes in by_build.items()} == by_form


def test_at_least_two_hundred_fillings_are_accepted(made: dict[Kind, list[Made]]) -> None:
    assert sum(not one.complaints for found in made.values() for one in found) >= 200


def test_whatever_the_form_accepts_passes_the_check_and_builds_in_one_library(
    made: dict[Kind, list[Made]], tmp_path: Path
) -> None:
    accepted = [one for found in made.values() for one in found if not one.complaints]
    files = {**LIBRARY, **{one.place: one.file for one in accepted}}
    assert len(files) == len(LIBRARY) + len(accepted)
    project = write_project(tmp_path, files, options={"source": "private"})
    checked = run(project, "practice_library.cli", "check")
    assert checked.code == 0, checked.output
    built = build_site(project)
    assert built.code == 0, built.output


def test_what_is_offered_to_a_public_repository_is_all_shown(
    made: dict[Kind, list[Made]], tmp_path: Path
) -> None:
    offered = {
        one.place: one.publicFile
        for found in made.values()
        for one in found
        if one.isOpen and not one.complaints
    }
    admission = library_with(tmp_path, offered).admission
    assert len(offered) >= 20
    assert {held.entry.path for held in admission.held} & offered.keys() == set()
    assert {entry.path for entry, _ in admission.held_quotes} & offered.keys() == set()


@pytest.mark.parametrize("kind", COUNT)
def test_the_form_and_the_build_name_the_same_fields_of_mistaken_notes(
    start: str, page: Page, kind: Kind
) -> None:
    keys = tuple(field.key for field in DECLARATIONS[kind])
    fronts = examples(mistaken(kind, keys), MISTAKEN)
    page.goto(f"{start}contribute/{kind.value}/")
    by_form = [sorted(map(tuple, found)) for found in page.evaluate(CHECK, fronts)]
    by_build = [sorted(read_complaints(kind, front)) for front in fronts]
    differing = [
        (front, form, read)
        for front, form, read in zip(fronts, by_form, by_build, strict=True)
        if set(form) != set(read)
    ]
    assert differing == []
    assert sum(bool(found) for found in by_build) >= MISTAKEN * 0.8


def read_complaints(kind: Kind, front: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Say what the build complains of in a front matter: the key and the code of each complaint."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
    report = Report()
    context = Context(path="note.md", report=report, vocabulary=VOCABULARY_READ)
    source = read_source("\n".join(["---", *lines, "---", ""]).encode(), context.complain)
    assert source is not None
    read_entry(Place(kind=kind, id="a", space="", path="note.md"), source, context)
    for found in report.diagnostics:
        at_head = found.code == "missing-key" and found.line == 2
        key = dict(found.values)["key"] if at_head else list(front)[found.line - 2]
        yield key, found.code


def test_the_page_brings_just_the_words_that_the_scripts_say() -> None:
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SCRIPTS.glob("*.js")))
    asked = set(re.findall(r'\bsay\("([a-z-]+)"', scripts))
    assert asked <= set(SAID)
    assert [name for name in SAID if f'"{name}"' not in scripts] == []
