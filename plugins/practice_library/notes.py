"""The text of a harvest note, written so that a person likes to read it and to go on with it.

In: a `Draft`. Out: the file's text: front matter, remarks that say how to fill in what is open, and the body.
Consent is left silent; a remark says what to write once people have agreed. Called by `importing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import yaml

from .catalogue import Catalogue
from .drafts import Draft

_WIDE: Final = 100_000
"""Lines are never broken: each value stands as it was written."""


class _Dumper(yaml.SafeDumper):
    """Writes values of several lines as a block, and lists indented below their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 - as PyYAML calls it
        """Indent lists too."""
        del indentless
        super().increase_indent(flow, False)  # noqa: FBT003 - PyYAML takes no keyword


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def note_text(found: Draft, words: Catalogue) -> str:
    """Write the note that a draft becomes."""
    head = "".join(_head(found, words))
    return f"---\n{head}---\n\n{found.body}"


def _head(found: Draft, words: Catalogue) -> Iterator[str]:
    yield dumped({"title": found.title, "date": day_value(found.date)})
    if found.participants:
        yield dumped({"participants": int(found.participants)})
    if found.practices:
        yield _remark(words.text("import.remark.practices"))
        yield dumped({"practices": list(found.practices)})
    if found.reflections:
        yield dumped({"reflections": dict(found.reflections)})
    yield _remark(words.text("import.remark.consent"))


def day_value(written: str) -> date | str:
    """Write whole days as days, so that they are not quoted."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return written


def dumped(values: dict[str, Any]) -> str:
    """Write keys and values of a front matter, whatever the words are."""
    return str(yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE))


def _remark(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.strip().split("\n"))
