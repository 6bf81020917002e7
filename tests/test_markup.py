"""Contributors' words become safe HTML, and titles stay words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given, settings, strategies as st

from practice_library.markup import convert, converter_of, escape, paragraphs, sanitise

SITE_EXTENSIONS = ["attr_list", "md_in_html", "tables", "def_list", "footnotes", "toc"]
"""More than a body is converted with: what is harmless here is harmless there."""
PRINTABLE = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\u00ad\ufeff"),
    max_size=60,
)


class Seen(HTMLParser):
    """Notes which tags, attributes and words an HTML text has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words += data


def on_a_page(text: str) -> Seen:
    """Convert Markdown as the site does, and look at what comes of it."""
    return Seen(markdown.markdown(text, extensions=SITE_EXTENSIONS))


NASTY = [
    "**bold** _and_ `code`",
    "<script>alert(1)</script>",
    "<b onclick=x>b</b>",
    "[a](javascript:x) ![b](c)",
    "[a]: http://example.org",
    "[^1] [^1]: note",
    "{: .class onclick=x }",
    "# no heading",
    "no heading\n===",
    "---",
    "- - -",
    "***",
    "> no quote",
    "- no list",
    "+ no list",
    "1. no list",
    "7) no list",
    ": no definition",
    "| a | b |",
    "~~~ no code",
    "    no code",
    "https://example.org <https://example.org> someone@example.org",
    "*[HTML]: no abbreviation",
    "&amp; &lt;b&gt; &#42; &",
    "a \"quoted\" word and 'another'",
    "back\\slash \\* \\",
    "{{ braces }} {% tag %}",
    "a == b ^c^ ~d~ $e$",
    "!!! no admonition",
    "[[no-link]] [[a|b]]",
    "a -- b --- c",
    "ends with two blanks  \nand goes on",
]


@pytest.mark.parametrize("text", NASTY)
def test_an_escaped_text_shows_just_its_words(text: str) -> None:
    seen = on_a_page(escape(text))
    assert (seen.words, seen.tags) == (" ".join(text.split()), ["p"])


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize(
    "place", ["- {}", "# {}", "**{}**", "> {}", "<div markdown>\n\n{}\n\n</div>", "[{}](a.md)"]
)
def test_an_escaped_text_brings_no_markup_of_its_own_to_its_place(text: str, place: str) -> None:
    harmless = on_a_page(place.format("words"))
    seen = on_a_page(place.format(escape(text)))
    assert seen.tags == harmless.tags
    assert seen.words.strip() == " ".join(text.split())


@pytest.mark.parametrize("text", NASTY)
def test_an_escaped_text_stays_within_an_attribute(text: str) -> None:
    seen = Seen(f'<nav aria-label="{escape(text)}">')
    assert seen.attributes == [("aria-label", " ".join(text.split()))]


@given(PRINTABLE)
@settings(max_examples=150, deadline=None)
def test_any_escaped_text_shows_just_its_words(text: str) -> None:
    seen = on_a_page(f"x {escape(text)} x")
    assert seen.words.split() == ["x", *text.split(), "x"]
    assert seen.tags == ["p"]


def test_empty_lines_part_paragraphs() -> None:
    assert paragraphs("\nOne\nline.\n\n \n- Two.\n") == ["One\nline.", "- Two."]


PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed'>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jAvAsCrIpT:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<iframe src=//x.example></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=//x.example><input name=a><button>b</button></form>",
    "<meta http-equiv=refresh content='0;url=//x.example'>",
    "<base href=//x.example>",
    "<link rel=stylesheet href=//x.example/x.css>",
    "<math><mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<div class='md-header' id='__search'>x</div>",
    "<p data-pl-slot='body' data-md-component='search'>x</p>",
    "<video src=//x.example/x.mp4 autoplay></video>",
    "<template><script>x</script></template>",
    "<!-- <script>alert(1)</script> -->",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    '[x](https://example.org "t\\" onclick=\\"alert(1)")',
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "# <script>alert(1)</script>",
    "a | b\n--|--\n<script>x</script> | y",
]
UNSAFE_TAGS = set(
    """base button embed form iframe input link math meta noscript object script style svg template
    textarea video""".split()
)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("way", [sanitise, lambda text: convert(text).html], ids=["raw", "note"])
def test_nothing_that_acts_gets_out(payload: str, way: object) -> None:
    assert callable(way)
    seen = Seen(way(payload))
    names = {name for name, _ in seen.attributes}
    addresses = {value for name, value in seen.attributes if name in {"href", "src"}}
    assert not UNSAFE_TAGS & set(seen.tags)
    assert not [name for name in names if name.startswith(("on", "data-")) or name == "style"]
    assert not [a for a in addresses if re.match(r"(?i)\s*(javascript|data|vbscript):", a)]


@pytest.mark.parametrize("payload", ["<b>x</b>", "<div id='a'>x</div>", "x <span>y</span>", "<!-- x -->"])
def test_raw_html_of_a_note_is_shown_as_the_text_it_is(payload: str) -> None:
    seen = Seen(convert(payload).html)
    assert (seen.words.strip(), seen.tags) == (payload, ["p"])


def test_an_unclosed_tag_of_a_note_reaches_nothing_beyond_it() -> None:
    assert Seen(convert("<div><b>").html).tags == ["p"]


def test_the_text_of_a_script_does_not_stay_behind_as_words() -> None:
    assert sanitise("a<script>alert(1)</script>b") == "ab"


def test_ids_of_headings_get_a_prefix_so_that_they_stand_for_nothing_of_the_theme() -> None:
    fragment = convert("## __search\n\n## Again\n\n## Again")
    ids = [value for name, value in Seen(fragment.html).attributes if name == "id"]
    assert ids == ["note-__search", "note-again", "note-again_1"]
    assert [heading.id for heading in fragment.headings] == ids


def test_foreign_ids_and_classes_do_not_get_out() -> None:
    assert sanitise('<h2 id="__search" class="md-header">x</h2>') == "<h2>x</h2>"


def test_a_heading_of_the_first_level_is_lowered() -> None:
    assert Seen(convert("# One\n\n## Two").html).tags == ["h2", "h2"]


def test_a_heading_within_code_is_left_as_it_is() -> None:
    assert Seen(convert("    # one").html).words.strip() == "# one"


def test_a_heading_shows_its_words_in_the_table_of_contents() -> None:
    assert [h.title for h in convert("## Salt & *pepper* <b>").headings] == ["Salt & pepper <b>"]


def test_footnotes_work_within_a_note() -> None:
    attributes = Seen(convert("A word[^1].\n\n[^1]: Its note.").html).attributes
    targets = {value for name, value in attributes if name == "href"}
    ids = {value for name, value in attributes if name == "id"}
    assert targets == {f"#{found}" for found in ids}


def test_links_to_other_sites_tell_them_nothing() -> None:
    attributes = dict(Seen(convert("[x](https://example.org)").html).attributes)
    assert attributes["rel"] == "noopener noreferrer"


@pytest.mark.parametrize("address", ["https://x.example/x.png", "//x.example/x.png"])
def test_a_picture_from_another_site_is_not_asked_for(address: str) -> None:
    assert "src" not in dict(Seen(convert(f"![x]({address})").html).attributes)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("*a* **b** `c`", ["p", "em", "strong", "code"]),
        ("- a\n- b", ["ul", "li", "li"]),
        ("3. a", ["ol", "li"]),
        ("> a", ["blockquote", "p"]),
        ("a\n: b", ["dl", "dt", "dd"]),
        ("a | b\n--|--\nc | d", ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]),
        ("---", ["hr"]),
        ("    a", ["pre", "code"]),
    ],
)
def test_everyday_markdown_works(text: str, tags: list[str]) -> None:
    assert Seen(convert(text).html).tags == tags


PIECES = [
    "[TOC]",
    "\n\n[TOC]\n\n",
    "[^a]",
    "\n\n[^a]: b",
    "![a](b)",
    "[a][b]",
    "\n\n[b]: c",
    "&amp;",
    "<http://a.bc>",
    "  \n",
]
MARKS = st.lists(st.sampled_from([*"ab1 \n\n:|-=>#*+_[]^`~.)(\\é\t&<!", *PIECES]), max_size=80).map("".join)
"""What blocks and lines are made of, close together."""


@given(MARKS)
@settings(max_examples=300)
def test_what_is_passed_by_changes_nothing(text: str) -> None:
    quick, patient = converter_of("x-"), converter_of("x-", patient=True)
    assert quick.convert(text) == patient.convert(text)
    assert vars(quick)["toc_tokens"] == vars(patient)["toc_tokens"]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("a\n\nb\n\n- c\n- d", "<p>a</p><p>b</p><ul><li>c</li><li>d</li></ul>"),
        ("a\n*b*\n**c**", "<p>a\n<em>b</em>\n<strong>c</strong></p>"),
        ("    </p>\n    <b>\n\nx", "<pre><code>&lt;/p&gt;\n&lt;b&gt;\n</code></pre><p>x</p>"),
        ("    a\n\n    b", "<pre><code>a\n\nb\n</code></pre>"),
        ("a  \n*b*", "<p>a<br>\n<em>b</em></p>"),
    ],
)
def test_line_breaks_that_show_nowhere_are_taken_out_and_no_others(text: str, made: str) -> None:
    assert convert(text).html == made


@pytest.mark.parametrize(
    ("address", "rules"),
    [
        ("../b/", ""),
        ("#note-a", ""),
        ("b/?q=https://c.org", ""),
        ("https://b.org/", ' rel="noopener noreferrer"'),
        ("mailto:a@b.org", ' rel="noopener noreferrer"'),
        ("//b.org/", ' rel="noopener noreferrer"'),
    ],
)
def test_a_link_that_leaves_the_site_says_nothing_of_where_it_came_from(address: str, rules: str) -> None:
    assert convert(f"[a]({address})").html == f'<p><a href="{address}"{rules}>a</a></p>'
