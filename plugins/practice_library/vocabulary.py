"""The shared words of a library: kinds of space, roles, principles, approaches, questions and more.

In: the bytes of `spaces/vocabulary.yml`. Out: a `Vocabulary` of terms, each with its label and
description in every language. A maintainer adds a term to the file and it works everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .diagnostics import Report, nearest
from .front_matter import FrontMatterError, read_document
from .model import TYPES
from .nodes import MappingNode, Node, ScalarNode, SequenceNode
from .slugs import is_id

LANGUAGES: Final = ("en", "fr")
"""The languages of the site; every text of the vocabulary has all of them."""
MAX_VOCABULARY: Final = 1024 * 1024
"""The largest vocabulary, in bytes."""

SECTIONS: Final = (
    "types",
    "roles",
    "principles",
    "approaches",
    "goals",
    "benefits",
    "values",
    "questions",
    "output_kinds",
)
TERM_PAGES: Final = ("types", "roles", "principles", "approaches", "questions")
"""Sections whose terms have pages of their own, at `/<section>/<id>/`."""
_TERM_KEYS: Final = (
    "id",
    "label",
    "description",
    "acronym",
    "features",
    "parts",
    "value",
    "distinct",
)

Localised = Mapping[str, str]
"""A text in every language: `{"en": …, "fr": …}`."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """One shared word."""

    id: str
    section: str
    label: Localised
    description: Localised
    acronym: Localised = field(default_factory=dict)
    features: tuple[Localised, ...] = ()
    """What marks it, point by point."""
    parts: tuple[Term, ...] = ()
    """The smaller terms it is made of."""
    value: str = ""
    """For a reflection question: the value it asks after."""
    distinct: Localised = field(default_factory=dict)
    """For a kind of space: what tells it from the others."""
    line: int = field(default=0, compare=False)
    """Where it stands in the file, for complaints."""


@dataclass(frozen=True, kw_only=True)
class ComparisonRow:
    """One aspect under which the kinds of space are compared."""

    id: str
    label: Localised
    values: Mapping[str, Localised]
    """What is so for each kind of space, by its id."""


@dataclass(frozen=True, kw_only=True)
class ChoosingAnswer:
    """One answer to a question that helps in choosing a kind of space."""

    id: str
    """Its place in the address of a page that remembers answers."""
    label: Localised
    speaks_for: tuple[str, ...]
    """The kinds of space that it speaks for."""


@dataclass(frozen=True, kw_only=True)
class ChoosingQuestion:
    """A plain question that helps in choosing a kind of space."""

    id: str
    label: Localised
    answers: tuple[ChoosingAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """All shared words of a library."""

    terms: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)
    """Terms by section and id, in the order of the file."""
    subject: Term | None = None
    """What collaborative learning is."""
    comparison: tuple[ComparisonRow, ...] = ()
    choosing: tuple[ChoosingQuestion, ...] = ()
    """The questions whose answers point to a kind of space."""
    synonyms: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Words that readers type for one another, by language."""
    unread: bool = False
    """Whether there is a file that could not be read: nobody is blamed for naming its terms."""

    def section(self, name: str) -> Mapping[str, Term]:
        """Give the terms of a section by id; empty when the file has none."""
        return self.terms.get(name, {})

    def term(self, section: str, term_id: str) -> Term | None:
        """Give one term, or None."""
        return self.section(section).get(term_id)


def read_vocabulary(data: bytes, path: str, report: Report) -> Vocabulary:
    """Read the vocabulary file; whatever is wrong with it is reported and left out.

    Args:
        data: the bytes of the file.
        path: its name, for complaints.
        report: takes the complaints.
    """
    try:
        root = read_document(data, MAX_VOCABULARY)
    except FrontMatterError as error:
        report.add(error.code, path, error.line, **error.values)
        return Vocabulary(unread=True)
    return _VocabularyReader(path, report).read(root)


class _VocabularyReader:
    """Reads one vocabulary file."""

    def __init__(self, path: str, report: Report) -> None:
        self._path = path
        self._report = report

    def read(self, root: Node) -> Vocabulary:
        pairs = self._mapping(root, (*SECTIONS, "subject", "comparison", "choosing", "synonyms"))
        terms = {
            section: {term.id: term for term in self._terms(section, pairs.get(section))}
            for section in SECTIONS
        }
        self._check_values(terms)
        return Vocabulary(
            terms=terms,
            subject=self._subject(pairs.get("subject")),
            comparison=tuple(self._comparison(pairs.get("comparison"))),
            choosing=tuple(self._choosing(pairs.get("choosing"))),
            synonyms=self._synonyms(pairs.get("synonyms")),
        )

    def _complain(self, code: str, line: int, **values: str) -> None:
        self._report.add(code, self._path, line, **values)

    def _mapping(self, node: Node | None, known: tuple[str, ...]) -> dict[str, Node]:
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self._complain("expected-mapping", node.line, key="vocabulary.yml")
            return {}
        for key, _ in node.pairs:
            if key.text not in known:
                near = nearest(key.text, known)
                self._complain("unknown-key", key.line, key=key.text, near=near)
        return {key.text: value for key, value in node.pairs if key.text in known}

    def _list(self, node: Node | None, key: str) -> tuple[Node, ...]:
        if node is None:
            return ()
        if isinstance(node, SequenceNode):
            return node.items
        self._complain("expected-list", node.line, key=key)
        return ()

    def _text(self, node: Node | None, key: str, line: int) -> str:
        if node is None:
            self._complain("missing-key", line, key=key)
        elif not isinstance(node, ScalarNode):
            self._complain("expected-text", node.line, key=key)
        elif not node.text.strip():
            self._complain("empty-value", node.line, key=key)
        else:
            return node.text.strip()
        return ""

    def _localised(self, node: Node | None, key: str, line: int) -> Localised:
        if node is None:
            self._complain("missing-key", line, key=key)
            return {}
        pairs = self._mapping(node, LANGUAGES)
        missing = [language for language in LANGUAGES if language not in pairs]
        if missing and isinstance(node, MappingNode):
            self._complain("missing-language", node.line, key=key, languages=", ".join(missing))
        return {
            language: self._text(value, f"{key}.{language}", node.line) for language, value in pairs.items()
        }

    def _optional(self, node: Node | None, key: str) -> Localised:
        return self._localised(node, key, node.line) if node is not None else {}

    def _term(self, section: str, node: Node) -> Term | None:
        pairs = self._mapping(node, _TERM_KEYS)
        term_id = self._text(pairs.get("id"), "id", node.line)
        if not is_id(term_id):
            if term_id:
                self._complain("not-an-id", node.line, value=term_id)
            return None
        if section == "types" and term_id not in TYPES:
            near = nearest(term_id, TYPES)
            self._complain("unknown-type", node.line, value=term_id, near=near)
            return None
        value = pairs.get("value")
        return Term(
            id=term_id,
            section=section,
            label=self._localised(pairs.get("label"), "label", node.line),
            description=self._localised(pairs.get("description"), "description", node.line),
            acronym=self._optional(pairs.get("acronym"), "acronym"),
            features=self._features(pairs.get("features")),
            parts=tuple(self._terms(section, pairs.get("parts"))),
            value=self._text(value, "value", node.line) if value is not None else "",
            distinct=self._optional(pairs.get("distinct"), "distinct"),
            line=node.line,
        )

    def _features(self, node: Node | None) -> tuple[Localised, ...]:
        items = self._list(node, "features")
        return tuple(self._localised(item, "features", item.line) for item in items)

    def _terms(self, section: str, node: Node | None) -> list[Term]:
        terms: list[Term] = []
        for item in self._list(node, section):
            term = self._term(section, item)
            if term is None:
                continue
            if any(known.id == term.id for known in terms):
                self._complain("repeated", item.line, value=term.id)
                continue
            terms.append(term)
        return terms

    def _check_values(self, terms: dict[str, dict[str, Term]]) -> None:
        for question in terms["questions"].values():
            if question.value and question.value not in terms["values"]:
                near = nearest(question.value, terms["values"])
                self._complain("unknown-value", question.line, value=question.value, near=near)

    def _subject(self, node: Node | None) -> Term | None:
        if node is None:
            return None
        pairs = self._mapping(node, ("label", "description", "features"))
        return Term(
            id="subject",
            section="subject",
            label=self._localised(pairs.get("label"), "label", node.line),
            description=self._localised(pairs.get("description"), "description", node.line),
            features=self._features(pairs.get("features")),
        )

    def _comparison(self, node: Node | None) -> list[ComparisonRow]:
        rows = []
        for item in self._list(node, "comparison"):
            pairs = self._mapping(item, ("id", "label", "values"))
            values = self._mapping(pairs.get("values"), TYPES)
            rows.append(
                ComparisonRow(
                    id=self._text(pairs.get("id"), "id", item.line),
                    label=self._localised(pairs.get("label"), "label", item.line),
                    values={kind: self._localised(value, kind, value.line) for kind, value in values.items()},
                )
            )
        return rows

    def _choosing(self, node: Node | None) -> list[ChoosingQuestion]:
        questions = []
        for item in self._list(node, "choosing"):
            pairs = self._mapping(item, ("id", "label", "answers"))
            answers = (self._answer(answer) for answer in self._list(pairs.get("answers"), "answers"))
            questions.append(
                ChoosingQuestion(
                    id=self._id(pairs.get("id"), item.line),
                    label=self._localised(pairs.get("label"), "label", item.line),
                    answers=tuple(answers),
                )
            )
        return questions

    def _answer(self, node: Node) -> ChoosingAnswer:
        pairs = self._mapping(node, ("id", "label", "speaks_for"))
        kinds = [self._kind(kind) for kind in self._list(pairs.get("speaks_for"), "speaks_for")]
        return ChoosingAnswer(
            id=self._id(pairs.get("id"), node.line),
            label=self._localised(pairs.get("label"), "label", node.line),
            speaks_for=tuple(kind for kind in kinds if kind),
        )

    def _id(self, node: Node | None, line: int) -> str:
        written = self._text(node, "id", line)
        if written and not is_id(written):
            self._complain("not-an-id", line, value=written)
        return written

    def _kind(self, node: Node) -> str:
        written = self._text(node, "speaks_for", node.line)
        if written in TYPES:
            return written
        if written:
            self._complain("unknown-type", node.line, value=written, near=nearest(written, TYPES))
        return ""

    def _synonyms(self, node: Node | None) -> dict[str, tuple[tuple[str, ...], ...]]:
        pairs = self._mapping(node, LANGUAGES)
        return {
            language: tuple(
                tuple(self._text(word, "synonyms", word.line) for word in self._list(group, "synonyms"))
                for group in self._list(groups, "synonyms")
            )
            for language, groups in pairs.items()
        }
