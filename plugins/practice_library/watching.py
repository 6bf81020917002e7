"""What a page looks at while it is rendered, so that it is made again when just that has changed.

In: a `Build`. Out: the same build with a library that notes every look taken at it, and the state of
whatever was looked at, as a digest. A page whose own facts and whose looks have the states they had is the
page it was. Called by `publishing`; it knows nothing of templates, and nothing has to be declared.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from .build import Build, Options
from .library import Library, Ref
from .model import Entry, Harvest, Output, Practice, Space, kind_of
from .pages import Page

APART: Final = ("body", "body_line", "lines", "quotes", "reflections", "resources")
"""What of an entry few pages look at: each is a look of its own, and not part of what all pages see."""
_BUILD_PARTS: Final = frozenset({"options", "words", "vocabulary", "library", "pictures"})
"""What of a build is watched piece by piece or told once; a look at anything else has no lasting state."""
_BETWEEN: Final = "\t"
_ALL: Final = "*"
_HOW_MANY: Final = "#"

Note = Callable[[str], None]


class Watch:
    """A build that notes what is looked at, and can tell the state of each look."""

    def __init__(self, build: Build) -> None:
        self._seen: set[str] = set()
        self._states: dict[str, str] = {}
        self._build = build
        self._watch_entries(build.library)
        self._tables = _tables(build.library)
        note = self._seen.add
        watched: dict[str, Any] = {name: _Table(name, table, note) for name, table in self._tables.items()}
        pictures = _Table("pictures", build.pictures, note)
        self._tables["pictures"] = build.pictures
        options = _as(_watched_options(note), replace(build.options))
        library = replace(build.library, **watched)
        whole = replace(build, options=options, library=library, pictures=pictures)
        self.build = _as(_watched_build(note), whole)
        """What is handed to whoever renders."""

    def looks(self, act: Callable[[], object]) -> frozenset[str]:
        """Do something, and give what it looked at."""
        before = frozenset(self._seen)
        self._seen.clear()
        try:
            act()
            return frozenset(self._seen)
        finally:
            self._seen.clear()
            self._seen.update(before)

    def state(self, look: str) -> str:
        """Tell the state of what was looked at, as a digest; empty for what cannot be told."""
        known = self._states.get(look)
        if known is None:
            known = self._states[look] = self._found(look)
        return known

    def states(self, looks: Iterable[str]) -> str:
        """Tell the state of many looks in one, in their order; empty where one of them cannot be told."""
        known = self._states
        told = [known.get(look) or self.state(look) for look in looks]
        return digest_of("".join(told)) if all(told) else ""

    def constant(self) -> str:
        """Tell the state of what every page may look at unnoticed: the vocabulary, the options, the rest."""
        library = {f.name: getattr(self._build.library, f.name) for f in fields(Library)}
        told = {name: value for name, value in library.items() if name not in self._tables}
        options = {f.name: getattr(self._build.options, f.name) for f in fields(Options) if f.name != "today"}
        return digest_of(repr((told, options, self._build.words.language)))

    def _watch_entries(self, library: Library) -> None:
        """Make every entry note who looks at its longer parts; the facts themselves stay as they are."""
        kinds = {kind: _watched_entry(kind, self._seen.add) for kind in (Space, Harvest, Practice, Output)}
        by_name = {kind.__name__: watched for kind, watched in kinds.items()}
        for entry in library.entries():
            object.__setattr__(entry, "__class__", by_name[type(entry).__name__])
        self._entries = {f"{kind_of(entry)}:{entry.id}": entry for entry in library.entries()}

    def _found(self, look: str) -> str:
        table, _, key = look.partition(_BETWEEN)
        if table in self._tables:
            return self._table_state(self._tables[table], key)
        if table == "options":
            return digest_of(str(self._build.options.today))
        if table in APART and key in self._entries:
            return digest_of(repr(self._entries[key].__dict__[table]))
        return ""

    @staticmethod
    def _table_state(table: Mapping[Any, Any], key: str) -> str:
        if key == _ALL:
            return digest_of(repr(list(table.items())))
        if key == _HOW_MANY:
            return str(len(table))
        value = table.get(key, _NONE)
        if value is _NONE:
            value = table.get(_ref_of(key), _NONE)
        return digest_of(repr(value)) if value is not _NONE else "-"


def page_state(page: Page) -> str:
    """Tell the state of what a page is told about itself."""
    return digest_of(repr(page))


def digest_of(text: str | bytes) -> str:
    """Give a short digest of a text."""
    data = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    return hashlib.blake2b(data, digest_size=12).hexdigest()


_NONE: Final = object()


def _tables(library: Library) -> dict[str, Mapping[Any, Any]]:
    """Give the tables of a library by name."""
    found = {field.name: getattr(library, field.name) for field in fields(library)}
    return {name: value for name, value in found.items() if isinstance(value, Mapping)}


def _told(key: object) -> str:
    return f"{key.kind}:{key.id}" if isinstance(key, Ref) else str(key)


def _ref_of(key: str) -> Ref:
    kind, _, found = key.partition(":")
    return Ref(kind=kind, id=found)


class _Table(dict[Any, Any]):
    """A table of a library that notes which of its rows were looked at."""

    def __init__(self, name: str, table: Mapping[Any, Any], note: Note) -> None:
        super().__init__(table)
        self._prefix = f"{name}{_BETWEEN}"
        self._note = note
        self._makes_lists = isinstance(table, defaultdict)

    def _look(self, key: object) -> None:
        self._note(self._prefix + (key if type(key) is str else _told(key)))

    def __getitem__(self, key: object) -> Any:  # noqa: ANN401 - as the table's
        self._look(key)
        return super().__getitem__(key)

    def __missing__(self, key: object) -> Any:  # noqa: ANN401
        if self._makes_lists:
            return []
        raise KeyError(key)

    def get(self, key: object, default: Any = None) -> Any:  # noqa: ANN401
        self._look(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._look(key)
        return super().__contains__(key)

    def __len__(self) -> int:
        self._look(_HOW_MANY)
        return super().__len__()

    def __bool__(self) -> bool:
        return len(self) > 0

    def __iter__(self) -> Iterator[Any]:
        self._look(_ALL)
        return super().__iter__()

    def __reversed__(self) -> Iterator[Any]:
        self._look(_ALL)
        return super().__reversed__()

    def __eq__(self, other: object) -> bool:
        self._look(_ALL)
        return super().__eq__(other)

    __hash__ = None

    def keys(self) -> Any:  # noqa: ANN401 - a view, whose type has no public name
        self._look(_ALL)
        return super().keys()

    def values(self) -> Any:  # noqa: ANN401
        self._look(_ALL)
        return super().values()

    def items(self) -> Any:  # noqa: ANN401
        self._look(_ALL)
        return super().items()


def _as(kind: type[Any], value: Any) -> Any:  # noqa: ANN401 - a value of a kind made while running
    """Make a value one of a kind that watches it."""
    object.__setattr__(value, "__class__", kind)
    return value


def _watched_entry(kind: type[Entry], note: Note) -> type[Entry]:
    """Make the kind of entry that notes who looks at its longer parts, and whose form is a digest."""
    apart: dict[str, Any] = {
        name: _noting(name, note) for name in APART if name in {f.name for f in fields(kind)}
    }
    seen_by_all = [field.name for field in fields(kind) if field.name not in APART]

    def card(self: Entry) -> str:
        told = self.__dict__.get("_card")
        if told is None:
            shown = repr([self.__dict__[name] for name in seen_by_all])
            told = self.__dict__["_card"] = f"<{kind_of(self)}:{self.id} {digest_of(shown)}>"
        return str(told)

    return type(kind.__name__, (kind,), {**apart, "__repr__": card})


def _noting(name: str, note: Note) -> property:
    def look(self: Entry) -> object:
        note(f"{name}{_BETWEEN}{kind_of(self)}:{self.id}")
        return self.__dict__[name]

    def keep(self: Entry, value: object) -> None:
        self.__dict__[name] = value

    return property(look, keep)


def _watched_options(note: Note) -> type[Options]:
    """Make the options that note who asks for the day: every other day is another state."""

    def look(self: Options) -> object:
        note(f"options{_BETWEEN}today")
        return self.__dict__["today"]

    def keep(self: Options, value: date) -> None:
        self.__dict__["today"] = value

    return type("Options", (Options,), {"today": property(look, keep)})


def _watched_build(note: Note) -> type[Build]:
    """Make the build that notes who looks at a part that has no lasting state."""

    def part(name: str) -> property:
        def look(self: Build) -> object:
            note(f"unwatched{_BETWEEN}{name}")
            return self.__dict__[name]

        def keep(self: Build, value: object) -> None:
            self.__dict__[name] = value

        return property(look, keep)

    others = {field.name: part(field.name) for field in fields(Build) if field.name not in _BUILD_PARTS}
    return type("Build", (Build,), others)
