"""The contribution form: what it asks, in which order, and what its script has to know.

In: the declarations of `schema`, the catalogue and the admitted library. Out: the steps that the templates
lay out on the screen and on paper, and the JSON that the form's script reads. A key of the schema that no
step asks for stands in `LEFT_OUT`, so none is ever forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from .bounds import (
    MAX_COLUMNS,
    MAX_INDENT,
    MAX_OF_KIND,
    MAX_OF_MARK,
    MAX_QUOTE_DEPTH,
)
from .build import Build, SourceAccess
from .catalogue import Catalogue
from .declarations import Field, Reader
from .front_matter import MAX_FILE, MAX_FLOW, MAX_FRONT_MATTER
from .library import Library
from .links import TERM_KINDS
from .model import HEALING, Kind
from .pages import FORMS as FORM_PAGES
from .privacy import FORMS
from .schema import DECLARATIONS
from .slugs import MAX_ID, RESERVED

KINDS: Final = tuple(FORM_PAGES)
"""The kinds of entry that have a form."""
DATA: Final = "contribute/form.json"
"""Where the script finds what the library knows: its spaces, practices and outputs."""
LEFT_OUT: Final = frozenset({"withdrawn", "tombstone", "illustrative", "aliases"})
"""Keys of an entry that is there already: nobody begins with them."""
BODY: Final = "body"
"""The text below the front matter, asked for like a key."""
PLACE: Final = "space"
"""The space that an entry lies in, asked for like a key."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that the form asks at a time."""

    id: str
    keys: tuple[str, ...]
    """What is asked, in this order: keys of the schema, `BODY` and `PLACE`."""


STEPS: Final[Mapping[Kind, tuple[Step, ...]]] = {
    Kind.HARVEST: (
        Step(id="gathering", keys=(PLACE, "title", "date", "participants", "harvesters", "language")),
        Step(id="told", keys=(BODY, "content_note")),
        Step(id="practices", keys=("practices",)),
        Step(id="learned", keys=("principles", "approaches", "outputs")),
        Step(id="reflections", keys=("reflections",)),
        Step(id="quotes", keys=("quotes",)),
        Step(id="consent", keys=("consent", "checked_by_participants")),
    ),
    Kind.SPACE: (
        Step(id="space", keys=("title", "type", "host", "purpose", "initiative", "parent")),
        Step(id="people", keys=("facilitators", "harvesters", "started", "ended", "region", "language")),
        Step(id="held", keys=("principles", "approaches")),
        Step(id="practices", keys=("practices", "outputs")),
        Step(id="told", keys=(BODY, "resources", "content_note", "authority")),
        Step(id="consent", keys=("consent",)),
    ),
    Kind.PRACTICE: (
        Step(id="practice", keys=("title", "summary", "purpose", PLACE, "language")),
        Step(id="how", keys=(BODY, "time", "group_size", "roles", "watch_for")),
        Step(id="held", keys=("principles", "approaches", "related")),
        Step(id="keeping", keys=("resources", "authority", "rating", "review_by", "content_note")),
        Step(id="consent", keys=("consent",)),
    ),
}
"""What each form asks, step by step; looking over it comes last and asks nothing."""

SAID: Final = tuple(
    """saved not-saved restored forgotten step to-mend new known new-one found found-none found-nothing
    added removed copied copy-failed untitled held held-quotes mail-subject mail-attach
    place-space quote worked-with reflections principles approaches outputs practices anonymous
    content-note watch file-problem""".split()
)
"""What only the script says, by the end of a message's key."""

SAID_OTHERWISE: Final = (
    "missing-key",
    "consent-without-level",
    "held-without-consent",
    "held-without-date",
    "held-expired",
)
"""Codes of complaints whose message tells to write a line of the file, which nobody sees in the form."""

Text = Callable[..., str]
Has = Callable[[str], bool]


def field_of(kind: Kind, key: str) -> Field:
    """Give the declaration of a key.

    Raises:
        StopIteration: the kind has no such key.
    """
    return next(declared for declared in DECLARATIONS[kind] if declared.key == key)


def choice_help(key: str, value: str, t: Text, has: Has) -> str:
    """Say what a choice means; empty where its name says enough."""
    own = f"form.choice-help.{key}.{value}"
    return t(own) if has(own) else ""


def unknown_value(reader: Reader) -> str:
    """Stop where a template does not know how a kind of value is asked for.

    Raises:
        TypeError: always; a fault of ours.
    """
    raise TypeError(reader.name)


def label(group: str, key: str, t: Text, has: Has) -> str:
    """Name what is asked, for this kind of entry or for all."""
    own = f"form.label.{group}.{key}"
    return t(own if has(own) else f"form.label.any.{key}")


def help_text(group: str, key: str, t: Text, has: Has) -> str:
    """Explain what is asked, for this kind of entry or for all; empty where the name says enough."""
    own = f"form.help.{group}.{key}"
    common = f"form.help.any.{key}"
    if has(own):
        return t(own)
    return t(common) if has(common) else ""


def needed(field: Field) -> Field:
    """Ask for a key of a first mention: none of them can be left out, though a mere mention has none."""
    return replace(field, required=True)


def spaces_of(library: Library) -> list[tuple[str, str]]:
    """Give the spaces to choose from: id and title."""
    return [(space.id, space.title) for space in library.spaces.values()]


def data_of(build: Build) -> str:
    """Write what the script has to know of the admitted library, as JSON."""
    library = build.library
    known: dict[str, Any] = {
        "spaces": [{"id": s.id, "title": s.title, "type": s.type} for s in library.spaces.values()],
        "practices": [{"id": p.id, "title": p.title} for p in library.practices.values()],
        "outputs": [{"id": o.id, "title": o.title} for o in library.outputs.values()],
        "harvests": {
            space: [harvest.partition("/")[2] for harvest in found]
            for space, found in groupby(sorted(library.harvests), lambda key: key.partition("/")[0])
        },
        "terms": {kind: list(library.vocabulary.section(section)) for kind, section in TERM_KINDS.items()},
    }
    return json.dumps(known, ensure_ascii=False, separators=(",", ":")) + "\n"


def settings_of(build: Build) -> str:
    """Write the limits and the words that the script needs, as JSON that may stand in a page."""
    settings = {
        "healing": HEALING,
        "public": build.options.source is SourceAccess.PUBLIC,
        "contact": build.options.contact,
        "reserved": sorted(RESERVED),
        "forms": {code: form.pattern for code, form in FORMS.items()},
        "limits": _limits(),
        "words": _words(build.words),
    }
    return json.dumps(settings, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")


def _limits() -> dict[str, Any]:
    return {
        "id": MAX_ID,
        "file": MAX_FILE,
        "frontMatter": MAX_FRONT_MATTER,
        "flow": MAX_FLOW,
        "quoteDepth": MAX_QUOTE_DEPTH,
        "indent": MAX_INDENT,
        "columns": MAX_COLUMNS,
        "marks": dict(MAX_OF_MARK),
        "ofKind": MAX_OF_KIND,
    }


def _words(words: Catalogue) -> dict[str, str]:
    """Give the sentences that only a script can choose among: complaints, and what it says by itself."""
    wanted = ("diagnostic.", "diagnostic-hint.", "form.label.", "relation.")
    said = {f"form.say.{name}": words.messages[f"form.say.{name}"] for name in SAID}
    said |= {f"form.diagnostic.{code}": words.messages[f"form.diagnostic.{code}"] for code in SAID_OTHERWISE}
    return said | {key: text for key, text in words.messages.items() if key.startswith(wanted)}
