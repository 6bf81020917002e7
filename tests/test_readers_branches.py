"""What a reader gives when there is nothing to read: no value, and one complaint about just that."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, strategies as st

from practice_library.declarations import Context, ListOf, Reader
from practice_library.diagnostics import Report
from practice_library.front_matter import FrontMatterError, parse_yaml
from practice_library.model import Kind, PracticeMention
from practice_library.nodes import MappingNode, Node
from practice_library.readers import (
    DURATION,
    GROUP_SIZE,
    LANGUAGE,
    Address,
    Choice,
    Count,
    Day,
    Flag,
    Id,
    PartialDay,
    SpaceType,
    TermId,
    Text,
    duration_minutes,
    group_bounds,
)
from practice_library.schema import DECLARATIONS
from practice_library.values import PRACTICE_MENTION, AliasReader, ConsentReader
from practice_library.vocabulary import Vocabulary

OF_ONE_VALUE: Final[tuple[Reader, ...]] = (
    Text(),
    Text(lines=True),
    Flag(),
    Choice({"a": 1}),
    Day(),
    PartialDay(),
    Count(),
    Id("practice"),
    TermId("principles", "unknown-principle"),
    SpaceType(),
    Address(),
    DURATION,
    GROUP_SIZE,
    LANGUAGE,
    AliasReader(),
)


def read(reader: Reader, node: Node) -> tuple[object, list[str]]:
    """Give what a reader makes of a node, and the codes of its complaints."""
    report = Report()
    context = Context(path="note.md", report=report, vocabulary=Vocabulary())
    return reader.read(node, "key", context), [found.code for found in report.sorted()]


def written(yaml: str) -> Node:
    return parse_yaml(yaml, first_line=1)


@pytest.mark.parametrize("reader", OF_ONE_VALUE, ids=lambda reader: reader.name)
@pytest.mark.parametrize(
    ("yaml", "code"),
    [
        ("''", "empty-value"),
        ("'  '", "empty-value"),
        ("[a]", "expected-text"),
        ("{a: b}", "expected-text"),
    ],
)
def test_a_reader_of_one_value_complains_once_of_none(reader: Reader, yaml: str, code: str) -> None:
    assert read(reader, written(yaml)) == (None, [code])


@pytest.mark.parametrize(
    ("yaml", "code"),
    [
        ("[]", "consent-without-level"),
        ("''", "consent-without-level"),
        ("{level: [public]}", "expected-text"),
    ],
)
def test_consent_that_names_no_level_is_none(yaml: str, code: str) -> None:
    assert read(ConsentReader(), written(yaml)) == (None, [code])


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("yaml", ["''", "[]", "{}", "[[]]", "[{}]", "{a: b}", "[a, a]"])
def test_every_key_of_every_entry_takes_whatever_is_written(kind: Kind, yaml: str) -> None:
    """A value of a wrong form is a complaint or is read; it is never a traceback."""
    for declared in DECLARATIONS[kind]:
        value, codes = read(declared.reader, written(yaml))
        assert value is not None or codes, declared.key


def test_a_mention_by_no_id_is_none() -> None:
    assert read(PRACTICE_MENTION, written("{id: Not An Id}")) == (None, ["not-an-id"])


def test_a_mention_by_id_keeps_its_line() -> None:
    assert read(PRACTICE_MENTION, written("\nid: check-in")) == (PracticeMention(id="check-in", line=2), [])


def test_of_a_list_what_can_be_read_is_kept() -> None:
    assert read(ListOf(Count()), written("[3, many, 4]")) == ((3, 4), ["not-a-number"])


@pytest.mark.parametrize("text", ["", "soon", "10", "ten minutes", "10 minutes or so"])
def test_a_text_that_is_no_duration_has_no_minutes(text: str) -> None:
    assert duration_minutes(text) is None


@pytest.mark.parametrize("text", ["", "many", "-4", "4-", "4 people"])
def test_a_text_that_is_no_size_of_a_group_has_no_bounds(text: str) -> None:
    assert group_bounds(text) is None


@pytest.mark.parametrize("text", ["a: \x01", "\ud800", "%YAML 9.9\n---\na: b"])
def test_a_text_that_the_yaml_library_refuses_whole_is_bad_yaml(text: str) -> None:
    with pytest.raises(FrontMatterError) as refused:
        parse_yaml(text, first_line=2)
    assert refused.value.code in {"bad-yaml", "yaml-feature"}
    assert refused.value.line >= 2


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    assert line_of(text) >= 2


def line_of(text: str) -> int:
    """Give the line at which a text begins to be read, or at which it is refused."""
    try:
        return parse_yaml(text, first_line=2).line
    except FrontMatterError as error:
        return error.line


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: b\n...\nc: d", "bad-yaml", 4),
        ("--- \na: b", "yaml-feature", 2),
        ("a: b\n--- {c: d}", "yaml-feature", 3),
        ("%YAML 1.2\n--- \na: b", "yaml-feature", 2),
        ("a: &b c", "yaml-feature", 2),
        ("a: b\nc: *d", "yaml-feature", 3),
        ("a: !!str b", "yaml-feature", 2),
        ("a: b\n<<: {c: d}", "yaml-feature", 3),
        ("a: b\n[c]: d", "bad-yaml", 3),
        ("a: b\nA: c", "duplicate-key", 3),
        ("[[[[[[[[[a]]]]]]]]]", "too-deep", 2),
        ("a: b: c", "unquoted-colon", 2),
        ("a:\n\t- b", "tab-indent", 3),
        ("a: 'b", "bad-yaml", 2),
    ],
)
def test_what_is_beyond_the_subset_is_refused_at_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(FrontMatterError) as refused:
        parse_yaml(text, first_line=2)
    assert (refused.value.code, refused.value.line) == (code, line)


def test_no_text_is_a_mapping_without_keys() -> None:
    assert written("") == MappingNode(pairs=(), line=1)
