"""Which pages the site has, and what each is about.

In: the library. Out: a `Page` for every entry, term, index and tombstone: where it lies, which template
makes it and what the template is given. Nothing is rendered here; `render` does that page by page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from .addresses import FIND, HOME, INDEXES, MAP, index_of, source_of, url_of
from .catalogue import Catalogue
from .diagnostics import Report
from .doors import DOORS, SHEETS, Door, Sheet
from .library import Library, Ref
from .links import TERM_KINDS
from .listings import long_lists
from .lists import LongList, PartPage, part_pages
from .model import Entry, Kind
from .shelves import Shelf, shelves_of
from .vocabulary import TERM_PAGES

CONTRIBUTE: Final = "contribute/index.md"
GUIDE: Final = "contribute/guide/index.md"
"""Written by hand, where there is one."""
FIELDS: Final = "contribute/fields.md"
FORMS: Final = {kind: f"contribute/{kind.value}.md" for kind in (Kind.HARVEST, Kind.SPACE, Kind.PRACTICE)}
"""Pages with a form, by the kind of entry that it makes."""
PAPER: Final = "contribute/paper.md"
DIAGNOSTICS: Final = "contribute/diagnostics.md"
MISTAKES: Final = "contribute/mistakes.md"
_TERM_KIND: Final = {section: kind for kind, section in TERM_KINDS.items()}


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of the site before it is rendered."""

    source: str
    """Its path below the docs, ending in `.md`."""
    template: str
    """The template's name, without `.html.jinja`."""
    title: str
    description: str = ""
    ref: Ref | None = None
    """The entry or term it is about."""
    entry: Entry | None = None
    """The entry whose text it carries."""
    language: str = ""
    """The language of that text, where it is not the site's."""
    edit_path: str = ""
    """The file to edit, from the project's root."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What else its template is given."""
    lists: Mapping[str, LongList] = field(default_factory=dict)
    """Which of its lists are too long for it, and what it shows of them; others its template finds itself."""
    searched: bool = True
    """Whether readers should find it by searching."""
    listed: bool = True
    """Whether a navigation made of all pages should list it; entries and terms never are."""

    def shown(self, name: str, whole: Sequence[Any]) -> Sequence[Any]:
        """Give what the page shows of one of its lists: the first things of a long one, or all of them."""
        return self.lists[name].first if name in self.lists else whole


@dataclass(frozen=True, kw_only=True)
class Redirect:
    """An old address and where it leads now."""

    source: str
    target: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Every page of the site."""

    pages: tuple[Page, ...]
    redirects: tuple[Redirect, ...] = ()


def plan_pages(library: Library, words: Catalogue, report: Report) -> Plan:
    """Decide which pages there are.

    Args:
        library: what may be shown.
        words: the site's language, for titles.
        report: takes complaints about two things at one address.
    """
    shelves = shelves_of(library, words)
    whole = [
        *_front_pages(words, shelves),
        *_shelf_pages(shelves, words),
        *_door_pages(words),
        *_entry_pages(library),
        *_term_pages(library, words),
        *_initiative_pages(library),
        *_tombstones(library, words),
    ]
    pages = [page for each in whole for page in _with_parts(each, library, words)]
    taken = {url_of(page.source): page for page in pages}
    return Plan(pages=tuple(pages), redirects=tuple(_redirects(pages, taken, report)))


def _front_pages(words: Catalogue, shelves: list[Shelf]) -> Iterator[Page]:
    """The pages that are there whatever the library holds."""
    yield _front(HOME, "home", words)
    yield replace(_front(FIND, "find", words), values={"shelves": shelves})
    yield _front(MAP, "map", words)
    for folder in INDEXES:
        yield _front(index_of(folder), f"index-{folder}", words)
    yield _front(CONTRIBUTE, "contribute", words)
    for kind, source in FORMS.items():
        yield _front(source, f"form-{kind.value}", words)
    yield _front(PAPER, "paper", words)
    yield _front(FIELDS, "fields", words)
    yield _front(DIAGNOSTICS, "diagnostics", words)
    yield _front(MISTAKES, "mistakes", words)


def _front(source: str, template: str, words: Catalogue) -> Page:
    return Page(
        source=source,
        template=template,
        title=words.text(f"page.{template}.title"),
        description=words.text(f"page.{template}.description"),
    )


def with_guide(page: Page) -> Page:
    """Have the page for contributors lead to the guide; leave other pages as they are."""
    if page.source != CONTRIBUTE:
        return page
    return replace(page, values={**page.values, "guide": GUIDE})


def _shelf_pages(shelves: list[Shelf], words: Catalogue) -> Iterator[Page]:
    """Pages for what the finder's own page has no room to list."""
    trail = ((words.text("page.find.title"), FIND),)
    for shelf in shelves:
        title = words.text(f"kinds.{shelf.kind}")
        for part in part_pages(shelf.parts, title, "entries", words) if shelf.apart else ():
            yield _part_page(part, "", trail, words)


def _with_parts(page: Page, library: Library, words: Catalogue) -> Iterator[Page]:
    """Give a page, told what it shows of its long lists, and the pages that show all of them."""
    found = long_lists(library, words, page.ref, page.source)
    if not found:
        yield page
        return
    yield replace(page, lists={long.shown.name: long.shown for long in found})
    folder = page.source.partition("/")[0]
    index = (words.text(f"page.index-{folder}.title"), index_of(folder))
    itself = (page.title, page.source)
    trail = (itself,) if page.source == index[1] else (index, itself)
    language = page.language if page.edit_path else None
    for long in found:
        for part in long.pages:
            yield _part_page(part, page.title, trail, words, language)


def _part_page(
    part: PartPage, of: str, trail: tuple[tuple[str, str], ...], words: Catalogue, language: str | None = None
) -> Page:
    """Make a page of a part of a list; a title that an entry has is in that entry's language."""
    return Page(
        source=part.source,
        template="part",
        title=words.text("list.title-of", of=of, list=part.title) if of else part.title,
        values={"part": part, "of": of, "of_language": language, "trail": trail},
        searched=False,
        listed=False,
    )


def _door_pages(words: Catalogue) -> Iterator[Page]:
    """A way in for each role, and sheets to print; there whatever the library holds."""
    for door in DOORS:
        yield _door(door, words)
    for sheet in SHEETS:
        yield _sheet(sheet, words)


def _door(door: Door, words: Catalogue) -> Page:
    return Page(
        source=door.source,
        template="door",
        title=words.text(f"door.{door.name}.title"),
        description=words.text(f"door.{door.name}.lead"),
        values={"door": door},
        listed=False,
    )


def _sheet(sheet: Sheet, words: Catalogue) -> Page:
    length = words.text(f"sheet.length-{sheet.minutes}")
    return Page(
        source=sheet.source,
        template="sheet",
        title=words.text("sheet.title", length=length, people=words.number(sheet.people)),
        values={"sheet": sheet},
        searched=False,
        listed=False,
    )


def _entry_pages(library: Library) -> Iterator[Page]:
    for space in library.spaces.values():
        yield _of_entry(space, Kind.SPACE, space.purpose)
    for harvest in library.harvests.values():
        yield _of_entry(harvest, Kind.HARVEST, "")
    for practice in library.practices.values():
        yield _of_record(Kind.PRACTICE, practice, practice.entry)
    for output in library.outputs.values():
        yield _of_record(Kind.OUTPUT, output, output.entry)


def _of_entry(entry: Entry, kind: Kind, description: str) -> Page:
    ref = Ref(kind=kind, id=entry.id)
    return Page(
        source=source_of(ref),
        template=kind.value,
        title=entry.title,
        description=_one_line(description),
        ref=ref,
        entry=entry,
        language=entry.language,
        edit_path=entry.path,
    )


def _of_record(kind: Kind, record: Any, entry: Entry | None) -> Page:  # noqa: ANN401 - either record
    ref = Ref(kind=kind, id=record.id)
    return Page(
        source=source_of(ref),
        template=kind.value,
        title=record.title,
        description=_one_line(record.summary),
        ref=ref,
        entry=entry,
        language=record.language,
        edit_path=record.path,
    )


def _one_line(text: str, limit: int = 300) -> str:
    """Shorten a text to one line for a page's description."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1].rsplit(' ', 1)[0]}\u2026"


def _term_pages(library: Library, words: Catalogue) -> Iterator[Page]:
    for section in TERM_PAGES:
        for term in library.vocabulary.section(section).values():
            ref = Ref(kind=_TERM_KIND[section], id=term.id)
            yield Page(
                source=source_of(ref),
                template="type" if section == "types" else "term",
                title=words.localised(term.label),
                description=_one_line(words.localised(term.description)),
                ref=ref,
                values={"term": term},
            )


def _initiative_pages(library: Library) -> Iterator[Page]:
    for initiative in library.initiatives.values():
        ref = Ref(kind="initiative", id=initiative.id)
        yield Page(
            source=source_of(ref),
            template="initiative",
            title=initiative.title,
            ref=ref,
            values={"initiative": initiative},
        )


def _tombstones(library: Library, words: Catalogue) -> Iterator[Page]:
    for tombstone in library.tombstones:
        yield Page(
            source=source_of(Ref(kind=tombstone.kind, id=tombstone.id)),
            template="tombstone",
            title=words.text("page.tombstone.title"),
            searched=False,
        )


def _redirects(pages: list[Page], taken: dict[str, Page], report: Report) -> Iterator[Redirect]:
    """Lead old addresses to where their entries are now."""
    claimed: dict[str, str] = {}
    for page in pages:
        for alias in page.entry.aliases if page.entry else ():
            source = _alias_source(alias, page)
            address = url_of(source)
            holder = claimed.get(address) or (taken[address].edit_path if address in taken else "")
            holder = holder or address
            if address in taken or address in claimed:
                line = page.entry.lines.get("aliases", 0) if page.entry else 0
                report.add("address-taken", page.edit_path, line, value=alias, other=holder)
                continue
            claimed[address] = page.edit_path
            yield Redirect(source=source, target=page.source)


def _alias_source(alias: str, page: Page) -> str:
    """Give the source path that an alias stands for: a path, or an old id of the same kind."""
    if "/" in alias or page.ref is None:
        return f"{alias}.md"
    if page.ref.kind == Kind.SPACE:
        return f"spaces/{alias}/index.md"
    return f"{page.source.rpartition('/')[0]}/{alias}.md"
