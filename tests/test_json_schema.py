"""The published JSON Schemas say what the build reads: no more, and no less than JSON Schema can say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import jsonschema
import pytest
import yaml
from tests.sites import ROOT, VOCABULARY, Built, build, write_project
from tests.small_library import LIBRARY

from practice_library.catalogue import catalogue_of
from practice_library.declarations import Context
from practice_library.diagnostics import Report
from practice_library.front_matter import read_source
from practice_library.json_schema import DAY, json_schemas, schema_of
from practice_library.model import Kind
from practice_library.schema import DECLARATIONS, Place, read_entry
from practice_library.vocabulary import LANGUAGES, Vocabulary, read_vocabulary

KNOWN: Final[Vocabulary] = read_vocabulary(VOCABULARY.encode(), "vocabulary.yml", Report())
SCHEMAS: Final = {kind: schema_of(kind, KNOWN, catalogue_of("en")) for kind in Kind}
LEAST: Final = {
    Kind.SPACE: "title: A\ntype: CoP\nhost: B\n",
    Kind.HARVEST: "title: A\ndate: 2021-04-14\n",
    Kind.PRACTICE: "title: A\nsummary: B\n",
    Kind.OUTPUT: "title: A\nkind: tool\nsummary: B\n",
}
CONSENT: Final = "consent: {level: public, given: 2021-04-20}"
GOOD: Final = [
    (Kind.HARVEST, "participants: 12"),
    (Kind.HARVEST, "participants: 100000"),
    (Kind.HARVEST, "harvesters: [Ana, {role: Coach}]"),
    (Kind.HARVEST, "practices: [check-in-round, {id: talking-piece, relation: adapted, note: A}]"),
    (Kind.HARVEST, "practices: [{title: A, summary: B, relation: worked}]"),
    (Kind.HARVEST, "principles: [shared-ownership, {curiosity-over-judgement: Ask first.}]"),
    (Kind.HARVEST, "reflections: {insights-gained: Much.}"),
    (
        Kind.HARVEST,
        "quotes: [{text: A, role: B, language: fr, consent: {level: members, given: 2021-04-20}}]",
    ),
    (Kind.HARVEST, "aliases: [old, /practices/old/]"),
    (Kind.HARVEST, "tombstone: note"),
    (Kind.HARVEST, "illustrative: true"),
    (Kind.HARVEST, CONSENT),
    (Kind.SPACE, "started: 2019"),
    (Kind.SPACE, "started: 2019-02"),
    (Kind.SPACE, "resources: [{title: A, url: 'https://example.org/a?b=c#d'}]"),
    (Kind.PRACTICE, "time: 20-30 minutes"),
    (Kind.PRACTICE, "group_size: 12"),
    (Kind.PRACTICE, "group_size: 8+"),
    (Kind.PRACTICE, "rating: not-rated"),
    (Kind.PRACTICE, "roles: [facilitator]"),
    (Kind.OUTPUT, "link: 'mailto:us@example.org'"),
    (Kind.OUTPUT, "used_by: [{who: A, how: B, date: 2023-10}]"),
]
BAD: Final = [
    (Kind.HARVEST, "participants: many"),
    (Kind.HARVEST, "participants: 100001"),
    (Kind.HARVEST, "harvesters: [{nickname: A}]"),
    (Kind.HARVEST, "practices: [{id: talking-piece, title: A}]"),
    (Kind.HARVEST, "practices: [{title: A}]"),
    (Kind.HARVEST, "practices: [Check-in]"),
    (Kind.HARVEST, "practices: [con]"),
    (Kind.HARVEST, "practices: [{id: a, relation: failed}]"),
    (Kind.HARVEST, "principles: [kindness]"),
    (Kind.HARVEST, "principles: [{kindness: Ask first.}]"),
    (Kind.HARVEST, "reflections: {insight: Much.}"),
    (Kind.HARVEST, "reflections: Much."),
    (Kind.HARVEST, "quotes: [{role: B}]"),
    (Kind.HARVEST, "aliases: [Old one]"),
    (Kind.HARVEST, "tombstone: yes, please"),
    (Kind.HARVEST, "illustrative: perhaps"),
    (Kind.HARVEST, "consent: {given: 2021-04-20}"),
    (Kind.HARVEST, "consent: public"),
    (Kind.HARVEST, "consent: {level: everyone}"),
    (Kind.HARVEST, "checked_by_participants: 2021-02-29"),
    (Kind.HARVEST, "tilte: A"),
    (Kind.SPACE, "started: 2019-13"),
    (Kind.SPACE, "started: 1850"),
    (Kind.SPACE, "region: ''"),
    (Kind.SPACE, f"region: {'a' * 201}"),
    (Kind.SPACE, 'region: "a\\nb"'),
    (Kind.SPACE, "resources: [{title: A, url: example.org}]"),
    (Kind.PRACTICE, "time: a while"),
    (Kind.PRACTICE, "group_size: some"),
    (Kind.PRACTICE, "roles: [boss]"),
    (Kind.PRACTICE, "rating: five"),
    (Kind.OUTPUT, "link: 'javascript:alert(1)'"),
]


class _Loader(yaml.SafeLoader):
    """Reads YAML as editors do: numbers and booleans of YAML 1.2, dates as text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


def by_schema(kind: Kind, head: str) -> bool:
    """Whether a front matter satisfies the schema of its kind."""
    validator = jsonschema.Draft7Validator(SCHEMAS[kind])
    return bool(validator.is_valid(yaml.load(head, Loader=_Loader)))  # noqa: S506 - a SafeLoader


def by_build(kind: Kind, head: str) -> bool:
    """Whether the build reads a front matter without complaint."""
    report = Report()
    context = Context(path="note.md", report=report, vocabulary=KNOWN)
    source = read_source(f"---\n{head}---\n".encode(), context.complain)
    place = Place(kind=kind, id="a/b" if kind is Kind.HARVEST else "a", space="a", path="note.md")
    return source is not None and read_entry(place, source, context) is not None


def entries() -> Iterator[tuple[Kind, Path]]:
    """Go through the repository's own entries."""
    kinds = {"harvests": Kind.HARVEST, "practices": Kind.PRACTICE, "outputs": Kind.OUTPUT}
    for path in sorted((ROOT / "spaces").rglob("*.md")):
        yield kinds.get(path.parent.name, Kind.SPACE), path


@pytest.mark.parametrize("kind", Kind)
def test_every_schema_is_itself_valid(kind: Kind) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMAS[kind])


@pytest.mark.parametrize("kind", Kind)
def test_a_schema_has_the_keys_that_are_declared_in_their_order(kind: Kind) -> None:
    assert list(SCHEMAS[kind]["properties"]) == [field.key for field in DECLARATIONS[kind]]


@pytest.mark.parametrize(("kind", "line"), GOOD)
def test_what_the_build_reads_the_schema_allows(kind: Kind, line: str) -> None:
    head = f"{LEAST[kind]}{line}\n"
    assert (by_build(kind, head), by_schema(kind, head)) == (True, True)


@pytest.mark.parametrize(("kind", "line"), BAD)
def test_what_the_build_refuses_the_schema_refuses(kind: Kind, line: str) -> None:
    head = f"{LEAST[kind]}{line}\n"
    assert (by_build(kind, head), by_schema(kind, head)) == (False, False)


@pytest.mark.parametrize("kind", Kind)
def test_required_keys_are_required_but_for_what_was_withdrawn(kind: Kind) -> None:
    for line in LEAST[kind].splitlines():
        rest = LEAST[kind].replace(f"{line}\n", "") + "aliases: [old]\n"
        assert (by_build(kind, rest), by_schema(kind, rest)) == (False, False)
        gone = f"{rest}withdrawn: 2024-05-02\n"
        assert (by_build(kind, gone), by_schema(kind, gone)) == (True, True)


def test_the_repositorys_own_entries_satisfy_their_schemas() -> None:
    wrong = [
        path.name
        for kind, path in entries()
        if not by_schema(kind, path.read_text(encoding="utf-8").split("---\n")[1])
    ]
    assert wrong == []


def test_days_are_those_of_the_calendar() -> None:
    day, real = re.compile(DAY), set()
    moment = date(1900, 1, 1)
    while moment.year <= 2100:
        real.add(moment.isoformat())
        moment += timedelta(days=1)
    written = {
        f"{year:04d}-{month:02d}-{day:02d}"
        for year in range(1895, 2106)
        for month in range(14)
        for day in range(33)
    }
    assert {text for text in written if day.fullmatch(text)} == real


def test_the_repository_holds_the_schemas_that_its_vocabulary_gives() -> None:
    held = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schema").iterdir()}
    assert held == json_schemas(KNOWN, catalogue_of("en"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(write_project(tmp_path_factory.mktemp("schema"), LIBRARY))


def test_the_site_publishes_the_same_schemas(site: Built) -> None:
    expected = json_schemas(KNOWN, catalogue_of("en"))
    assert {name: site.site[f"schema/{name}"].decode() for name in expected} == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_schemas_explain_every_key_in_each_language(language: str) -> None:
    for text in json_schemas(KNOWN, catalogue_of(language)).values():
        assert all(found["description"] for found in json.loads(text)["properties"].values())
