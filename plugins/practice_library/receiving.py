"""A harvest sent as an issue: the form for it, and the note that comes of a filled-in one.

In: the vocabulary for the form; the body of an issue and the library for the note. Out: the form's file; a
`Received` note, or the reason why there is none. All that an issue says is data. Consent counts only as one
of the answers of the form, and a note that is not for everyone never goes into a public repository.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from .build import Build, SourceAccess
from .catalogue import Catalogue, catalogue_of
from .dates import day_of
from .importing import with_names
from .mending import meant
from .model import HEALING
from .notes import day_value, dumped
from .slugs import MAX_ID, is_id, slug_of
from .vocabulary import LANGUAGES, Vocabulary

LABEL: Final = "harvest"
"""The label that the form gives its issues."""
MAX_BODY: Final = 100_000
"""The longest issue that is read, in characters; GitHub takes 65,536."""
EMPTY: Final = "_No response_"
"""What GitHub writes where a field was left empty."""
LEVELS: Final = ("withheld", "members", "public")
BY: Final = ("group", "person", "steward")
FIELDS: Final = ("space", "title", "date", "participants", "practices", "body")
CONSENT_FIELDS: Final = ("level", "given", "by")
_NEEDED: Final = ("space", "title", "date", "body")
_LONG: Final = frozenset({"body"})


class RefusedError(Exception):
    """Why an issue becomes no pull request: the end of a message's key, and its values."""

    def __init__(self, reason: str, **values: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


@dataclass(frozen=True, kw_only=True)
class Received:
    """The note that comes of an issue."""

    path: str
    """From the content folder."""
    text: str
    title: str
    unknown: tuple[str, ...] = ()
    """Practices that the library does not know; they are named in the body."""
    pictures: tuple[str, ...] = ()
    """Addresses of pictures that have to be put beside the note by hand."""


def labels_of(vocabulary: Vocabulary, words: Catalogue) -> dict[str, str]:
    """Give the label of each field of the form, in its order, by name; questions by their ids."""
    plain = {name: words.text(f"receive.field.{name}") for name in FIELDS}
    questions = {
        f"question:{term.id}": " ".join(words.localised(term.label).split())
        for term in vocabulary.section("questions").values()
    }
    last = {name: words.text(f"receive.field.{name}") for name in (*CONSENT_FIELDS, "promise")}
    return {**plain, **questions, **last}


def language_of(body: str, vocabulary: Vocabulary) -> str:
    """Tell in which language a form was filled in, by its first label; empty where it is no form."""
    first = body.lstrip().partition("\n")[0].strip().removeprefix("### ")
    for language in LANGUAGES:
        if first == next(iter(labels_of(vocabulary, catalogue_of(language)).values())):
            return language
    return ""


def received(body: str, made: Build, exists: Callable[[str], bool]) -> Received:
    """Make a note of a filled-in form.

    Args:
        body: the issue's text, as GitHub wrote it.
        made: the library, for its spaces and practices, and for who can read the repository.
        exists: whether there is a file at a path of the content folder already.

    Raises:
        RefusedError: something is missing or means nothing, or the note is not for everyone.
    """
    words, answers = _answers(body, made.vocabulary)
    for name in _NEEDED:
        if not answers.get(name):
            raise RefusedError("missing", field=words.text(f"receive.field.{name}"))
    consent = _consent(answers, words)
    if consent["level"] != "public" and made.options.source is SourceAccess.PUBLIC:
        raise RefusedError("not-for-everyone")
    path, title, day = _place(answers, made)
    if exists(path):
        raise RefusedError("exists")
    known, unknown = _practices(answers.get("practices", ""), made)
    text, gone = with_names(answers["body"], {})
    if unknown:
        text += "\n\n" + words.text("receive.practices-named", names=", ".join(unknown))
    head = _head(title, day, answers, known, consent)
    return Received(
        path=path,
        text=f"---\n{dumped(head)}---\n\n{text}\n",
        title=title,
        unknown=tuple(unknown),
        pictures=tuple(left.words for left in gone),
    )


def _place(answers: Mapping[str, str], made: Build) -> tuple[str, str, str]:
    """Give where a note belongs, its title and its date."""
    space, day = answers["space"], day_of(answers["date"])
    if not (is_id(space) and space in made.library.spaces):
        raise RefusedError("no-space", known=", ".join(made.library.spaces))
    if not day:
        raise RefusedError("no-date")
    title = " ".join(answers["title"].split())
    if not slug_of(title):
        raise RefusedError("no-title")
    return f"{space}/harvests/{f'{day}-{slug_of(title)}'[:MAX_ID].rstrip('-')}.md", title, day


def _head(
    title: str, day: str, answers: Mapping[str, str], practices: list[str], consent: Mapping[str, str]
) -> dict[str, Any]:
    reflections = {
        name.partition(":")[2]: text for name, text in answers.items() if name.startswith("question:")
    }
    return {
        "title": title,
        "date": day_value(day),
        **({"participants": _count(answers["participants"])} if answers.get("participants") else {}),
        **({"practices": practices} if practices else {}),
        **({"reflections": reflections} if reflections else {}),
        "consent": dict(consent),
    }


def _answers(body: str, vocabulary: Vocabulary) -> tuple[Catalogue, dict[str, str]]:
    """Divide an issue at the labels of the form, in whichever language it was.

    Raises:
        RefusedError: it is not the form, or a label stands there twice, and nobody can tell which counts.
    """
    text = body[: MAX_BODY + 1].replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > MAX_BODY:
        raise RefusedError("too-long")
    language = language_of(text, vocabulary)
    if not language:
        raise RefusedError("no-form")
    words = catalogue_of(language)
    names = {f"### {label}": name for name, label in labels_of(vocabulary, words).items()}
    lines = text.split("\n")
    places = [number for number, line in enumerate(lines) if line.rstrip() in names]
    if [names[lines[number].rstrip()] for number in places] != list(names.values()):
        raise RefusedError("ambiguous")
    told = zip(places, [*places[1:], len(lines)], names.values(), strict=True)
    answers = {name: "\n".join(lines[start + 1 : end]).strip() for start, end, name in told}
    if "[x]" not in answers.pop("promise").casefold():
        raise RefusedError("no-promise")
    return words, {name: answer for name, answer in answers.items() if answer not in {"", EMPTY}}


def _consent(answers: Mapping[str, str], words: Catalogue) -> dict[str, str]:
    """Give what was said of consent; only the very answers of the form count."""
    levels = {words.text(f"receive.level.{level}"): level for level in LEVELS}
    givers = {words.text(f"receive.by.{by}"): by for by in BY}
    level = levels.get(answers.get("level", ""), "withheld")
    if level == "withheld":
        return {"level": level}
    given = answers.get("given", "")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given) or day_of(given) != given:
        raise RefusedError("no-day")
    by = givers.get(answers.get("by", ""))
    return {"level": level, "given": given, **({"by": by} if by else {})}


def _count(text: str) -> int | str:
    """Write a number as one, so that it is not quoted; the check tells what is none."""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else text


def _practices(text: str, made: Build) -> tuple[list[str], list[str]]:
    """Give the practices that the library knows, by id, and what else was named."""
    known: list[str] = []
    unknown: list[str] = []
    for piece in re.split(r"[,;\n]", text):
        name = re.sub(r"^\s*[-*•]\s+", "", piece).strip().strip("[]")
        practice = name if name in made.library.practices else meant(name, made.library.practices)
        if practice:
            known.append(practice)
        elif name:
            unknown.append(name)
    return list(dict.fromkeys(known)), list(dict.fromkeys(unknown))


# The form.


def issue_form(made: Build, words: Catalogue) -> str:
    """Write the form through which a harvest can be sent as an issue, as GitHub reads it."""
    warning = words.text("receive.warning")
    if any(space.type == HEALING for space in made.library.spaces.values()):
        warning += "\n\n" + words.text("receive.warning-healing")
    labels = labels_of(made.vocabulary, words)
    form = {
        "name": words.text("receive.name"),
        "description": words.text("receive.description"),
        "title": words.text("receive.issue-title"),
        "labels": [LABEL],
        "body": [
            {"type": "markdown", "attributes": {"value": warning}},
            *(_field(name, label, made, words) for name, label in labels.items()),
        ],
    }
    remark = f"# {words.text('receive.generated')}\n"
    return remark + yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=10_000)


def _field(name: str, label: str, made: Build, words: Catalogue) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": label}
    question = name.partition(":")[2]
    if name == "promise":
        option = {"label": words.text("receive.promise"), "required": True}
        return {"type": "checkboxes", "id": name, "attributes": {"label": label, "options": [option]}}
    if question:
        term = made.vocabulary.section("questions")[question]
        attributes["description"] = " ".join(words.localised(term.description).split())
    else:
        attributes["description"] = words.text(f"receive.help.{name}")
    kind = "textarea" if question or name in _LONG else "input"
    if name in {"level", "by"}:
        kind = "dropdown"
        attributes["options"] = [
            words.text(f"receive.{name}.{o}") for o in (LEVELS if name == "level" else BY)
        ]
    field: dict[str, Any] = {
        "type": kind,
        "id": name.replace(":", "-"),
        "attributes": attributes,
    }
    if name in {*_NEEDED, "level"}:
        field["validations"] = {"required": True}
    return field
