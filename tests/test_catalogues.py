"""The two catalogues say the same things, and just what the templates and the code ask for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from practice_library import phrases
from practice_library.catalogue import Catalogue, catalogue_of, marks, placeholders
from practice_library.diagnostics import CODES, Severity
from practice_library.evidence import MaturityLevel
from practice_library.links import TERM_KINDS
from practice_library.model import TYPES, Kind, Relation
from practice_library.schema import DECLARATIONS
from practice_library.vocabulary import LANGUAGES

PACKAGE: Final = Path(__file__).parents[1] / "plugins/practice_library"
TEMPLATES: Final = sorted((PACKAGE / "templates").iterdir())
SCRIPTS: Final = [PACKAGE.parents[1] / "scripts" / name for name in ("annotate", "receive")]
"""Scripts that speak in the words of the catalogue."""
MODULES: Final = [*sorted(PACKAGE.glob("*.py")), *SCRIPTS]
THEME: Final = [
    *sorted((PACKAGE / "theme").rglob("*.html")),
    *sorted((PACKAGE / "theme").rglob("*-words.js")),
]
ENGLISH: Final = catalogue_of("en")
FRENCH: Final = catalogue_of("fr")
PLURALS: Final = (".none", ".one", ".other")
AS_THEY_ARE: Final = [
    key for key in ENGLISH.messages if key.startswith(("diagnostic-example.", "diagnostic-remedy."))
]
"""Keys of what is shown as it is, without placeholders."""
ANY: Final = "\0"
"""Stands in a key for what is only known when a page is made."""

_CALL: Final = re.compile(r'\b(t|n|plain|raw|has_word)\(((?:\s*~?\s*(?:"[^"]*"|[\w.]+))+)\s*[,)]')


def keys_of_templates() -> Iterator[tuple[str, str]]:
    """Go through the keys that templates ask for, each with the function that asks."""
    for path in TEMPLATES:
        for function, written in _CALL.findall(path.read_text(encoding="utf-8")):
            parts = [part.strip() for part in written.split("~")]
            if any(part.startswith('"') for part in parts):
                yield function, "".join(p.strip('"') if p[0] == '"' else ANY for p in parts)


def keys_of_code() -> Iterator[tuple[str, str]]:
    """Go through the keys that the code asks for by `t`, `n`, `text` or `plural`."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                function = _asks(node.func)
                yield from ((function, key) for key in _keys(node.args[0]) if function)


def _asks(function: ast.expr) -> str:
    """Give `t` or `n` where a function asks the catalogue, else nothing."""
    if isinstance(function, ast.Name):
        return function.id if function.id in {"t", "n"} else ""
    if isinstance(function, ast.Attribute):
        return {"text": "t", "plural": "n"}.get(function.attr, "")
    return ""


def _keys(node: ast.expr) -> Iterator[str]:
    """Give what a key may be, as far as the code alone tells."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(p.value) if isinstance(p, ast.Constant) else ANY for p in node.values)
    elif isinstance(node, ast.IfExp):
        yield from _keys(node.body)
        yield from _keys(node.orelse)


def strings_of_code() -> Iterator[str]:
    """Go through every text of the code that may be a key, wherever it is asked for."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr | ast.Constant):
                yield from _keys(node)


ASKED: Final = sorted({*keys_of_templates(), *keys_of_code()})


def test_both_catalogues_have_the_same_keys() -> None:
    assert sorted(ENGLISH.messages) == sorted(FRENCH.messages)


def test_both_languages_fill_in_the_same() -> None:
    shared = {*ENGLISH.messages} & {*FRENCH.messages}
    differing = [
        key
        for key in sorted(shared - set(AS_THEY_ARE))
        if _filled(ENGLISH.messages[key]) != _filled(FRENCH.messages[key])
    ]
    assert differing == []


def _filled(message: str) -> frozenset[str]:
    """Give what a sentence fills in; a count may be said in words, such as "once"."""
    return placeholders(message) - {"count"}


@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=LANGUAGES)
def test_every_message_is_a_text_that_says_something(words: Catalogue) -> None:
    messages: dict[str, object] = dict(words.messages)
    assert [k for k, v in messages.items() if not (isinstance(v, str) and v.strip())] == []


@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=LANGUAGES)
def test_every_key_that_is_asked_for_is_there(words: Catalogue) -> None:
    wanted = [
        f"{key}{form}"
        for function, key in ASKED
        if ANY not in key
        for form in ((".one", ".other") if function == "n" else ("",))
    ]
    assert [key for key in wanted if not words.has(key)] == []


@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=LANGUAGES)
def test_every_key_that_is_put_together_can_be_there(words: Catalogue) -> None:
    unmet = []
    for _, key in ASKED:
        pattern = re.escape(key).replace(re.escape(ANY), "[^.]+") + "(?:[.](?:none|one|other))?"
        if ANY in key and not any(re.fullmatch(pattern, known) for known in words.messages):
            unmet.append(key.replace(ANY, "…"))
    assert unmet == []


@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=LANGUAGES)
def test_what_a_sentence_marks_is_shown_by_those_who_ask_for_it(words: Catalogue) -> None:
    shown_as_written = [
        re.compile(re.escape(key).replace(re.escape(ANY), "[^.]+") + "(?:[.](?:none|one|other))?")
        for function, key in keys_of_templates()
        if function in {"t", "n"} and not key.startswith(ANY)
    ]
    marked = [key for key, sentence in words.messages.items() if len(marks(sentence)) > 1]

    assert marked
    assert [key for key in marked if any(pattern.fullmatch(key) for pattern in shown_as_written)] == []


def test_no_message_is_left_over() -> None:
    asked = {key for _, key in ASKED} | {key for key in strings_of_code() if "." in key}
    exact = {key for key in asked if ANY not in key}
    patterns = [
        re.compile(re.escape(key).replace(re.escape(ANY), ".+") + "(?:[.](?:none|one|other))?")
        for key in asked
        if re.match(r"[a-z-]+\.", key) and ANY in key
    ]
    left = [
        key
        for key in ENGLISH.messages
        if not key.startswith("theme.")
        and not {key, *(key.removesuffix(form) for form in PLURALS)} & exact
        and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert left == []


@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=LANGUAGES)
def test_the_theme_has_just_the_words_that_it_shows(words: Catalogue) -> None:
    theme = "\n".join(path.read_text(encoding="utf-8") for path in THEME)
    shown = {*re.findall(r"\bwords\.(\w+)", theme)}
    assert {key.removeprefix("theme.") for key in words.messages if key.startswith("theme.")} == shown


@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_diagnostic_is_told_and_explained(code: str, words: Catalogue) -> None:
    assert words.has(f"diagnostic.{code}")
    assert words.has(f"diagnostic-explain.{code}")
    assert words.has(f"diagnostic-example.{code}") == words.has(f"diagnostic-remedy.{code}")


def test_no_diagnostic_is_told_that_does_not_exist() -> None:
    told = [key for key in ENGLISH.messages if re.match(r"diagnostic(-explain|-example|-remedy)?\.", key)]
    assert {key.partition(".")[2] for key in told} == set(CODES)


@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=LANGUAGES)
@pytest.mark.parametrize("kind", DECLARATIONS)
def test_every_key_of_an_entry_is_explained(kind: Kind, words: Catalogue) -> None:
    for field in DECLARATIONS[kind]:
        assert phrases.field_help(kind.value, field.key, words.text, words.has)
        assert words.text(f"value.{field.reader.name}")
        for nested in phrases.nested_fields(field.reader):
            assert phrases.nested_help(field.reader, nested.key, words.text, words.has)
            assert words.text(f"value.{nested.reader.name}")


@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=LANGUAGES)
@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("kind.{}", [*Kind, *TERM_KINDS, "initiative"]),
        ("kinds.{}", [*Kind, *TERM_KINDS]),
        ("level.{}", [*MaturityLevel]),
        ("level-means.{}", [*MaturityLevel]),
        ("relation.{}", [*Relation]),
        ("severity.{}", [*Severity]),
        ("type-short.{}", [*TYPES]),
        ("fields.place.{}", [*Kind]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_case_of_a_kind_has_its_words(key: str, values: list[str], words: Catalogue) -> None:
    assert [value for value in values if not words.has(key.format(value))] == []


def test_french_has_a_no_break_space_before_a_colon_and_inside_its_quotation_marks() -> None:
    plain = re.compile(r"[^\W\d] :|« | »")
    told = {key: text for key, text in FRENCH.messages.items() if key not in AS_THEY_ARE}
    assert [key for key, text in told.items() if plain.search(text)] == []


def test_french_has_no_space_before_its_other_signs() -> None:
    spaced = re.compile(r"[\s\u00a0\u202f][;!?](?=\s|$)")
    told = {key: text for key, text in FRENCH.messages.items() if key not in AS_THEY_ARE}
    assert [key for key, text in told.items() if spaced.search(text)] == []
