"""From the `spaces/` folder to entries: which files there are, what each is, and what each says.

In: the folder. Out: `Sources`, and every complaint of the run in the report. Only regular files with
known names in known places are read; anything else is an error, never a copy.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

from .diagnostics import Report
from .front_matter import MAX_FILE, FrontMatterError, is_control, read_text
from .model import AnyEntry, Harvest, Kind, Output, Practice, Sources, Space
from .readings import File, Readings
from .regular_files import read_regular
from .schema import Place
from .slugs import is_id, slug_of
from .vocabulary import MAX_VOCABULARY, Vocabulary, read_vocabulary

VOCABULARY_FILE: Final = "vocabulary.yml"
WITHDRAWN_FILE: Final = "withdrawn.txt"
PLACEHOLDER: Final = ".gitkeep"
SPACE_FILE: Final = "space.md"
PICTURES: Final = (".png", ".jpg", ".jpeg", ".webp")
FOLDERS: Final = {"harvests": Kind.HARVEST, "practices": Kind.PRACTICE, "outputs": Kind.OUTPUT}
SHELF: Final = ("practices", "outputs")
"""Folders of `spaces/` itself, for what no one space stewards."""

_E = TypeVar("_E", Space, Harvest, Practice, Output)


@dataclass(kw_only=True)
class Loaded:
    """What a folder held."""

    sources: Sources = field(default_factory=Sources)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    unread: set[str] = field(default_factory=set)
    """Ids of what could not be read: nobody else is to be blamed for naming them."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """In which space's folder each picture file lies, by its path from the project's root; empty for none."""


class _Item(NamedTuple):
    """A regular file or a folder of the content folder."""

    path: str
    shown: str
    """Its name for complaints, in letters that every terminal can write and nobody mistakes."""
    name: str
    stem: str
    suffix: str
    is_dir: bool


def load(
    root: Path,
    folder: Path,
    report: Report,
    instead: Mapping[str, bytes] = MappingProxyType({}),
    readings: Readings | None = None,
) -> Loaded:
    """Read everything under a `spaces/` folder.

    Args:
        root: the project's root; complaints name files from here.
        folder: the folder with the content; absent is as good as empty.
        report: takes every complaint.
        instead: what to read in the place of files that are there, by the path that complaints name.
        readings: what was read before.
    """
    return _Loader(root, folder, report, instead, readings or Readings()).load()


class _Loader:
    """Goes through one content folder, once."""

    def __init__(
        self, root: Path, folder: Path, report: Report, instead: Mapping[str, bytes], readings: Readings
    ) -> None:
        self._instead = instead
        self._readings = readings
        self._found: list[File] = []
        self._root = root
        self._folder = folder
        self._report = report
        self._loaded = Loaded()
        self._entries: list[AnyEntry] = []
        self._places: dict[str, str] = {}
        self._pictures: dict[str, str] = {}

    def load(self) -> Loaded:
        top = self._list(str(self._folder), self._named) if self._folder.exists() else []
        files = {item.name: item for item in top if not item.is_dir}
        if VOCABULARY_FILE in files:
            self._read_vocabulary(files[VOCABULARY_FILE])
        elif os.path.lexists(self._folder / VOCABULARY_FILE):
            self._loaded.vocabulary = Vocabulary(unread=True)
        for item in top:
            if item.is_dir and item.name in {VOCABULARY_FILE, WITHDRAWN_FILE}:
                self._report.add("not-a-regular-file", item.shown)
            elif item.is_dir:
                self._read_folder(item)
            else:
                self._read_top_file(item)
        self._read_found()
        self._check_spaces()
        self._loaded.sources = self._sources(files.get(WITHDRAWN_FILE))
        self._loaded.pictures = self._pictures
        return self._loaded

    @property
    def _named(self) -> str:
        """The content folder's name for complaints."""
        inside = self._folder.is_relative_to(self._root)
        return _shown((self._folder.relative_to(self._root) if inside else self._folder).as_posix())

    def _list(self, folder: str, shown: str) -> list[_Item]:
        """List a folder in a stable order, without links, pipes and twins."""
        try:
            found = sorted(os.scandir(folder), key=lambda item: item.name)
        except OSError:
            self._report.add("unreadable", shown)
            return []
        twins: dict[str, str] = {}
        return [item for entry in found if (item := self._item(entry, shown, twins))]

    def _item(self, entry: os.DirEntry[str], folder: str, twins: dict[str, str]) -> _Item | None:
        """Take in what a folder holds, or complain and give nothing."""
        name, is_dir = entry.name, entry.is_dir(follow_symlinks=False)
        shown = _shown(f"{folder}/{name}")
        folded = name.casefold() if name.isascii() else unicodedata.normalize("NFKC", name).casefold()
        if not (is_dir or entry.is_file(follow_symlinks=False)):
            self._report.add("not-a-regular-file", shown)
        elif not _is_plain(name) and any(map(_is_unseen, name)):
            self._report.add("bad-name", shown, name=shown.rpartition("/")[2])
        elif name.startswith((".", "~$")) and name != PLACEHOLDER:
            self._report.add("wrong-place" if is_dir else "unknown-file", shown)
        elif twins.setdefault(folded, shown) != shown:
            self._report.add("twin-name", shown, twin=twins[folded])
        else:
            stem, suffix = _divided(name)
            return _Item(entry.path, shown, name, stem, suffix, is_dir)
        return None

    def _bytes_of(self, item: _Item, limit: int) -> bytes | None:
        data = self._instead.get(item.shown)
        return read_regular(item.path, limit) if data is None else data

    def _read_bytes(self, item: _Item, limit: int) -> bytes | None:
        data = self._bytes_of(item, limit)
        if data is None:
            self._report.add("unreadable", item.shown)
        return data

    def _read_vocabulary(self, item: _Item) -> None:
        data = self._read_bytes(item, MAX_VOCABULARY)
        if data is not None:
            self._loaded.vocabulary = read_vocabulary(data, item.shown, self._report)

    def _read_top_file(self, item: _Item) -> None:
        if item.name in {VOCABULARY_FILE, WITHDRAWN_FILE} or _is_placeholder(item):
            return
        if item.suffix != ".md":
            self._unknown_file(item)
            return
        found = self._space_id_of(item.stem, item)
        if found:
            self._read_entry(Place(kind=Kind.SPACE, id=found, space="", path=item.shown), item)

    def _unknown_file(self, item: _Item) -> None:
        """Name a file that has no business here, and say whether it is only in the wrong place."""
        self._report.add("wrong-place" if item.suffix == ".md" else "unknown-file", item.shown)

    def _read_folder(self, folder: _Item) -> None:
        if folder.name in SHELF:
            self._read_entries(folder, "", FOLDERS[folder.name])
            return
        space = self._space_id_of(folder.name, folder)
        if not space:
            return
        for item in self._list(folder.path, folder.shown):
            if item.is_dir:
                self._read_subfolder(item, space)
            elif item.name == SPACE_FILE:
                self._read_entry(Place(kind=Kind.SPACE, id=space, space="", path=item.shown), item)
            elif item.suffix in PICTURES:
                self._pictures[item.shown] = space
            elif not _is_placeholder(item):
                self._unknown_file(item)

    def _read_subfolder(self, folder: _Item, space: str) -> None:
        if folder.name in FOLDERS:
            self._read_entries(folder, space, FOLDERS[folder.name])
        else:
            self._report.add("wrong-place", folder.shown)

    def _read_entries(self, folder: _Item, space: str, kind: Kind) -> None:
        for item in self._list(folder.path, folder.shown):
            if item.is_dir:
                self._report.add("wrong-place", item.shown)
            elif item.suffix in PICTURES:
                self._pictures[item.shown] = space
            elif item.suffix != ".md":
                if not _is_placeholder(item):
                    self._unknown_file(item)
            elif found := self._id_of(item.stem, item):
                entry_id = f"{space}/{found}" if kind is Kind.HARVEST else found
                self._read_entry(Place(kind=kind, id=entry_id, space=space, path=item.shown), item)

    def _space_id_of(self, name: str, item: _Item) -> str:
        """Give the id of a space, which cannot be called as a shelf is, in any capitals."""
        found = self._id_of(name, item)
        if found not in SHELF:
            return found
        self._report.add("bad-name", item.shown, name=name)
        return ""

    def _id_of(self, name: str, item: _Item) -> str:
        """Give the id that a file or folder name stands for, or complain and give nothing."""
        found = slug_of(name)
        if is_id(found) and found != "space":
            return found
        self._report.add("bad-name", item.shown, name=name)
        return ""

    def _read_entry(self, place: Place, item: _Item) -> None:
        """Take a file for an entry, to be read with all others."""
        if self._is_twin(place):
            self._unread(place)
        else:
            self._found.append((place, partial(self._bytes_of, item, MAX_FILE)))

    def _read_found(self) -> None:
        """Read every file that is an entry, and take in what they say, in their order."""
        readings = self._readings.read(self._found, self._loaded.vocabulary)
        for (place, _), reading in zip(self._found, readings, strict=True):
            self._report.diagnostics.extend(reading.complaints)
            entry = reading.entry
            if entry is None:
                self._unread(place)
                self._loaded.unread |= reading.firsts
            elif entry.id == place.id or not self._is_twin(replace(place, id=entry.id)):
                self._entries.append(entry)

    def _unread(self, place: Place) -> None:
        self._loaded.unread.add(place.id)

    def _is_twin(self, place: Place) -> bool:
        """Complain when two files of one folder, or two spaces, come to one id."""
        parent = place.path.rpartition("/")[0] if place.kind is not Kind.SPACE else ""
        key = f"{place.kind}:{parent}:{place.id}"
        other = self._places.setdefault(key, place.path)
        if other != place.path:
            self._report.add("twin-name", place.path, twin=other)
        return other != place.path

    def _check_spaces(self) -> None:
        """Complain, once a folder, about notes that lie in a folder without a space."""
        known = {entry.id for entry in self._entries if isinstance(entry, Space)} | self._loaded.unread
        told: set[str] = set()
        for entry in self._entries:
            orphan = entry.space and entry.space not in known
            if orphan and entry.space not in told:
                told.add(entry.space)
                folder = "/".join(entry.path.split("/")[:-2])
                self._report.add("no-space", entry.path, file=f"{folder}/{SPACE_FILE}")

    def _sources(self, withdrawn: _Item | None) -> Sources:
        return Sources(
            spaces=tuple(self._of(Space)),
            harvests=tuple(self._of(Harvest)),
            practices=tuple(self._of(Practice)),
            outputs=tuple(self._of(Output)),
            withdrawn=tuple(self._withdrawn_ids(withdrawn)) if withdrawn else (),
        )

    def _of(self, kind: type[_E]) -> Iterator[_E]:
        return (entry for entry in self._entries if isinstance(entry, kind))

    def _withdrawn_ids(self, item: _Item) -> Iterator[str]:
        """Read the list of withdrawn ids: `kind:id` a line, `#` begins a comment."""
        data = self._read_bytes(item, MAX_VOCABULARY) or b""
        try:
            lines = read_text(data, MAX_VOCABULARY).split("\n")
        except FrontMatterError as error:
            self._report.add(error.code, item.shown, error.line, **error.values)
            return
        for number, line in enumerate(lines, 1):
            text = line.partition("#")[0].strip()
            kind, _, found = text.partition(":")
            if not text:
                continue
            parts = found.split("/")
            if kind in set(Kind) and len(parts) == 1 + (kind == Kind.HARVEST) and all(map(is_id, parts)):
                yield text
            else:
                self._report.add("bad-withdrawn-line", item.shown, number, value=text)


def _divided(name: str) -> tuple[str, str]:
    """Give the stem and the suffix of a file's name, as `pathlib` does, which takes longer."""
    stem, _, suffix = name.rpartition(".")
    return (stem, f".{suffix}") if stem and suffix else (name, "")


def _is_placeholder(item: _Item) -> bool:
    return item.name == PLACEHOLDER and Path(item.path).stat().st_size == 0


def _shown(name: str) -> str:
    """Write a file's name in letters that every terminal can write and nobody mistakes."""
    return name if _is_plain(name) else "".join("\ufffd" if _is_unseen(c) else c for c in name)


def _is_plain(name: str) -> bool:
    """Whether a name has only common letters, none of which hides anything (the quick way through)."""
    return name.isascii() and name.isprintable()


def _is_unseen(character: str) -> bool:
    """Whether a character of a name could break a line, hide words, or is no character at all."""
    return character in "\t\n" or is_control(character)
