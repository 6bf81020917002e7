"""The front matter of each kind of entry as JSON Schema, for editors, for the form and for other programs.

In: the declarations of `schema`, the vocabulary and a language. Out: one schema a kind, as text. The command
line writes them beside the content, the adapter publishes them, and the form checks what is typed by them.
What JSON Schema cannot say (that a quote's words differ from the next) is named in `x-` keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from .catalogue import Catalogue
from .declarations import Field, ListOf, Reader, Record
from .model import TYPE_ACRONYMS, TYPES, Kind
from .phrases import field_help, nested_help
from .readers import (
    YEARS,
    Address,
    Choice,
    Count,
    Day,
    Flag,
    Id,
    PartialDay,
    Pattern,
    SpaceType,
    TermId,
    Text,
)
from .schema import DECLARATIONS
from .slugs import ID_PATTERN, MAX_ID, RESERVED
from .values import (
    CONSENT,
    LONG,
    PERSON,
    PRINCIPLE,
    PRINCIPLE_WORDS,
    QUESTION,
    AliasReader,
    ConsentReader,
    MentionReader,
    PersonReader,
    PrincipleReader,
    ReflectionsReader,
)
from .vocabulary import Vocabulary

FOLDER: Final = "schema"
"""Where the schemas lie, in the project and on the site."""
DRAFT: Final = "http://json-schema.org/draft-07/schema#"
"""The version that editors know best."""

_SEEN: Final = r"[^\s\u00ad\u200b-\u200f\u2060\ufeff]"
"""A sign that a reader can see."""
_WORDS: Final = ["string", "number", "boolean"]
"""What plain words may look like to a YAML reader that guesses types: `2021` and `true` are words too."""
_YEAR: Final = r"(?:19\d\d|20\d\d|2100)"
_LEAP: Final = r"(?:19(?:0[48]|[2468][048]|[13579][26])|20(?:0[048]|[2468][048]|[13579][26]))"
_DAY_OF_YEAR: Final = (
    r"(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])"
)
DAY: Final = rf"(?:{_YEAR}-(?:{_DAY_OF_YEAR})|{_LEAP}-02-29)"
"""The days of the calendar from 1900 to 2100, and nothing else."""
PARTIAL_DAY: Final = rf"(?:{DAY}|{_YEAR}(?:-(?:0[1-9]|1[0-2]))?)"
ID: Final = rf"(?!(?:{'|'.join(sorted(RESERVED))})(?:/|$)){ID_PATTERN.pattern}"
_NO_SIGN: Final = r"\s\x00-\x1f\x7f<>\x22\\"
"""What no address may hold."""
_ADDRESS: Final = (
    rf"(?:[hH][tT][tT][pP][sS]?://[^{_NO_SIGN}/?#]+(?:[/?#][^{_NO_SIGN}]*)?"
    rf"|[mM][aA][iI][lL][tT][oO]:[^{_NO_SIGN}?#]+(?:[?#][^{_NO_SIGN}]*)?)"
)
_COUNT: Final = r"(?:\d{1,5}|0\d{5}|100000)"

Schema = dict[str, Any]


def json_schemas(vocabulary: Vocabulary, words: Catalogue) -> dict[str, str]:
    """Write the schema of every kind of entry.

    Args:
        vocabulary: the shared words, whose ids are the ones allowed.
        words: the language of what is explained.

    Returns:
        The schemas as JSON by file name: `harvest.json`.
    """
    return {
        f"{kind.value}.json": json.dumps(schema_of(kind, vocabulary, words), ensure_ascii=False, indent=1)
        + "\n"
        for kind in Kind
    }


def schema_of(kind: Kind, vocabulary: Vocabulary, words: Catalogue) -> Schema:
    """Give the schema of one kind of entry.

    Raises:
        TypeError: a key has a reader that nobody has taught this module; a fault of ours.
    """
    return _Exporter(vocabulary, words).entry(kind)


class _Exporter:
    """Writes readers as schemas, in one language."""

    def __init__(self, vocabulary: Vocabulary, words: Catalogue) -> None:
        self._vocabulary = vocabulary
        self._words = words
        self._makers: Mapping[type, Callable[[Any], Schema]] = {
            Text: _text,
            Flag: lambda _: {"type": "boolean"},
            Choice: lambda reader: {"type": "string", "enum": list(reader.values)},
            Day: lambda _: {"type": "string", "format": "date", "pattern": _whole(DAY)},
            PartialDay: lambda _: _number(PARTIAL_DAY, YEARS[0], YEARS[-1]),
            Count: lambda reader: _number(_COUNT, 0, reader.limit),
            Id: _id,
            Pattern: _pattern,
            Address: lambda _: {"type": "string", "format": "uri", "pattern": _whole(_ADDRESS)},
            AliasReader: lambda _: {"type": "string", "pattern": _whole(f"/*{ID}(?:/{ID})*/*")},
            TermId: self._term,
            SpaceType: self._type,
            ListOf: self._list,
            Record: lambda reader: self._record(reader.fields, reader),
            ConsentReader: lambda reader: self._record(CONSENT.fields, reader),
            PersonReader: self._person,
            PrincipleReader: self._principle,
            MentionReader: self._mention,
            ReflectionsReader: self._reflections,
        }

    def entry(self, kind: Kind) -> Schema:
        """Write a kind of entry; one that was withdrawn needs nothing but that."""
        declaration = DECLARATIONS[kind]
        required = [declared.key for declared in declaration if declared.required]
        text, has = self._words.text, self._words.has
        return {
            "$schema": DRAFT,
            "title": text(f"kind.{kind.value}"),
            "description": text(f"fields.place.{kind.value}"),
            "type": "object",
            "additionalProperties": False,
            "properties": {
                declared.key: {
                    "description": field_help(kind.value, declared.key, text, has),
                    **self._value(declared.reader),
                }
                for declared in declaration
            },
            "if": {"required": ["withdrawn"]},
            "else": {"required": required},
        }

    def _value(self, reader: Reader) -> Schema:
        """Write what a reader takes, with the reader's name for who reads by it."""
        make = self._makers.get(type(reader))
        if make is None:
            raise TypeError(type(reader).__name__)
        return {**make(reader), "x-reader": reader.name}

    def _fields(self, fields: tuple[Field, ...], reader: Reader) -> Schema:
        text, has = self._words.text, self._words.has
        return {
            declared.key: {
                "description": nested_help(reader, declared.key, text, has),
                **self._value(declared.reader),
            }
            for declared in fields
        }

    def _record(self, fields: tuple[Field, ...], reader: Reader) -> Schema:
        required = [declared.key for declared in fields if declared.required]
        made: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": self._fields(fields, reader),
        }
        return {**made, "required": required} if required else made

    def _term(self, reader: TermId) -> Schema:
        terms = self._vocabulary.section(reader.section)
        return {
            "type": "string",
            "enum": list(terms),
            "enumDescriptions": [self._words.localised(term.label) for term in terms.values()],
            "x-code": reader.code,
        }

    def _type(self, _reader: SpaceType) -> Schema:
        short = "|".join(
            "".join(f"[{letter}{letter.upper()}]" for letter in acronym) for acronym in TYPE_ACRONYMS
        )
        terms = self._vocabulary.section("types")
        known: Schema = {"enum": list(TYPES)}
        if all(kind in terms for kind in TYPES):
            known["enumDescriptions"] = [self._words.localised(terms[kind].label) for kind in TYPES]
        return {"type": "string", "anyOf": [known, {"pattern": _whole(short)}]}

    def _list(self, reader: ListOf) -> Schema:
        made: Schema = {"type": "array", "items": self._value(reader.item)}
        if reader.unique is None and not reader.repeats:
            made["uniqueItems"] = True
        return made

    def _person(self, reader: PersonReader) -> Schema:
        return {"anyOf": [self._value(Text()), self._record(PERSON.fields, reader)]}

    def _principle(self, _reader: PrincipleReader) -> Schema:
        own_words = {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": {"enum": list(self._vocabulary.section(PRINCIPLE.section))},
            "additionalProperties": self._value(PRINCIPLE_WORDS),
        }
        return {"anyOf": [self._value(PRINCIPLE), own_words]}

    def _mention(self, reader: MentionReader) -> Schema:
        """An id, an id with what belongs to it, or a first mention."""
        fields = reader.record.fields
        by_id = tuple(
            Field(f.key, f.reader, required=f.key == "id") for f in fields if f.key not in reader.first
        )
        first = tuple(Field(f.key, f.reader, required=f.key in reader.first) for f in fields if f.key != "id")
        id_reader = next(f.reader for f in fields if f.key == "id")
        return {
            "anyOf": [self._value(id_reader), self._record(by_id, reader), self._record(first, reader)],
        }

    def _reflections(self, _reader: ReflectionsReader) -> Schema:
        questions = self._vocabulary.section(QUESTION.section)
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                key: {"description": self._words.localised(term.label), **self._value(LONG)}
                for key, term in questions.items()
            },
        }


def _whole(pattern: str) -> str:
    """Make a pattern one for a whole value, blank spaces round it aside, as the readers have it."""
    return rf"^\s*(?:{pattern})\s*$"


def _number(pattern: str, least: int, most: int) -> Schema:
    """What is all digits comes as a number from most YAML readers, and the rest as text."""
    return {"type": ["string", "integer"], "pattern": _whole(pattern), "minimum": least, "maximum": most}


def _text(reader: Text) -> Schema:
    one_line = rf"^(?=[\s\S]*{_SEEN})\s*\S[^\n]*\s*$"
    return {
        "type": _WORDS,
        "maxLength": reader.limit,
        "pattern": _SEEN if reader.lines else one_line,
    }


def _id(reader: Id) -> Schema:
    return {"type": ["string", "integer"], "maxLength": MAX_ID, "pattern": _whole(ID), "x-code": reader.code}


def _pattern(reader: Pattern) -> Schema:
    pattern = reader.pattern.pattern
    looks_like_a_number = reader.pattern.fullmatch("12") is not None
    made = (
        _number(pattern, 0, 9999) if looks_like_a_number else {"type": "string", "pattern": _whole(pattern)}
    )
    return {**made, "x-code": reader.code, "x-ascending": reader.ascends}
