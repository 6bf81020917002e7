"""A document understood: what is a title, a date, an answer to a reflection question, a known practice.

In: a `Manuscript`, the practices of the library and the reflection questions. Out: a `Draft`. What is not
understood stays in the body, word for word; what has no place in a note is told. Of consent nothing is
ever read out of a document. Called by `importing`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Final

from .dates import dates_in, day_of
from .manuscripts import Left, Manuscript, words_of
from .slugs import slug_of

MAX_TITLE: Final = 200
"""The longest title of a note, in characters."""
MAX_HEADING: Final = 60
"""The longest line that is taken for a heading although nothing marks it as one, in characters."""
MAX_ANSWER: Final = 4000
"""The longest answer of a note, in characters."""
NEAR: Final = 0.85
"""How alike a heading and a reflection question have to be, from 0 to 1."""
LONG: Final = 24
"""Shorter headings have to be just the words: near is too easy for them."""
LONGEST_NAME: Final = 8
"""How many words the name of a practice may have to be looked for."""
_HEADING: Final = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_BOLD: Final = re.compile(r"(?:\*\*|__)([^*_].*?)(?:\*\*|__):?\s*")
_NUMBER: Final = re.compile(r"^\s*(?:\(?[0-9]{1,2}[.)]|[-*•])\s+")
_MARKUP: Final = re.compile(r"^\s*(?:\||```|~~~|#{1,6}\s|<)|!\[|\[\^|\[\[", re.MULTILINE)
"""What an answer cannot hold, since answers are plain words."""
_LINK: Final = re.compile(r"\[([^\]\[]+)\]\(<?([^)\s>]+)>?[^)]*\)")
_EMPHASIS: Final = re.compile(r"(\*\*|__|\*|(?<!\w)_|_(?!\w)|`)")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_FENCE: Final = re.compile(r"\s*(```|~~~)")
_PREFIX: Final = re.compile(r"^(?:(?:re|fwd?|tr|rép)\s*:\s*)+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Cues:
    """What headings and lines of a document are held against."""

    questions: Mapping[str, str]
    """The id of a reflection question by the slug of what it may be called."""
    participants: frozenset[str]
    """Slugs of what the number of people may be called."""
    practices: Mapping[tuple[str, ...], str]
    """The id of a practice by the words of its title, of its id and of its old names."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A document as it was understood."""

    title: str
    date: str
    date_from: str
    """Where the date was found: `name`, `text` or `document`; empty where none was."""
    participants: str = ""
    practices: tuple[str, ...] = ()
    reflections: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    matched: tuple[tuple[str, str], ...] = ()
    """Headings with the reflection question that each was taken for."""
    kept: tuple[str, ...] = ()
    """Headings that stay in the body."""
    left: tuple[Left, ...] = ()
    """What of the source is not in the note."""


@dataclass
class _Section:
    """A stretch of the body under one heading."""

    heading: str = ""
    written: str = ""
    """The heading's line, as it stands in the document."""
    level: int = 0
    question: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")


def draft(document: Manuscript, cues: Cues) -> Draft:
    """Understand a document.

    Args:
        document: what was read.
        cues: what its headings and lines are held against.
    """
    sections = list(_sections(document.markdown, cues))
    title = _title(document, sections)
    reflections, matched, sections = _answers(sections)
    body = "\n\n".join(part for section in sections for part in (section.written, section.text) if part)
    found, date_from = _date(document, title)
    return Draft(
        title=title,
        date=found,
        date_from=date_from,
        participants=_participants(document.markdown, cues),
        practices=tuple(_practices(document.markdown, cues)),
        reflections=reflections,
        body=f"{body}\n" if body else "",
        matched=matched,
        kept=tuple(section.heading for section in sections if section.heading),
        left=document.left,
    )


def lost(document: Manuscript, words: Sequence[str]) -> Iterator[Left]:
    """Go through the paragraphs of a source that are not wholly among the words of its note.

    Args:
        document: the source.
        words: every text that the note holds.
    """
    there = Counter(word for text in words for word in words_of(text))
    for paragraph in document.paragraphs:
        needed = Counter(words_of(paragraph))
        if needed <= there:
            there -= needed
        else:
            yield Left(what="text", words=" ".join(paragraph.split()))


# Sections.


def _sections(markdown: str, cues: Cues) -> Iterator[_Section]:
    """Divide a text at its headings, and at lines that are as good as one."""
    section, fenced, before = _Section(), False, ""
    for line in markdown.strip("\n").split("\n"):
        fenced ^= _FENCE.match(line) is not None
        begun = None if fenced else _begun(line, before, section, cues)
        before = line
        if begun is None:
            section.lines.append(line)
            continue
        yield section
        section = begun
    yield section


def _begun(line: str, before: str, current: _Section, cues: Cues) -> _Section | None:
    """Tell which section a line begins; none where it only goes on."""
    if match := _HEADING.fullmatch(line):
        question = question_of(match[2], cues)
        return _Section(heading=plain(match[2]), written=line, level=len(match[1]), question=question)
    if match := _BOLD.fullmatch(line):
        return _Section(heading=plain(match[1]), written=line, question=question_of(match[1], cues))
    if question := question_of(line, cues):
        return _Section(heading=plain(line), written=line, question=question)
    label, colon, rest = plain(line).partition(":")
    if colon and rest.strip() and (question := cues.questions.get(slug_of(label), "")):
        return _Section(
            heading=label.strip(), written=line, question=question, lines=[rest.strip()], level=-1
        )
    if current.question and not current.level and not before.strip() and _looks_like_a_heading(line):
        return _Section(written=line)
    return None


def _looks_like_a_heading(line: str) -> bool:
    """Whether a line of plain text is probably the head of something new."""
    words = line.strip()
    named = 0 < len(words) <= MAX_HEADING and words[0].isalpha() and words[0].isupper()
    return named and words[-1] not in ".!?,;:…" and not day_of(words)


def question_of(heading: str, cues: Cues) -> str:
    """Give the reflection question that a heading asks; empty where it asks none."""
    found = slug_of(_NUMBER.sub("", plain(heading)))
    if found in cues.questions or len(found) < LONG:
        return cues.questions.get(found, "")
    near = get_close_matches(found, [slug for slug in cues.questions if len(slug) >= LONG], n=1, cutoff=NEAR)
    return cues.questions[near[0]] if near else ""


def plain(markdown: str) -> str:
    """Write a stretch of Markdown as plain words, with the addresses of its links."""
    words = _LINK.sub(lambda match: f"{match[1]} ({match[2]})", markdown)
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub("", words)).strip()


# What is understood.


def _title(document: Manuscript, sections: list[_Section]) -> str:
    """Give the title; a heading or a line at the top that says no more is taken out of the sections."""
    told = _PREFIX.sub("", document.title).strip()[:MAX_TITLE].strip()
    first = next((section for section in sections if section.written or section.text), _Section())
    if first.level == 1 and not first.question and first.heading and told in {"", first.heading}:
        told, first.heading, first.written = first.heading, "", ""
    elif not told and not first.written and _looks_like_a_heading(_first_line(first)):
        told = plain(_first_line(first))
        first.lines = first.text.split("\n")[1:]
    if told and len(told) <= MAX_TITLE and slug_of(told):
        return told
    stem = PurePosixPath(document.name).stem
    return re.sub(r"[\s_-]+", " ", re.sub(r"^[\d_-]+", "", stem)).strip() or stem


def _first_line(section: _Section) -> str:
    return section.text.partition("\n")[0].strip()


def _answers(
    sections: list[_Section],
) -> tuple[dict[str, str], tuple[tuple[str, str], ...], list[_Section]]:
    """Take the answers to reflection questions out of the sections that are nothing else."""
    answers: dict[str, str] = {}
    matched: list[tuple[str, str]] = []
    others: list[_Section] = []
    for place, section in enumerate(sections):
        text = _answer(section.lines)
        whole = "\n\n".join(filter(None, (answers.get(section.question, ""), text)))
        deeper = place + 1 < len(sections) and sections[place + 1].level > section.level > 0
        if section.question and text and not deeper and len(whole) <= MAX_ANSWER and _is_plain(section):
            answers[section.question] = whole
            matched.append((section.heading, section.question))
        else:
            others.append(section if section.level >= 0 else _Section(written=section.written))
    return answers, tuple(matched), others


def _is_plain(section: _Section) -> bool:
    return _MARKUP.search(section.text) is None


def _answer(lines: Sequence[str]) -> str:
    """Write the lines of an answer as plain paragraphs; each item of a list is one."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line.strip() or _NUMBER.match(line):
            paragraphs.append([])
        paragraphs[-1].append(plain(_NUMBER.sub("", re.sub(r"^\s*(?:>\s?)+", "", line))))
    return "\n\n".join(" ".join(" ".join(words).split()) for words in paragraphs if any(words))


def _date(document: Manuscript, title: str) -> tuple[str, str]:
    """Find the day of the gathering, and say where it was found."""
    stem = PurePosixPath(document.name).stem.replace("_", " ")
    named = re.match(r"\d{4}-\d{2}(?:-\d{2})?(?!\d)", stem)
    if named and (found := day_of(named[0])):
        return found, "name"
    for where, text in (("text", title), ("text", "\n".join(document.paragraphs)), ("name", stem)):
        if found := next(dates_in(text), ""):
            return found, where
    told = document.date[:10] if day_of(document.date[:10]) else document.date
    return (found, "document") if (found := day_of(told)) else ("", "")


def _participants(markdown: str, cues: Cues) -> str:
    """Find a line that says how many people there were, and nothing else."""
    for line in markdown.split("\n"):
        label, _, number = plain(_NUMBER.sub("", line)).partition(":")
        if slug_of(label) in cues.participants and re.fullmatch(r"\s*\d{1,5}\s*", number):
            return number.strip()
    return ""


def _practices(markdown: str, cues: Cues) -> Iterator[str]:
    """Find the practices that a text names, each once, in the order in which they come."""
    found: dict[str, None] = {}
    for line in markdown.split("\n"):
        words = tuple(words_of(line))
        for start in range(len(words)):
            for end in range(min(start + LONGEST_NAME, len(words)), start, -1):
                practice = cues.practices.get(words[start:end])
                if practice and (end - start > 1 or end - start == len(words)):
                    found[practice] = None
                    break
    yield from found
