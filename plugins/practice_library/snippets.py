"""Snippets for the head of a note in an editor, with the words of the vocabulary to choose from.

In: the vocabulary and a language. Out: the text of a snippets file of Visual Studio Code. Editors check JSON
Schemas in YAML files, but not in the head of a Markdown file: snippets complete there, and the check itself,
run by a task, shows what is wrong on its line. `scripts/snippets` writes the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from .catalogue import Catalogue
from .model import TYPES, Credit, Kind, Level, Relation
from .vocabulary import Vocabulary

PATH: Final = ".vscode/practice-library.code-snippets"
"""Where the file lies in a repository."""
_DAY: Final = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
_LISTS: Final = {
    "principle": "principles",
    "approach": "approaches",
    "role": "roles",
    "question": "questions",
}
"""Snippets that choose one term, with the section of the vocabulary it is from."""


def snippets(vocabulary: Vocabulary, words: Catalogue) -> str:
    """Write the snippets file.

    Args:
        vocabulary: the terms to choose from.
        words: the language of what is to be typed over, and of the descriptions.
    """
    kinds = vocabulary.section("output_kinds")
    bodies: dict[str, list[str]] = {
        Kind.SPACE: _head(
            _stop(1, "title", words), f"type: {_choice(2, TYPES)}", f"host: {_place(3, 'host', words)}"
        ),
        Kind.HARVEST: _head(
            _stop(1, "title", words),
            f"date: {_DAY}",
            "practices:",
            f"  - {_place(2, 'practice', words)}",
            *_consent(3),
        ),
        Kind.PRACTICE: _head(_stop(1, "title", words), f"summary: {_place(2, 'summary', words)}"),
        Kind.OUTPUT: _head(
            _stop(1, "title", words), f"kind: {_choice(2, kinds)}", f"summary: {_place(3, 'summary', words)}"
        ),
        "consent": _consent(1),
        "quote": [
            f'- text: "{_place(1, "quote", words)}"',
            f"  role: {_place(2, 'role', words)}",
            "  consent:",
            f"    level: {_choice(3, _levels())}",
            f"    given: {_place(4, 'given', words)}",
            f"    credit: {_choice(5, [credit.value for credit in Credit])}$0",
        ],
        "mention": [
            f"- id: {_place(1, 'practice', words)}",
            f"  relation: {_choice(2, [relation.value for relation in Relation])}",
            f"  note: {_place(3, 'note', words)}$0",
        ],
        "first": [f"- title: {_place(1, 'title', words)}", f"  summary: {_place(2, 'summary', words)}$0"],
        **{name: [f"{_choice(1, vocabulary.section(section))}$0"] for name, section in _LISTS.items()},
    }
    made = {f"practice library: {name}": _snippet(name, body, words) for name, body in bodies.items()}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _snippet(name: str, body: list[str], words: Catalogue) -> Mapping[str, Any]:
    return {
        "scope": "markdown",
        "prefix": f"pl-{name}",
        "description": words.text(f"snippet.{name}"),
        "body": body,
    }


def _head(*lines: str) -> list[str]:
    """Write a whole head, and lead to the body at the end."""
    return ["---", *lines, "---", "", "$0"]


def _consent(first: int) -> list[str]:
    """Ask for consent; the narrowest level comes first, and the day has to be typed."""
    return ["consent:", f"  level: {_choice(first, _levels())}", f"  given: ${{{first + 1}:YYYY-MM-DD}}"]


def _levels() -> list[str]:
    return [level.name.casefold() for level in Level]


def _stop(number: int, key: str, words: Catalogue) -> str:
    return f"{key}: {_place(number, key, words)}"


def _place(number: int, name: str, words: Catalogue) -> str:
    """Write a place to type in, with words that say what belongs there."""
    return f"${{{number}:{_escaped(words.text(f'snippet.place.{name}'))}}}"


def _choice(number: int, choices: Iterable[str]) -> str:
    """Write a place at which one of a few words is chosen."""
    listed = ",".join(re.sub(r"([\\,|])", r"\\\1", choice) for choice in choices)
    return f"${{{number}|{listed}|}}"


def _escaped(text: str) -> str:
    return re.sub(r"([\\$}])", r"\\\1", text)
