"""The words that stand for one another: the repository's own keep the rules that maintainers read there."""

from __future__ import annotations

import re
from typing import Final

import pytest
import yaml
from tests.sites import VOCABULARY

from practice_library.search_index import _known
from practice_library.tokens import stem, tokens

GROUPS: Final[list[tuple[str, list[str]]]] = [
    (language, group)
    for language, groups in yaml.safe_load(VOCABULARY)["synonyms"].items()
    for group in groups
]


def form_of(name: str, language: str) -> list[tuple[str, str]]:
    """Give what the search makes of a name: in the browser, where it is typed, and in the index."""
    return [(stem(word, "en"), stem(word, language)) for word in tokens(name.replace("-", " "))]


@pytest.mark.parametrize(
    ("language", "group"), GROUPS, ids=[f"{place}: {group[0]}" for place, group in GROUPS]
)
def test_a_group_has_several_names_as_readers_type_them(language: str, group: list[str]) -> None:
    assert len(group) > 1
    assert [name for name in group if name != name.lower() or re.search(r"[’ʼ,;]", name)] == []
    forms = [form_of(name, language) for name in group]
    assert [name for name, form in zip(group, forms, strict=True) if forms.count(form) > 1] == []


def test_no_group_is_told_twice() -> None:
    groups = [(language, frozenset(group)) for language, group in GROUPS]
    assert [group for group in groups if groups.count(group) > 1] == []


@pytest.mark.parametrize(
    ("names", "there", "findable"),
    [
        pytest.param(["jobless", "unemployed"], ["unemploy"], ["unemployed"], id="what some document has"),
        pytest.param(
            ["jobless", "out of work"], ["work"], [], id="one word left of a name says something else"
        ),
        pytest.param(["raci", "who does what"], ["raci"], ["raci"], id="little words alone"),
        pytest.param(
            ["norms", "rules of the group"], ["rule", "group"], ["rules of the group"], id="two words left"
        ),
        pytest.param(["norms", "house rules"], ["rule"], [], id="each word has to be there"),
    ],
)
def test_a_name_is_looked_for_where_it_can_be_found(
    names: list[str], there: list[str], findable: list[str]
) -> None:
    groups = _known([names], dict.fromkeys(there))
    assert [group[0][place] for group in groups for place in group[1]] == findable
