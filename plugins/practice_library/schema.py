"""What each kind of entry may say: one declaration a kind, a line a key.

In: the front matter's nodes and the vocabulary. Out: a frozen record of `model`, or complaints. The
field reference of the site is printed from `DECLARATIONS`, so it cannot drift from what is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .front_matter import MappingNode, Node, ScalarNode, SequenceNode, Source
from .model import (
    EMPTY_DATE,
    Answer,
    AnyEntry,
    Consent,
    Credit,
    Harvest,
    Kind,
    Level,
    Output,
    OutputMention,
    Person,
    Practice,
    PracticeMention,
    PrincipleMention,
    Quote,
    Relation,
    Resource,
    Share,
    Space,
    Use,
)
from .readers import (
    DURATION,
    GROUP_SIZE,
    LANGUAGE,
    Address,
    Choice,
    Context,
    Count,
    Day,
    Declaration,
    Field,
    Flag,
    Id,
    ListOf,
    PartialDay,
    Record,
    SpaceType,
    TermId,
    Text,
    choice_of,
    instead_of,
    read_fields,
    scalar_text,
)
from .slugs import is_id, slug_of

_PRINCIPLE: Final = TermId("principles", "unknown-principle")
_APPROACHES: Final = ListOf(TermId("approaches", "unknown-approach"))
_QUESTION: Final = TermId("questions", "unknown-question")
_KIND: Final = TermId("output_kinds", "unknown-output-kind")
_LONG: Final = Text(limit=4000, lines=True)
_NOTE: Final = Text(limit=1000, lines=True)
_RESOURCES: Final = ListOf(
    Record(
        "resource",
        Resource,
        (Field("title", Text(), required=True), Field("url", Address(), required=True)),
    ),
    unique=lambda resource: resource.url,
)
PERSON_FIELDS: Final = (
    Field("name", Text()),
    Field("role", Text()),
    Field("organisation", Text()),
)

CONSENT: Final = Record(
    "consent",
    Consent,
    (
        Field("level", choice_of(Level, by_name=True), required=True),
        Field("share", choice_of(Share, by_name=True)),
        Field("given", Day()),
        Field("until", Day()),
        Field("by", Choice({"group": "group", "person": "person", "steward": "steward"})),
        Field("credit", choice_of(Credit)),
        Field("wording", Text()),
    ),
)


@dataclass(frozen=True)
class ConsentReader:
    """What was agreed to; a block that leaves the level open is an error, never a guess."""

    name: str = "consent"

    def read(self, node: Node, key: str, context: Context) -> Consent | None:
        level = node.get("level") if isinstance(node, MappingNode) else None
        if level is None or (isinstance(level, ScalarNode) and not level.text.strip()):
            context.complain("consent-without-level", node.line)
            return None
        consent: Consent | None = CONSENT.read(node, key, context)
        if consent and consent.given and consent.until and consent.until < consent.given:
            context.complain(
                "dates-disagree",
                node.line,
                earlier=f"until: {consent.until}",
                later=f"given: {consent.given}",
            )
            return None
        return consent


@dataclass(frozen=True)
class PersonReader:
    """A name, or a mapping of name, role and organisation."""

    name: str = "person"

    def read(self, node: Node, key: str, context: Context) -> Person | None:
        if isinstance(node, ScalarNode):
            name = Text().read(node, key, context)
            return Person(name=name) if name else None
        person: Person | None = Record("person", Person, PERSON_FIELDS).read(node, key, context)
        return person


@dataclass(frozen=True)
class PrincipleReader:
    """A principle's id, or the id with the space's own words."""

    name: str = "principle-mention"

    def read(self, node: Node, key: str, context: Context) -> PrincipleMention | None:
        if isinstance(node, MappingNode) and len(node.pairs) == 1:
            ((name, words),) = node.pairs
            found = _PRINCIPLE.check(name.text.strip(), name.line, context)
            text = Text(limit=500, lines=True).read(words, name.text, context)
            return PrincipleMention(id=found, words=text, line=node.line) if found and text else None
        found = _PRINCIPLE.read(node, key, context)
        return PrincipleMention(id=found, line=node.line) if found else None


@dataclass(frozen=True)
class MentionReader:
    """An id, an id with how it went, or a first mention with a title and a summary."""

    name: str
    record: Record
    first: tuple[str, ...]
    """The keys that a first mention must have."""

    def read(self, node: Node, key: str, context: Context) -> Any | None:  # noqa: ANN401
        if isinstance(node, SequenceNode):
            context.complain("expected-text", node.line, key=key)
            return None
        if isinstance(node, ScalarNode):
            text = scalar_text(node, key, context)
            return None if text is None else self._by_id(text, node, key, context)
        values = read_fields(self.record.fields, node, context)
        if node.get("id") is not None:
            return self._known(values, node, context)
        return self._first_mention(values, node, context)

    def _by_id(self, text: str, node: Node, key: str, context: Context) -> Any | None:  # noqa: ANN401
        if not is_id(text):
            context.complain("not-an-id", node.line, key=key, value=text)
            return None
        return self.record.make(id=text, line=node.line)

    def _known(self, values: dict[str, Any], node: MappingNode, context: Context) -> Any | None:  # noqa: ANN401
        for name in self.first:
            if node.get(name) is not None:
                context.complain(
                    "unknown-key",
                    node.line,
                    key=name,
                    near="",
                    known=", ".join(f.key for f in self.record.fields if f.key not in self.first),
                )
                return None
        if "id" not in values:
            return None
        values["line"] = node.line
        return self.record.make(**values)

    def _first_mention(self, values: dict[str, Any], node: MappingNode, context: Context) -> Any | None:  # noqa: ANN401
        missing = [name for name in self.first if node.get(name) is None]
        for name in missing:
            context.complain("missing-key", node.line, key=name)
        if missing or any(name not in values for name in self.first):
            return None
        found = slug_of(values["title"])
        if not is_id(found):
            context.complain("not-an-id", node.line, key="title", value=values["title"])
            return None
        return self.record.make(id=found, line=node.line, **values)


PRACTICE_MENTION: Final = MentionReader(
    "practice-mention",
    Record(
        "practice-mention",
        PracticeMention,
        (
            Field("id", Id("practice")),
            Field("title", Text()),
            Field("summary", _NOTE),
            Field("relation", choice_of(Relation)),
            Field("note", _NOTE),
        ),
    ),
    ("title", "summary"),
)
OUTPUT_MENTION: Final = MentionReader(
    "output-mention",
    Record(
        "output-mention",
        OutputMention,
        (
            Field("id", Id("output")),
            Field("title", Text()),
            Field("kind", _KIND),
            Field("summary", _NOTE),
        ),
    ),
    ("title", "kind", "summary"),
)


@dataclass(frozen=True)
class ReflectionsReader:
    """Answers to reflection questions, by the question's id."""

    name: str = "reflections"

    def read(self, node: Node, key: str, context: Context) -> tuple[Answer, ...] | None:
        if not isinstance(node, MappingNode):
            context.complain(instead_of(node, "expected-mapping"), node.line, key=key)
            return None
        answers = []
        for name, value in node.pairs:
            question = _QUESTION.check(name.text.strip(), name.line, context)
            text = _LONG.read(value, name.text, context)
            if question and text:
                answers.append(Answer(question=question, text=text, line=name.line))
        return tuple(answers)


QUOTE: Final = Record(
    "quote",
    Quote,
    (
        Field("text", Text(limit=2000, lines=True), required=True),
        *PERSON_FIELDS,
        Field("language", LANGUAGE),
        Field("consent", ConsentReader()),
    ),
    lined=True,
)


@dataclass(frozen=True)
class AliasReader:
    """An old address of the entry: an old id, or a path from the site's root."""

    name: str = "alias"

    def read(self, node: Node, key: str, context: Context) -> str | None:
        text = scalar_text(node, key, context)
        if text is None:
            return None
        address = text.strip("/")
        if not all(is_id(part) for part in address.split("/")):
            context.complain("not-an-id", node.line, key=key, value=text)
            return None
        return address


_PRINCIPLES: Final = ListOf(PrincipleReader(), unique=lambda mention: mention.id)
_PRACTICES: Final = ListOf(PRACTICE_MENTION, unique=lambda mention: mention.id)
_OUTPUTS: Final = ListOf(OUTPUT_MENTION, unique=lambda mention: mention.id)
_PEOPLE: Final = ListOf(PersonReader(), repeats=True)
_TITLE: Final = Field("title", Text(), required=True)
_COMMON: Final = (
    Field("content_note", _NOTE),
    Field("consent", ConsentReader()),
    Field("withdrawn", Day()),
    Field("tombstone", Choice({"none": False, "note": True})),
    Field("language", LANGUAGE),
    Field("illustrative", Flag()),
    Field("aliases", ListOf(AliasReader())),
)

DECLARATIONS: Final[Mapping[Kind, Declaration]] = {
    Kind.SPACE: (
        _TITLE,
        Field("type", SpaceType(), required=True),
        Field("host", Text(), required=True),
        Field("purpose", _LONG),
        Field("initiative", Text()),
        Field("parent", Id("space")),
        Field("facilitators", _PEOPLE),
        Field("harvesters", _PEOPLE),
        Field("started", PartialDay()),
        Field("ended", PartialDay()),
        Field("region", Text()),
        Field("principles", _PRINCIPLES),
        Field("approaches", _APPROACHES),
        Field("practices", _PRACTICES),
        Field("outputs", _OUTPUTS),
        Field("resources", _RESOURCES),
        Field("authority", _NOTE),
        *_COMMON,
    ),
    Kind.HARVEST: (
        _TITLE,
        Field("date", PartialDay(), required=True),
        Field("harvesters", _PEOPLE),
        Field("participants", Count()),
        Field("practices", _PRACTICES),
        Field("principles", _PRINCIPLES),
        Field("approaches", _APPROACHES),
        Field("outputs", _OUTPUTS),
        Field("reflections", ReflectionsReader()),
        Field("quotes", ListOf(QUOTE, unique=lambda quote: quote.line)),
        Field("checked_by_participants", Day()),
        *_COMMON,
    ),
    Kind.PRACTICE: (
        _TITLE,
        Field("summary", _NOTE, required=True),
        Field("purpose", _LONG),
        Field("time", DURATION),
        Field("group_size", GROUP_SIZE),
        Field("roles", ListOf(TermId("roles", "unknown-role"))),
        Field("principles", _PRINCIPLES),
        Field("approaches", _APPROACHES),
        Field("watch_for", ListOf(_NOTE)),
        Field("related", ListOf(Id("practice"))),
        Field("rating", Choice({"not-rated": "not-rated"})),
        Field("resources", _RESOURCES),
        Field("authority", _NOTE),
        Field("review_by", Day()),
        *_COMMON,
    ),
    Kind.OUTPUT: (
        _TITLE,
        Field("kind", _KIND, required=True),
        Field("summary", _NOTE, required=True),
        Field("link", Address()),
        Field("practices", ListOf(Id("practice"))),
        Field(
            "used_by",
            ListOf(
                Record(
                    "use",
                    Use,
                    (
                        Field("who", Text(), required=True),
                        Field("how", _NOTE),
                        Field("date", PartialDay()),
                    ),
                ),
                repeats=True,
            ),
        ),
        Field("resources", _RESOURCES),
        Field("authority", _NOTE),
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
    declaration = tuple(
        Field(f.key, f.reader, required=f.required and f.key not in stand_ins)
        for f in DECLARATIONS[place.kind]
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
    return frozenset(found)
