"""Templates of the theme lose the white space of their layout, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, TemplateSyntaxError

from practice_library.tightening import THEME, Tightening, joined, tightened

CASES: Final = [
    ("<p>\n  <b>a</b>\n</p>\n", "<p><b>a</b></p>"),
    ("<p>one\n   two</p>", "<p>one two</p>"),
    ("{% if x %}\n  <p>\n{% endif %}\n", "<p>"),
    ("<p>a</p> <p>b</p>", "<p>a</p> <p>b</p>"),
    ("{#- a\n  comment -#}\n<p>", "<p>"),
    ("{{ {\n  'a': 1,\n} | tojson }}\n<p>", '{"a": 1}<p>'),
    ("said: {{ x }}\nand more", "said: 1 and more"),
    ("<pre>{{ kept }}</pre>\n", "<pre>a\n  b</pre>"),
]


@pytest.mark.parametrize(("source", "printed"), CASES)
def test_what_is_printed(source: str, printed: str) -> None:
    template = Environment(autoescape=False).from_string(tightened(source))  # noqa: S701 - nothing to escape
    assert template.render(x=1, kept="a\n  b") == printed


EDGES: Final = [
    ("<ul>\n<li>a</li>\n</ul>\n", "<ul><li>a</li></ul>"),
    ("<p>a\n<em>b</em>\n<em>c</em></p>\n<p>d</p>", "<p>a\n<em>b</em>\n<em>c</em></p><p>d</p>"),
    ("<pre>\n<code>a\n</code>\n</pre>\n<p>b</p>", "<pre>\n<code>a\n</code>\n</pre><p>b</p>"),
    ("<p>{{ x }}\n{{ x }}</p>", "<p>1\n1</p>"),
    ("<p>a</p>\nb", "<p>a</p>\nb"),
]


@pytest.mark.parametrize(("source", "printed"), EDGES)
def test_line_breaks_at_the_edge_of_blocks_are_taken_out(source: str, printed: str) -> None:
    template = Environment(autoescape=False).from_string(joined(source))  # noqa: S701 - nothing to escape
    assert template.render(x=1) == printed


def test_a_mistake_is_told_with_its_own_line() -> None:
    source = "<p>\n\n  <b>\n{% wrong %}\n"
    with pytest.raises(TemplateSyntaxError) as told:
        Environment(autoescape=True).from_string(tightened(source))
    assert told.value.lineno == 4


def test_other_templates_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "main.html").write_text("<p>\n  a\n</p>\n", encoding="utf-8")
    env = Environment(loader=FileSystemLoader(tmp_path), extensions=[Tightening], autoescape=True)
    assert env.get_template("main.html").render() == "<p>\n  a\n</p>"


def test_a_template_without_a_file_is_left_alone() -> None:
    env = Environment(loader=DictLoader({"a": "<p>\n  a\n</p>"}), extensions=[Tightening], autoescape=True)
    assert env.get_template("a").render() == "<p>\n  a\n</p>"


def test_no_text_of_the_theme_needs_white_space_that_is_taken_out() -> None:
    """Between two things that stand in a line of text, a template has to keep them on one line."""
    for path in sorted(THEME.rglob("*.html")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert not line.rstrip().endswith(("</b>", "</em>", "</strong>")), f"{path.name}:{number}"
