"""The values of our own that keys can have: mentions, consent, people, quotes, answers, old addresses.

In: a node of the front matter. Out: the record of `model`, or None after a complaint. `schema` says which
key takes which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from .declarations import Context, Declaration, Field, ListOf, Record, instead_of, read_fields
from .model import (
    Answer,
    Consent,
    Credit,
    Level,
    OutputMention,
    Person,
    PracticeMention,
    PrincipleMention,
    Quote,
    Relation,
    Resource,
    Share,
)
from .nodes import MappingNode, Node, ScalarNode, SequenceNode
from .readers import LANGUAGE, Address, Choice, Day, Id, TermId, Text, choice_of, scalar_text
from .slugs import is_id, slug_of

PRINCIPLE: Final = TermId("principles", "unknown-principle")
APPROACHES: Final = ListOf(TermId("approaches", "unknown-approach"))
QUESTION: Final = TermId("questions", "unknown-question")
OUTPUT_KIND: Final = TermId("output_kinds", "unknown-output-kind")
PRINCIPLE_WORDS: Final = Text(limit=500, lines=True)
LONG: Final = Text(limit=4000, lines=True)
NOTE: Final = Text(limit=1000, lines=True)
RESOURCES: Final = ListOf(
    Record(
        "resource",
        Resource,
        Declaration(Field("title", Text(), required=True), Field("url", Address(), required=True)),
    ),
    unique=lambda resource: resource.url,
)
PERSON: Final = Record(
    "person",
    Person,
    Declaration(Field("name", Text()), Field("role", Text()), Field("organisation", Text())),
)

CONSENT: Final = Record(
    "consent",
    Consent,
    Declaration(
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
            if isinstance(node, MappingNode):
                _read_the_rest(node, context)
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


def _read_the_rest(node: MappingNode, context: Context) -> None:
    """Tell what else is wrong with consent that leaves the level open, a misspelt `level` above all."""
    rest = tuple(pair for pair in node.pairs if pair[0].text != "level")
    optional = Declaration(*(Field(f.key, f.reader) for f in CONSENT.fields))
    read_fields(optional, MappingNode(pairs=rest, line=node.line), context)


@dataclass(frozen=True)
class PersonReader:
    """A name, or a mapping of name, role and organisation."""

    name: str = "person"

    def read(self, node: Node, key: str, context: Context) -> Person | None:
        if isinstance(node, ScalarNode):
            name = Text().read(node, key, context)
            return Person(name=name) if name else None
        person: Person | None = PERSON.read(node, key, context)
        return person


@dataclass(frozen=True)
class PrincipleReader:
    """A principle's id, or the id with the space's own words."""

    name: str = "principle-mention"

    def read(self, node: Node, key: str, context: Context) -> PrincipleMention | None:
        if isinstance(node, MappingNode) and len(node.pairs) == 1:
            ((name, words),) = node.pairs
            found = PRINCIPLE.check(name.text.strip(), name.line, context)
            text = PRINCIPLE_WORDS.read(words, name.text, context)
            return PrincipleMention(id=found, words=text, line=node.line) if found and text else None
        found = PRINCIPLE.read(node, key, context)
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
        Declaration(
            Field("id", Id("practice")),
            Field("title", Text()),
            Field("summary", NOTE),
            Field("relation", choice_of(Relation)),
            Field("note", NOTE),
        ),
    ),
    ("title", "summary"),
)
OUTPUT_MENTION: Final = MentionReader(
    "output-mention",
    Record(
        "output-mention",
        OutputMention,
        Declaration(
            Field("id", Id("output")),
            Field("title", Text()),
            Field("kind", OUTPUT_KIND),
            Field("summary", NOTE),
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
            question = QUESTION.check(name.text.strip(), name.line, context)
            text = LONG.read(value, name.text, context)
            if question and text:
                answers.append(Answer(question=question, text=text, line=name.line))
        return tuple(answers)


QUOTE: Final = Record(
    "quote",
    Quote,
    Declaration(
        Field("text", Text(limit=2000, lines=True), required=True),
        *PERSON.fields,
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
