"""A new entry from a few answers: a file that is valid from its first minute.

In: the kind of entry and answers, given as flags or asked for. Out: the path of the file written. Never
writes over a file, and never says yes to consent in anybody's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from .build import Build
from .catalogue import Catalogue
from .declarations import Context
from .diagnostics import Report
from .front_matter import read_source
from .loader import SHELF
from .model import Kind, kind_of
from .schema import Place, read_entry
from .slugs import is_id, slug_of

_NEEDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.SPACE: ("title", "type", "host"),
    Kind.HARVEST: ("space", "title", "date"),
    Kind.PRACTICE: ("space", "title", "summary"),
    Kind.OUTPUT: ("space", "title", "kind-of-output", "summary"),
}
_FOLDERS: Final = {Kind.HARVEST: "harvests", Kind.PRACTICE: "practices", Kind.OUTPUT: "outputs"}
_KEYS: Final = {"kind-of-output": "kind"}


class StarterError(Exception):
    """Why no file was written: the end of a message's key, and its values."""

    def __init__(self, reason: str, **values: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What somebody has said about a new entry."""

    given: Mapping[str, str]
    """Answers given with the call."""
    ask: Callable[[str], str] | None
    """Asks for the rest; None where nobody can be asked."""
    more: Callable[[Kind], Mapping[str, Any]] = lambda _kind: {}
    """Gives what else is known, by key: practices, reflections, consent as it was plainly said."""

    def get(self, name: str) -> str:
        """Give an answer.

        Raises:
            StarterError: it was not given, and nobody can be asked or nothing was said.
        """
        found = self.given.get(name) or (self.ask(name) if self.ask else "")
        if not found:
            raise StarterError("missing", name=name)
        return found


class _Writer(YAMLHandler):
    """Writes front matter as our notes have it: in the order of the keys, accents as they are."""

    def export(self, metadata: dict[str, object], **_options: object) -> str:
        """Write the keys and values."""
        written = yaml.safe_dump(
            metadata, allow_unicode=True, sort_keys=False, width=1000, default_flow_style=False
        )
        return str(written).strip()


def kind_named(name: str) -> Kind:
    """Give the kind of entry of a name.

    Raises:
        StarterError: there is no such kind.
    """
    if name not in list(Kind):
        raise StarterError("no-kind", known=", ".join(Kind))
    return Kind(name)


def write_starter(kind: Kind, answers: Answers, made: Build, spaces: Path, words: Catalogue) -> Path:
    """Write a new entry where it belongs.

    Args:
        kind: what it is.
        answers: what is known of it.
        made: the library, for the spaces and terms there are.
        spaces: the content folder.
        words: the site's language, for the text to begin with.

    Returns:
        The path of the new file.

    Raises:
        StarterError: an answer is missing or means nothing, or the file is there already.
    """
    values: dict[str, Any] = {name: answers.get(name) for name in _NEEDS[kind]}
    path, entry_id = _path_of(kind, values, spaces)
    if path.exists():
        raise StarterError("exists", path=path.name)
    if (kind is Kind.SPACE and entry_id in SHELF) or (kind, entry_id) in _taken(made):
        raise StarterError("taken", id=entry_id)
    space = values.pop("space", "")
    if space and not (spaces / space).is_dir() and space not in made.library.spaces:
        known = ", ".join(made.library.spaces)
        raise StarterError("no-space", space=space, known=known)
    head = {_KEYS.get(name, name): value for name, value in values.items()}
    head |= answers.more(kind)
    if kind is Kind.HARVEST:
        head.setdefault("consent", {"level": "withheld"})
    written = (
        frontmatter.dumps(frontmatter.Post(_text_of(kind, head, words), **_plain(head)), handler=_Writer())
        + "\n"
    )
    _check(written, Place(kind=kind, id=entry_id, space=space, path=path.name), made)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(written)
    except FileExistsError:
        raise StarterError("exists", path=path.name) from None
    return path


def _text_of(kind: Kind, head: Mapping[str, Any], words: Catalogue) -> str:
    """Give the text to begin with; a note that nobody sees yet says what it waits for."""
    text = words.text(f"new.body.{kind.value}")
    consent = head.get("consent", {})
    is_seen = consent.get("level") in {"public", "members"} and "given" in consent
    return text if kind is not Kind.HARVEST or is_seen else f"{text}\n\n{words.text('new.unseen')}"


def _taken(made: Build) -> set[tuple[Kind, str]]:
    """Give the ids that something has already, whether it is shown or not."""
    library = made.library
    shown = {(kind, entry_id) for kind in Kind for entry_id in library.entries_of(kind)}
    return shown | {(kind_of(held.entry), held.entry.id) for held in made.admission.held}


def _path_of(kind: Kind, values: Mapping[str, str], spaces: Path) -> tuple[Path, str]:
    """Say where an entry belongs, and its id."""
    name = slug_of(values["title"])
    if not is_id(name):
        raise StarterError("bad-title", title=values["title"])
    if kind is Kind.SPACE:
        return spaces / name / "space.md", name
    space = values["space"]
    if not is_id(space):
        raise StarterError("no-space", space=space, known="")
    if kind is Kind.HARVEST:
        name = f"{values['date']}-{name}"
    folder = spaces / space / _FOLDERS[kind]
    return folder / f"{name}.md", f"{space}/{name}" if kind is Kind.HARVEST else name


def _plain(head: Mapping[str, Any]) -> dict[str, Any]:
    """Write dates and counts as such, so that they are not quoted."""
    return {
        key: _plain(value) if isinstance(value, Mapping) else _unquoted(key, value)
        for key, value in head.items()
    }


def _unquoted(key: str, value: object) -> object:
    """Give a whole day, or a number of people, as what it is; everything else as it was said."""
    try:
        if key in {"date", "given"}:
            return date.fromisoformat(str(value))
        return int(str(value)) if key == "participants" else value
    except ValueError:
        return value


def _check(written: str, place: Place, made: Build) -> None:
    """Read what is about to be written as the library would."""
    report = Report()
    context = Context(path=place.path, report=report, vocabulary=made.vocabulary)
    source = read_source(written.encode(), context.complain)
    if source is None or read_entry(place, source, context) is None:
        found = report.sorted()[0]
        raise StarterError(
            "not-valid",
            why=made.words.text(f"diagnostic.{found.code}", **dict(found.values), hint=""),
        )
