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
from hypothesis import strategies as st
from playwright.sync_api import Page
from tests.fillings import FORMS, Values, examples, mistaken
from tests.served import chromium, served
from tests.sites import TODAY, VOCABULARY, build as build_site, run, write_files, write_project
from tests.small_library import LIBRARY

from practice_library.build import Options, build
from practice_library.diagnostics import Report, Severity
from practice_library.form import SAID
from practice_library.front_matter import read_source
from practice_library.model import Kind
from practice_library.readers import Context
from practice_library.schema import DECLARATIONS, Place, read_entry
from practice_library.vocabulary import read_vocabulary

pytestmark = pytest.mark.browser

COUNT: Final = {Kind.HARVEST: 120, Kind.SPACE: 50, Kind.PRACTICE: 50}
"""How many fillings of each form are tried."""
MISTAKEN: Final = 80
"""How many notes with mistakes are tried of each kind."""
SCRIPTS: Final = Path(__file__).parents[1] / "plugins/practice_library/theme/assets/practice-library/form"
VOCABULARY_READ: Final = read_vocabulary(VOCABULARY.encode(), "vocabulary.yml", Report())

MAKE: Final = """
async ({kind, fillings, today}) => {
  const root = document.querySelector(".pl-contribute");
  const base = new URL(root.dataset.known, document.baseURI);
  const {make, Known} = await import(new URL("../assets/practice-library/form/entry.js", base));
  const settings = JSON.parse(root.querySelector(".pl-settings").textContent);
  const [data, schema] = await Promise.all(
    [root.dataset.known, root.dataset.schema].map(async (url) => (await fetch(url)).json()));
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
  const {checkFront} = await import(new URL("../assets/practice-library/form/check.js", base));
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
    """Give a small site on a server."""
    built = build_site(write_project(tmp_path_factory.mktemp("site"), LIBRARY))
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
def made(start: str, page: Page) -> dict[Kind, list[Made]]:
    """Give what the forms make of generated fillings."""
    found = {}
    for kind, count in COUNT.items():
        page.goto(f"{start}contribute/{kind.value}/")
        numbered = st.shared(st.integers(0, 10**9), key="mark").flatmap(
            lambda mark, kind=kind: FORMS[kind](f"z{mark}")
        )
        fillings = _marked(examples(numbered, count), kind)
        call = {"kind": kind.value, "fillings": fillings, "today": str(TODAY)}
        found[kind] = [Made(**one) for one in page.evaluate(MAKE, call)]
    return found


def _marked(fillings: list[Values], kind: Kind) -> list[Values]:
    """Give every filling a title of its own, and the new things in it too, so that all fit in one library."""
    texts = [json.dumps(filling) for filling in fillings]
    return [json.loads(re.sub(r"z\d+", f"{kind.value}{place}", text)) for place, text in enumerate(texts)]


def verdict(root: Path, one: Made) -> list[str]:
    """Say what the build complains of when a small library has this entry too."""
    path = root / one.place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(one.file, encoding="utf-8", newline="\n")
    report = build(root, root / "spaces", Options(today=TODAY)).report
    path.unlink()
    return [found.code for found in report.of(Severity.ERROR)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("library")
    write_files(root, LIBRARY)
    return root


@pytest.mark.parametrize("kind", COUNT)
def test_the_build_refuses_just_what_the_form_refuses(
    made: dict[Kind, list[Made]], library: Path, kind: Kind
) -> None:
    differing = []
    for one in made[kind]:
        refused = {code for _, code in one.complaints}
        if set(verdict(library, one)) != refused:
            differing.append((one.file, sorted(refused), verdict(library, one)))
    assert differing == []


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


def test_what_is_offered_to_a_public_repository_holds_nothing_back(
    made: dict[Kind, list[Made]], library: Path
) -> None:
    offered = [one for found in made.values() for one in found if one.isOpen and not one.complaints]
    assert len(offered) >= 20
    for one in offered:
        path = library / one.place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.publicFile, encoding="utf-8", newline="\n")
        admission = build(library, library / "spaces", Options(today=TODAY)).admission
        path.unlink()
        assert [held.entry.path for held in admission.held if held.entry.path == one.place] == []
        assert [entry.path for entry, _ in admission.held_quotes if entry.path == one.place] == []


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
