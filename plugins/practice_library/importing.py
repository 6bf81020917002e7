"""`practice-library import`: documents to harvest notes, with a report of what was understood.

In: files and folders, and the settings of a project. Out: notes with their pictures beside them, and words on
the terminal. Never writes over anything, never says anything of consent in anybody's name, and tells every
word of a source that is not in its note.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from .bounds import excessive_lines
from .build import Build, build
from .catalogue import Catalogue, catalogue_of
from .checking import Say
from .declarations import Context
from .diagnostics import Diagnostic, Report, sentence_of
from .drafts import Cues, Draft, draft, lost
from .front_matter import read_source
from .manuscripts import MAX_BYTES, PICTURES, Left, Manuscript, ManuscriptError
from .model import Kind
from .notes import note_text
from .opening import is_known, read_manuscripts
from .options import Settings
from .pictures import MAX_BYTES as MAX_PICTURE, PictureError, published
from .regular_files import read_regular
from .schema import Place, read_entry
from .slugs import MAX_ID, slug_of
from .vocabulary import LANGUAGES, Vocabulary
from .writing import create_file

MAX_FILES: Final = 1000
"""How many files of a folder are looked at."""
_SIGNATURES: Final = ((b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"RIFF", ".webp"))
_PICTURE: Final = re.compile(
    r"(?<!\\)!\[((?:[^\]\\]|\\.)*)\]\(\s*(?:<([^>]*)>|([^)\s]+))(?:\s+\"[^\"]*\")?\s*\)"
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was asked for with the call."""

    paths: tuple[Path, ...]
    space: str
    date: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note that is ready to be written."""

    path: Path
    text: str
    pictures: Mapping[str, bytes]
    """By file name, to lie beside the note."""
    draft: Draft
    left: tuple[Left, ...]


def run_import(settings: Settings, words: Catalogue, wanted: Wanted, say: Say) -> int:
    """Import files, each with a report.

    Returns:
        0, or 1 where anything could not be imported.
    """
    made = build(settings.root, settings.spaces, settings.options)
    if not wanted.space and len(made.library.spaces) == 1:
        wanted = replace(wanted, space=next(iter(made.library.spaces)))
    if not _has_space(wanted.space, made, settings.spaces):
        known = ", ".join(made.library.spaces)
        say(
            words.text(
                "import.no-space" if wanted.space else "import.which-space", space=wanted.space, known=known
            )
        )
        return 1
    importer = Importer(settings, words, wanted, made, say)
    failed = [path for path in wanted.paths for one in files_in(path) if not importer.take(one, path)]
    say(words.plural("import.done", importer.written))
    return 1 if failed or not importer.written else 0


def _has_space(space: str, made: Build, spaces: Path) -> bool:
    held = {h.entry.id for h in made.admission.held}
    return slug_of(space) == space != "" and (
        space in made.library.spaces or space in held or (spaces / space).is_dir()
    )


def files_in(path: Path) -> list[Path]:
    """Give a file, or every file below a folder, in order; links are not followed."""
    if path.is_symlink() or not path.is_dir():
        return [path]
    found: list[Path] = []
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(folder) / name for name in sorted(names) if not name.startswith((".", "~$"))]
        if len(found) > MAX_FILES:
            break
    return [one for one in found[:MAX_FILES] if one.suffix.casefold() not in PICTURES]


class Importer:
    """Imports one file after another into one space."""

    def __init__(self, settings: Settings, words: Catalogue, wanted: Wanted, made: Build, say: Say) -> None:
        self._settings = settings
        self._words = words
        self._wanted = wanted
        self._made = made
        self._say = say
        self._cues = cues_of(made)
        self.written = 0

    def take(self, path: Path, top: Path) -> bool:
        """Import a file; whether nothing stood in the way."""
        shown = str(path.relative_to(top)) if path != top else path.name
        if path != top and not is_known(path.name):
            self._say(self._words.text("import.passed-over", file=shown))
            return True
        try:
            documents = _documents(path)
        except ManuscriptError as error:
            self._say(self._words.text(f"import.cannot.{error}", file=shown))
            return False
        outcomes = [self._write(_with_neighbours(document, path), shown) for document in documents]
        return all(outcomes)

    def _write(self, document: Manuscript, shown: str) -> bool:
        name = shown if document.name == PurePosixPath(shown).name else f"{shown} → {document.name}"
        found = draft(document, self._cues)
        found = replace(
            found,
            title=self._wanted.title or found.title,
            date=self._wanted.date or found.date,
            date_from="given" if self._wanted.date else found.date_from,
        )
        if not found.date:
            self._say(self._words.text("import.no-date", file=name))
            return False
        note = self._note(document, found)
        if why := self._problem(note):
            self._say(self._words.text("import.not-written", file=name, why=why))
            return False
        for picture, data in note.pictures.items():
            create_file(note.path.parent / picture, data)
        create_file(note.path, note.text.encode())
        self.written += 1
        self._say("\n".join(report(note, name, self._settings.root, self._words)))
        return True

    def _note(self, document: Manuscript, found: Draft) -> Note:
        """Make the note, with its pictures renamed to lie beside it."""
        stem = f"{found.date}-{slug_of(found.title)}"[:MAX_ID].strip("-")
        path = self._settings.spaces / self._wanted.space / "harvests" / f"{stem}.md"
        pictures, names, refused = _pictures(document, stem)
        body, remote = with_names(found.body, names)
        found = replace(found, body=body)
        told = [found.title, found.date, found.participants, body, *found.reflections.values()]
        told += [heading for heading, _ in found.matched]
        left = (*found.left, *refused, *remote, *lost(document, told))
        return Note(path=path, text=note_text(found, self._words), pictures=pictures, draft=found, left=left)

    def _problem(self, note: Note) -> str:
        """Say why a note cannot be written; nothing where it can."""
        for name in (note.path.name, *note.pictures):
            if (note.path.parent / name).exists():
                return self._words.text("import.exists", path=name)
        complaints = complaints_of(note, self._made.vocabulary, self._settings.root)
        return "; ".join(sentence_of(found, self._words) for found in complaints)


def _documents(path: Path) -> list[Manuscript]:
    data = read_regular(path, MAX_BYTES)
    if data is None:
        raise ManuscriptError("unreadable")
    return list(read_manuscripts(path.name, data))


def complaints_of(note: Note, vocabulary: Vocabulary, root: Path) -> list[Diagnostic]:
    """Read what is about to be written as the library would."""
    shown = note.path.relative_to(root).as_posix() if note.path.is_relative_to(root) else note.path.name
    report_ = Report()
    context = Context(path=shown, report=report_, vocabulary=vocabulary)
    source = read_source(note.text.encode(), context.complain)
    if source is not None:
        read_entry(Place(kind=Kind.HARVEST, id="-", space="", path=shown), source, context)
        for line in excessive_lines(source.body, source.body_line):
            context.complain("too-much-markup", line)
    return report_.sorted()


def cues_of(made: Build) -> Cues:
    """Gather what headings and lines can be told by, in every language of the site."""
    questions: dict[str, str] = {}
    participants: set[str] = set()
    for language in LANGUAGES:
        words = catalogue_of(language)
        participants |= {slug_of(label) for label in words.text("import.cue.participants").split("|")}
        for question, term in made.vocabulary.section("questions").items():
            key = f"import.cue.{question}"
            cues = words.text(key).split("|") if words.has(key) else []
            for called in (question, words.localised(term.label), *cues):
                questions.setdefault(slug_of(called), question)
    practices: dict[tuple[str, ...], str] = {}
    for practice, record in made.library.practices.items():
        aliases = record.entry.aliases if record.entry else ()
        for called in (record.title, practice, *(alias.rpartition("/")[2] for alias in aliases)):
            practices.setdefault(tuple(_words(called)), practice)
    questions.pop("", None)
    return Cues(questions=questions, participants=frozenset(participants - {""}), practices=practices)


def _words(called: str) -> list[str]:
    return re.findall(r"\w+", called.casefold())


# Pictures.


def _with_neighbours(document: Manuscript, path: Path) -> Manuscript:
    """Add the pictures that a text of somebody's own folder shows from just there."""
    known = {name for name, _ in document.pictures}
    found: dict[str, bytes] = {}
    for match in _PICTURE.finditer(document.markdown):
        target = match[2] or match[3]
        inside = PurePosixPath(target)
        if target in known or "//" in target or inside.is_absolute() or ".." in inside.parts:
            continue
        data = read_regular(path.parent / inside, MAX_PICTURE)
        if data is not None:
            found[target] = data
    return replace(document, pictures=(*document.pictures, *found.items()))


def _pictures(document: Manuscript, stem: str) -> tuple[dict[str, bytes], dict[str, str], list[Left]]:
    """Make the pictures that will lie beside the note, without what they carry along.

    Returns:
        Bytes by file name, the file name by what the document calls it, and what could not be taken over.
    """
    made: dict[str, bytes] = {}
    names: dict[str, str] = {}
    refused: list[Left] = []
    for target, data in document.pictures:
        extension = next((ending for sign, ending in _SIGNATURES if data.startswith(sign)), ".png")
        try:
            picture = published(data, extension)
        except PictureError:
            refused.append(Left(what="picture", words=target))
            continue
        names[target] = f"{stem}-{len(names) + 1}{PurePosixPath(picture.name).suffix}"
        made[names[target]] = picture.data
    return made, names, refused


def with_names(body: str, names: Mapping[str, str]) -> tuple[str, list[Left]]:
    """Let a body show its pictures by their new names; of others only the words and the address stay."""
    gone: list[Left] = []

    def replaced(match: re.Match[str]) -> str:
        target = match[2] or match[3]
        if target in names:
            return f"![{match[1]}]({names[target]})"
        gone.append(Left(what="remote", words=target))
        return match[1]

    return _PICTURE.sub(replaced, body), gone


# The report.


def report(note: Note, name: str, root: Path, words: Catalogue) -> Iterator[str]:
    """Tell what was understood, what stayed in the body, what is not in the note and what is missing."""
    found = note.draft
    path = note.path.relative_to(root).as_posix() if note.path.is_relative_to(root) else str(note.path)
    yield words.text("import.written", file=name, path=path)
    yield words.text("import.title", title=found.title)
    yield words.text(f"import.date.{found.date_from}", date=found.date)
    if found.participants:
        yield words.text("import.participants", count=found.participants)
    if found.practices:
        yield words.text("import.practices", practices=", ".join(found.practices))
    for heading, question in found.matched:
        yield words.text("import.answer", heading=heading, question=question)
    if note.pictures:
        yield words.text("import.pictures", pictures=", ".join(note.pictures))
    if found.kept:
        yield words.text("import.kept", headings=" · ".join(found.kept))
    for left in note.left:
        yield words.text(f"import.left.{left.what}", words=left.words)
    yield words.text("import.missing")
