"""Templates print and call as they should, by the quick way and by Jinja's own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Final

import jinja2
import pytest
from jinja2.filters import do_striptags
from markupsafe import Markup

from practice_library.templating import QuickEnvironment, find_once, striptags

PIECES: Final = {
    "pieces": "{% macro said(text, more='') %}<p>{{ text }}{{ more }}</p>{% endmacro %}"
    "{% macro around() %}<b>{{ caller(1) }}</b>{% endmacro %}",
}
GIVEN: Final[dict[str, Any]] = {
    "plain": "<i>&'\"",
    "safe": Markup("<i>"),
    "nothing": None,
    "number": 3,
    "thing": SimpleNamespace(name="<x>", call=lambda *args, **kwargs: f"{args}{sorted(kwargs)}"),
    "items": ["a", "<b>"],
}
TEMPLATES: Final = [
    "{{ plain }}{{ safe }}{{ number }}{{ 'a' ~ plain }}",
    "{{ thing.name }}{{ thing.call(1, two=3) }}{{ thing.call(*items, **{'a': 1}) }}",
    "{% import 'pieces' as p %}{{ p.said(plain) }}{{ p.said(safe, more=thing.name) }}",
    "{% import 'pieces' as p %}{% call(x) p.around() %}{{ x }}{{ plain }}{% endcall %}",
    "{% for item in items %}{{ loop.index }}{{ item }}{{ thing.call(item) }}{% endfor %}",
    "{% for item in items recursive %}{{ item }}{% if item == 'a' %}{{ loop(['x']) }}{% endif %}{% endfor %}",
    "{% set x %}<b>{{ plain }}</b>{% endset %}{{ x }}{{ items | join(', ') }}{{ plain | upper }}",
    "{{ plain if number > 2 else safe }}{{ items[1] }}{{ items[:1] }}{{ range(number) | list }}",
]


def _quick() -> jinja2.Environment:
    return QuickEnvironment(loader=jinja2.DictLoader(PIECES), undefined=jinja2.StrictUndefined)


@pytest.mark.parametrize("source", TEMPLATES)
def test_the_quick_way_prints_what_jinja_prints(source: str) -> None:
    patient = jinja2.Environment(loader=jinja2.DictLoader(PIECES), autoescape=True)
    assert _quick().from_string(source).render(GIVEN) == patient.from_string(source).render(GIVEN)


def test_nothing_is_printed_for_none() -> None:
    assert _quick().from_string("[{{ nothing }}]").render(GIVEN) == "[]"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("{{ nobody }}", jinja2.UndefinedError),
        ("{{ nobody.name }}", jinja2.UndefinedError),
        ("{{ nobody() }}", jinja2.UndefinedError),
        ("{{ thing.other }}", AttributeError),
    ],
)
def test_what_is_not_there_is_an_error(source: str, error: type[Exception]) -> None:
    template = _quick().from_string(source)
    with pytest.raises(error):
        template.render(GIVEN)


def test_a_template_is_found_once() -> None:
    asked: list[str] = []

    def load(name: str) -> str:
        asked.append(name)
        return name

    environment = jinja2.Environment(loader=jinja2.FunctionLoader(load), cache_size=0, autoescape=True)
    find_once(environment)

    assert environment.get_template("a") is environment.get_template("a")
    assert environment.get_template("b").render() == "b"
    assert asked == ["a", "b"]


def test_templates_that_are_found_once_see_what_their_environment_is_given_later() -> None:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({"page": "{{ one }}{% include 'part' %}", "part": "{{ two }}"}),
        autoescape=True,
    )
    find_once(environment)
    template = environment.get_template("page")
    environment.globals |= {"one": 1, "two": 2}

    assert template.render() == "12"
    assert environment.get_template("page", None, {"two": 3}).render() == "13"
    assert environment.get_template("part").render() == "2"


@pytest.mark.parametrize(
    "title", ["Plain", " <b>Bold</b>\n &amp; more ", Markup("<i>x</i>"), "", 1, True, ["<i>"]]
)
def test_titles_without_their_tags_are_what_jinja_makes_of_them(title: Any) -> None:  # noqa: ANN401 - whatever a template has
    assert striptags(title) == do_striptags(title)
    assert type(striptags(title)) is type(do_striptags(title))
