"""Finished pages, and files of the search, kept on disk from build to build: only ever a cache.

In: pages as they were built, with what they were built from. Out: those whose facts are still the same. What
is damaged, foreign or of another time is as good as absent, and what the last build did not use is removed
with it: nothing is here that the last site did not show. A folder serves one edition in one language.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2.bccache import Bucket, FileSystemBytecodeCache

FOLDER: Final = ".cache/practice-library"
"""Where caches lie, from the project's root."""
TEMPLATES: Final = "templates"
"""Where compiled templates lie in it."""
SEARCH: Final = "search"
"""Under which name the words of documents lie in the folder of an edition."""
_COMPILED: Final = "quick-2-%s.cache"
"""What a compiled template is called; another name where they are compiled in another way."""
_INDEX: Final = "pages.json"
_OBJECTS: Final = "pages"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One page as it was built."""

    facts: str
    """The state of what it was told about itself."""
    looks: tuple[str, ...]
    """What else it looked at."""
    states: str
    """The state of all that."""
    output: str
    """The digest of its HTML, under which it is kept."""
    anchors: tuple[str, ...] = ()
    """The ids on it that may be linked to."""
    points: tuple[tuple[str, str, str], ...] = ()
    """Anchors of other pages it links to: the page's source, the anchor, the link as written."""


class CompiledTemplates(FileSystemBytecodeCache):
    """Templates as Jinja compiled them, by their source; never raises for want of a place to keep them."""

    def __init__(self, folder: Path) -> None:
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder), _COMPILED)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a template; one that cannot be read is compiled anew."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, TypeError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


class PageCache:
    """The pages of one edition, and what else its site is made of."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; nothing is touched yet."""
        self._folder = folder
        self._objects = folder / _OBJECTS

    def load(self, key: str) -> dict[str, Kept]:
        """Give what was kept by a build that had the same templates, options and versions."""
        try:
            told = json.loads((self._folder / _INDEX).read_bytes())
            return _read(told) if told["key"] == key else {}
        except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
            return {}

    def save(self, key: str, pages: Mapping[str, Kept], others: Iterable[str] = ()) -> None:
        """Keep just these pages; never raises, since a cache that cannot be written is no cache.

        Args:
            key: what all pages hang on: templates, options, versions.
            pages: the pages by their sources.
            others: the digests of what else is to stay.
        """
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            new = self._folder / f"{_INDEX}.new"
            new.write_text(json.dumps(_told(key, pages), separators=(",", ":")), encoding="utf-8")
            new.replace(self._folder / _INDEX)
            self._prune({*(kept.output for kept in pages.values()), *others})

    def clear(self) -> None:
        """Remove all of them, where none is of use any more."""
        shutil.rmtree(self._objects, ignore_errors=True)
        with suppress(OSError):
            (self._folder / _INDEX).unlink(missing_ok=True)

    def holds(self, output: str) -> bool:
        """Whether a page is here and whole."""
        try:
            if len(output) != _LENGTH:
                return False
            with open(self.path(output), "rb", buffering=0) as file:  # noqa: PTH123 - ten thousand
                return digest_of(file.read()) == output
        except (OSError, ValueError):
            return False

    def put(self, data: bytes) -> str:
        """Keep a page, or what else a site is made of; give its digest.

        Raises:
            OSError: it could not be written.
        """
        output = digest_of(data)
        path = self.path(output)
        try:
            _write_new(path, data)
        except FileNotFoundError:
            _make_folder_of(path)
            _write_new(path, data)
        except FileExistsError:
            if not self.holds(output):
                new = Path(f"{path}.{os.getpid()}")
                new.write_bytes(data)
                new.replace(path)
        return output

    def deposit(self, make: Callable[[], Mapping[str, bytes]]) -> dict[str, str | bytes]:
        """Make files, and keep them.

        Args:
            make: gives their content by name.

        Returns:
            The digest of each by its name; of one that could not be kept, the content.
        """
        given: dict[str, str | bytes] = {}
        for name, data in make().items():
            try:
                given[name] = self.put(data)
            except OSError:
                given[name] = data
        return given

    def place(self, output: str, target: str, *, link: bool) -> None:
        """Put a page where it belongs: the same file under a second name, or a copy.

        Raises:
            OSError: neither could be done.
        """
        source = self.path(output)
        if link and _linked(source, target):
            return
        with suppress(FileNotFoundError):
            os.unlink(target)  # noqa: PTH108 - ten thousand
        _make_folder_of(target)
        if not (link and _linked(source, target)):
            shutil.copyfile(source, target)

    def path(self, output: str) -> str:
        """Give the path of a page's file, by its digest."""
        return f"{self._objects}/{output[:2]}/{output}"

    def _prune(self, used: Iterable[str]) -> None:
        wanted = set(used)
        for folder in os.scandir(self._objects):
            for item in os.scandir(folder.path) if folder.is_dir(follow_symlinks=False) else ():
                if item.name not in wanted:
                    os.unlink(item.path)  # noqa: PTH108 - ten thousand of them
            with suppress(OSError):
                os.rmdir(folder.path)  # noqa: PTH106


def _linked(source: str, target: str) -> bool:
    """Give a file a second name, where that can be done."""
    try:
        os.link(source, target)
    except OSError:
        return False
    return True


def _make_folder_of(path: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - ten thousand


def digest_of(data: bytes) -> str:
    """Give the digest under which a page is kept: one that a browser can compute, too."""
    return hashlib.sha256(data).hexdigest()[:_LENGTH]


_LENGTH: Final = 32


def _write_new(path: str, data: bytes) -> None:
    """Write a file that is not there yet; half of one does no harm: who takes it holds it to its name."""
    try:
        with open(path, "xb", buffering=0) as file:  # noqa: PTH123 - ten thousand
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
    except FileExistsError:
        raise
    except OSError:
        Path(path).unlink(missing_ok=True)
        raise


def _told(key: str, pages: Mapping[str, Kept]) -> dict[str, Any]:
    """Write pages as JSON, each look named once."""
    looks = sorted({look for kept in pages.values() for look in kept.looks})
    number = {look: place for place, look in enumerate(looks)}
    rows = {
        source: [
            kept.facts,
            sorted(number[look] for look in kept.looks),
            kept.states,
            kept.output,
            kept.anchors,
            kept.points,
        ]
        for source, kept in sorted(pages.items())
    }
    return {"key": key, "looks": looks, "pages": rows}


def _read(told: Any) -> dict[str, Kept]:  # noqa: ANN401 - whatever a file held
    looks = told["looks"]
    return {
        source: Kept(
            facts=facts,
            looks=tuple(looks[place] for place in places),
            states=states,
            output=output,
            anchors=tuple(anchors),
            points=tuple((a, b, c) for a, b, c in points),
        )
        for source, (facts, places, states, output, anchors, points) in told["pages"].items()
    }
