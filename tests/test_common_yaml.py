"""What is read line by line is read as the YAML library reads it, or left to the library."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from practice_library.common_yaml import has_common_letters, read_common
from practice_library.front_matter import (
    MAX_DEPTH,
    FrontMatterError,
    StrictHandler,
    compose_yaml,
    parse_yaml,
)
from practice_library.nodes import Node

ROOT = Path(__file__).parents[1]
NOTES = sorted((ROOT / "spaces").rglob("*.md"))
MARKS = st.sampled_from(list("abé9_-.,:;!?#'\"()[]{}&*|>%@`~=/\\ \t\n\u00a0\u2019\u0301😀"))
WORDS = st.sampled_from(["a", "two words", "2024-05-01", "no", "08", "l’été", "a-b", "it's", "5 (five)", "é"])
QUOTED = st.builds(
    "{0}{1}{0}".format, st.sampled_from("\"'"), st.one_of(WORDS, st.sampled_from(["", "a: b, c"]))
)
PLAIN = st.one_of(WORDS, st.sampled_from(["1:30", "https://example.org/?a=b#c", "a, b", "a [b]", ""]))
INLINE: st.SearchStrategy[str] = st.deferred(lambda: st.one_of(PLAIN, QUOTED, FLOW))
IN_FLOW: st.SearchStrategy[str] = st.deferred(lambda: st.one_of(WORDS, WORDS, QUOTED, FLOW))
FLOW_LIST = st.lists(IN_FLOW, max_size=3).map(", ".join).map("[{}]".format)
FLOW_TABLE = (
    st.lists(IN_FLOW, max_size=3)
    .map(lambda values: ", ".join(f"{key}: {value}" for key, value in zip("abc", values, strict=False)))
    .map("{{{}}}".format)
)
FLOW: st.SearchStrategy[str] = st.one_of(FLOW_LIST, FLOW_TABLE)


@st.composite
def mappings(draw: st.DrawFn, indent: int = 0) -> str:
    """Write a mapping in block style, as people do."""
    keys = draw(
        st.lists(st.sampled_from(["a", "b", "on", "9", "a_b", "c-d"]), min_size=1, max_size=3, unique=True)
    )
    blocks = [draw(blocks_below(indent)) if draw(st.booleans()) else f" {draw(INLINE)}\n" for _ in keys]
    return "".join(f"{' ' * indent}{key}:{block}" for key, block in zip(keys, blocks, strict=True))


@st.composite
def blocks_below(draw: st.DrawFn, indent: int) -> str:
    """Write what stands below a key: a list, a mapping, or nothing."""
    inner = indent + draw(st.sampled_from([2, 2, 4]))
    if inner > 8 or draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(["\n", "\n\n", "\n# a remark\n"]))
    if draw(st.booleans()):
        return f"\n{draw(mappings(inner))}"
    if draw(st.booleans()):
        head = draw(st.sampled_from(["|", ">", ">-", "|-", "|+", "> "]))
        lines = draw(st.lists(st.one_of(PLAIN, st.sampled_from(["# no remark", "- b", "a: b"])), max_size=3))
        end = draw(st.sampled_from(["", "", "\n", "# a remark\n", "\n# a remark\n", "  \n"]))
        return f" {head}\n" + "".join(f"{' ' * inner}{line}\n" for line in lines) + end
    at = draw(st.sampled_from([indent, inner]))
    items = draw(st.lists(st.one_of(INLINE.map("{}\n".format), mappings(at + 2).map(str.lstrip)), max_size=3))
    return "\n" + "".join(f"{' ' * at}- {item}" for item in items)


@st.composite
def slips(draw: st.DrawFn) -> str:
    """Write a mapping, and now and then one letter too many or too few."""
    text = draw(mappings())
    place = draw(st.integers(0, len(text)))
    slip = draw(st.one_of(st.just(""), st.just(""), MARKS))
    return text[:place] + slip + text[place + draw(st.integers(0, 1)) * (not slip.isalnum()) :]


def _by_library(text: str) -> Node | None:
    """Read a text through the YAML library; None where that has a complaint."""
    try:
        return compose_yaml(text, 2)
    except FrontMatterError:
        return None


@given(slips())
def test_it_is_read_as_the_library_reads_it(text: str) -> None:
    found = read_common(text, 2, MAX_DEPTH)
    assert found is None or found == _by_library(text)


@given(st.text(st.one_of(MARKS, st.characters(exclude_categories=[]))))
def test_letters_are_common_whatever_stands_beside_them(text: str) -> None:
    assert has_common_letters(text) == all(map(has_common_letters, text))


@pytest.mark.parametrize(
    "letters", ["\n", " ~", "\u00a0\u200a", "\u2010\u2027", "\u2030\u205f", "\u2070\ud7ff"]
)
def test_common_letters_are_of_these_ranges(letters: str) -> None:
    first, last = ord(letters[0]), ord(letters[-1])
    assert has_common_letters(letters)
    assert not has_common_letters(chr(first - 1))
    assert not has_common_letters(chr(last + 1))


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_notes_are_read_so(path: Path) -> None:
    text, _ = StrictHandler().split(path.read_text(encoding="utf-8"))
    assert read_common(text, 2, MAX_DEPTH) == _by_library(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: one\nb: [two, three four , 'it''s', \"x\"]\n",
        "a:\n- b: 1\n  c: {d: e, f: [g]}\n- h\n\ni:\n  - j\n",
        "a:\n  b:\n    c: d\ne:\n",
        "# a remark\na: 'b' \n",
        'a: "b, c: d"\nb: e:f\n',
        "a: >-\n  b\n  # c\nd:\n  e: |\n    f: g\n    h\n",
    ],
)
def test_the_usual_ways_are_known(text: str) -> None:
    if "''" in text:
        assert read_common(text, 2, MAX_DEPTH) is None
        text = text.replace("''", "’")
    found = read_common(text, 2, MAX_DEPTH)
    assert found is not None
    assert found == compose_yaml(text, 2)


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  b\n\n  c\n",
        "a: >\n  b\n   c\n",
        "a: |+\n  b\n",
        "a: b\n  c\n",
        "a: 'b\n  c'\n",
        'a: "\\u0062"\n',
        "a: &x b\nc: *x\n",
        "a: !!str b\n",
        "a: b # c\n",
        "a: b: c\n",
        "a: [b\n",
        "a: [b] c\n",
        "a: {b: c, b: d}\n",
        "a: b\nA: c\n",
        "a: b\n\tc: d\n",
        "a: \u0085b\n",
        "- a\n",
        "a\n",
        "",
    ],
)
def test_the_rest_is_for_the_library(text: str) -> None:
    assert read_common(text, 2, MAX_DEPTH) is None


def test_depth_is_bounded_alike() -> None:
    deep = "a: " + "[" * MAX_DEPTH + "b" + "]" * MAX_DEPTH
    assert read_common(deep, 2, MAX_DEPTH) is None
    with pytest.raises(FrontMatterError, match="too-deep"):
        parse_yaml(deep, 2)
    assert read_common(deep.replace("[", "", 1).replace("]", "", 1), 2, MAX_DEPTH) == compose_yaml(
        deep.replace("[", "", 1).replace("]", "", 1), 2
    )
