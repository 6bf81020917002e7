"""What each kind of entry may say: one declaration a kind, a line a key.

In: the front matter's nodes and the vocabulary. Out: a frozen record of `model`, or complaints. The
field reference of the site is printed from `DECLARATIONS`, so it cannot drift from what is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from .declarations import Context, Declaration, Field, ListOf, Record, read_fields
from .front_matter import Source
from .model import (
    EMPTY_DATE,
    AnyEntry,
    Harvest,
    Kind,
    Output,
    Practice,
    Space,
    Use,
)
from .nodes import MappingNode, ScalarNode, SequenceNode
from .readers import (
    DURATION,
    GROUP_SIZE,
    LANGUAGE,
    Address,
    Choice,
    Count,
    Day,
    Flag,
    Id,
    PartialDay,
    SpaceType,
    TermId,
    Text,
)
from .slugs import slug_of
from .values import (
    APPROACHES,
    LONG,
    NOTE,
    OUTPUT_KIND,
    OUTPUT_MENTION,
    PRACTICE_MENTION,
    QUOTE,
    RESOURCES,
    AliasReader,
    ConsentReader,
    PersonReader,
    PrincipleReader,
    ReflectionsReader,
)

_PRINCIPLES: Final = ListOf(PrincipleReader(), unique=lambda mention: mention.id)
_PRACTICES: Final = ListOf(PRACTICE_MENTION, unique=lambda mention: mention.id)
_OUTPUTS: Final = ListOf(OUTPUT_MENTION, unique=lambda mention: mention.id)
_PEOPLE: Final = ListOf(PersonReader(), repeats=True)
_TITLE: Final = Field("title", Text(), required=True)
_COMMON: Final = (
    Field("content_note", NOTE),
    Field("consent", ConsentReader()),
    Field("withdrawn", Day()),
    Field("tombstone", Choice({"none": False, "note": True})),
    Field("language", LANGUAGE),
    Field("illustrative", Flag()),
    Field("aliases", ListOf(AliasReader())),
)

DECLARATIONS: Final[Mapping[Kind, Declaration]] = {
    Kind.SPACE: Declaration(
        _TITLE,
        Field("type", SpaceType(), required=True),
        Field("host", Text(), required=True),
        Field("purpose", LONG),
        Field("initiative", Text()),
        Field("parent", Id("space")),
        Field("facilitators", _PEOPLE),
        Field("harvesters", _PEOPLE),
        Field("started", PartialDay()),
        Field("ended", PartialDay()),
        Field("region", Text()),
        Field("principles", _PRINCIPLES),
        Field("approaches", APPROACHES),
        Field("practices", _PRACTICES),
        Field("outputs", _OUTPUTS),
        Field("resources", RESOURCES),
        Field("authority", NOTE),
        *_COMMON,
    ),
    Kind.HARVEST: Declaration(
        _TITLE,
        Field("date", PartialDay(), required=True),
        Field("harvesters", _PEOPLE),
        Field("participants", Count()),
        Field("practices", _PRACTICES),
        Field("principles", _PRINCIPLES),
        Field("approaches", APPROACHES),
        Field("outputs", _OUTPUTS),
        Field("reflections", ReflectionsReader()),
        Field("quotes", ListOf(QUOTE, unique=lambda quote: quote.line)),
        Field("checked_by_participants", Day()),
        *_COMMON,
    ),
    Kind.PRACTICE: Declaration(
        _TITLE,
        Field("summary", NOTE, required=True),
        Field("purpose", LONG),
        Field("time", DURATION),
        Field("group_size", GROUP_SIZE),
        Field("roles", ListOf(TermId("roles", "unknown-role"))),
        Field("principles", _PRINCIPLES),
        Field("approaches", APPROACHES),
        Field("watch_for", ListOf(NOTE)),
        Field("related", ListOf(Id("practice"))),
        Field("rating", Choice({"not-rated": "not-rated"})),
        Field("resources", RESOURCES),
        Field("authority", NOTE),
        Field("review_by", Day()),
        *_COMMON,
    ),
    Kind.OUTPUT: Declaration(
        _TITLE,
        Field("kind", OUTPUT_KIND, required=True),
        Field("summary", NOTE, required=True),
        Field("link", Address()),
        Field("practices", ListOf(Id("practice"))),
        Field(
            "used_by",
            ListOf(
                Record(
                    "use",
                    Use,
                    Declaration(
                        Field("who", Text(), required=True),
                        Field("how", NOTE),
                        Field("date", PartialDay()),
                    ),
                ),
                repeats=True,
            ),
        ),
        Field("resources", RESOURCES),
        Field("authority", NOTE),
        *_COMMON,
    ),
}
"""Every key of every kind of entry, in the order of the field reference."""

_MAKERS: Final[Mapping[Kind, Any]] = {
    Kind.SPACE: Space,
    Kind.HARVEST: Harvest,
    Kind.PRACTICE: Practice,
    Kind.OUTPUT: Output,
}
_STAND_INS: Final[Mapping[Kind, Mapping[str, Any]]] = {
    Kind.SPACE: {"title": "-", "type": "community-of-healing", "host": "-"},
    Kind.HARVEST: {"title": "-", "date": EMPTY_DATE},
    Kind.PRACTICE: {"title": "-", "summary": "-"},
    Kind.OUTPUT: {"title": "-", "kind": "-", "summary": "-"},
}
"""What stands for the required keys in a withdrawn entry that no longer has them."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an entry lies, which says what it is."""

    kind: Kind
    id: str
    space: str
    path: str


def read_entry(place: Place, source: Source, context: Context) -> AnyEntry | None:
    """Read one entry as its kind declares.

    Args:
        place: which entry this is, from where its file lies.
        source: the file, taken apart.
        context: the file's name, the vocabulary, and who takes complaints.

    Returns:
        The record, or None after at least one complaint.
    """
    before = len(context.report.diagnostics)
    declared = source.declared
    stand_ins = _STAND_INS[place.kind] if declared.get("withdrawn") is not None else {}
    declaration = DECLARATIONS[place.kind]
    if stand_ins:
        declaration = Declaration(
            *(replace(f, required=f.required and f.key not in stand_ins) for f in declaration)
        )
    values = read_fields(declaration, declared, context)
    _check_order(values, declared, context)
    if len(context.report.diagnostics) > before:
        return None
    entry: AnyEntry = _MAKERS[place.kind](
        **{**stand_ins, **values},
        id=place.id,
        path=place.path,
        space=place.space,
        body=source.body,
        body_line=source.body_line,
        consent_stated="consent" in values,
        lines=dict(_lines(declared)),
    )
    return entry


def _lines(node: MappingNode) -> Iterator[tuple[str, int]]:
    """Give the line of each key, and as `key/item` of each word in a list."""
    for key, value in node.pairs:
        yield key.text, key.line
        for item in value.items if isinstance(value, SequenceNode) else ():
            if isinstance(item, ScalarNode):
                yield f"{key.text}/{item.text.strip()}", item.line


def _check_order(values: Mapping[str, Any], node: MappingNode, context: Context) -> None:
    """Complain when something ends before it began."""
    started, ended = values.get("started"), values.get("ended")
    if started and ended and ended.sort_key < started.sort_key[: len(str(ended).split("-"))]:
        line = next(key.line for key, _ in node.pairs if key.text == "ended")
        context.complain("dates-disagree", line, earlier=f"ended: {ended}", later=f"started: {started}")


def mentioned_firsts(node: MappingNode) -> frozenset[str]:
    """Give the ids that an unreadable entry would have brought in, so that nobody is blamed for them."""
    found = set()
    for key in ("practices", "outputs"):
        value = node.get(key)
        for item in value.items if isinstance(value, SequenceNode) else ():
            title = item.get("title") if isinstance(item, MappingNode) else None
            if isinstance(title, ScalarNode):
                found.add(slug_of(title.text))
    return frozenset(found - {""})
