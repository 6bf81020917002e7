"""Everyday bodies are converted by a short way, to what the long way makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from practice_library import everyday
from practice_library.markup import converter_of, raw_html

STARTS = [
    "",
    "",
    "",
    "- ",
    "* ",
    "-  ",
    "+ ",
    "1. ",
    "2. ",
    "03. ",
    "## ",
    "### ",
    "###",
    "# ",
    "  ",
    "   ",
    "> ",
    ": ",
]
WORDS = [
    *(
        "a",
        "Two words",
        "é",
        "1",
        "2024",
        "3.5",
        "4.",
        "a|b",
        "--",
        "==",
        "“x”",
        "b ",
        "c  ",
        "#",
        "d #",
        "e##",
    ),
    *(
        "*em*",
        "**strong**",
        "_u_",
        "[a](b)",
        "[c](../d/ 'e')",
        "[b]",
        "say [a b](c_d/) and",
        "[^a](b)",
        "[a][b](c)",
        "[a](b)(c)",
        "[^a]",
        "![p](q.png)",
        "`c`",
        "<http://a.b>",
    ),
    *(
        "<a@b.ca>",
        "&amp;",
        "&",
        "<b>",
        ">",
        "\\*",
        "\\",
        "[TOC]",
        "\t",
        "\r",
        "\x02",
        "\x0c",
        "\u00a0",
        "\u2028",
    ),
    *("[x]: y", "[^a]: b", "klzzwxh:0001", "[a\n", "]: b", "(", "'", '"'),
]
GAPS = ["\n", "\n\n", "\n\n", "\n\n\n", "\n \n", "  \n", "\n\n    ", "\n\n "]
LINES = st.tuples(
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    st.sampled_from(GAPS),
)
BODIES = st.lists(LINES.map("".join), max_size=7).map("".join)
"""Bodies of lines as people write them, next to one another in every way."""


@given(BODIES)
@settings(max_examples=800)
def test_the_short_way_leads_where_the_long_one_does(text: str) -> None:
    assert raw_html(text, "x-") == raw_html(text, "x-", patient=True)


@pytest.mark.parametrize(
    "text",
    [
        "One paragraph.\n\nAnother, of\ntwo lines.",
        "## A heading\n\nWords.\n\n### One below\nWords at once.",
        "- one\n- two\n  and more of it\n\n- three, apart\n\nWords.",
        "1. one\n2. two",
        "**Bold** and *other* words, a [link](../there/), a break  \nand `code`.",
        "A plain [link](../there/), and [another](https://example.org/a_b#c).",
        "[A link](../there/) at the head, “quoted”, 3 of 4.\n \n2024 was a year.",
    ],
)
def test_an_everyday_body_goes_the_short_way(text: str) -> None:
    assert everyday.convert(text, converter_of("x-"), str)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "> quoted",
        "    code",
        "a | b\n--|--\nc | d",
        "term\n: told",
        "Heading\n=======",
        "---",
        "words\n- no list",
        "- one\n    - below",
        "words[^1]\n\n[^1]: below",
        "[a]: https://example.org",
        "[TOC]",
    ],
)
def test_what_is_not_everyday_goes_the_long_way(text: str) -> None:
    assert everyday.convert(text, converter_of("x-"), str) is None
