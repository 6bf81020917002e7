"""The straight line: load, parse, read, admit, link, plan. What the plugin and the command line call.

In: where the content is and the options. Out: the library, the plan of its pages and the report of the
run. Nothing here knows MkDocs; rendering a planned page is `render`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from .catalogue import Catalogue, catalogue_of
from .consent import Admission, Audience, admit
from .diagnostics import Report, Severity
from .evidence import Thresholds
from .library import Library
from .likeness import known_of
from .linker import link
from .links import PICTURE, find_links
from .loader import Loaded, load
from .means import Means
from .model import Entry, Kind
from .pages import Plan, plan_pages
from .pictures import MAX_BYTES, Picture, PictureError, published
from .privacy import Found, personal_details
from .regular_files import read_regular
from .sharing import later
from .vocabulary import Vocabulary

MANY: Final = 500
"""From how many entries on it is worth doing one thing beside another."""


class SourceAccess(StrEnum):
    """Who can read the repository that holds the content."""

    PUBLIC = "public"
    PRIVATE = "private"


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a build has to know besides the content."""

    today: date
    """The build's date: consent is decided as of this day."""
    language: str = "en"
    """The site's language."""
    content_language: str = ""
    """The language of entries that name none; empty for the site's."""
    audience: Audience = Audience.PUBLIC
    source: SourceAccess = SourceAccess.PUBLIC
    thresholds: Thresholds = field(default_factory=Thresholds)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    contact: str = ""
    """The maintainers' e-mail address."""
    previews: tuple[str, ...] | None = None
    """Spaces whose proposals may be previewed as an artifact; None for all but those of healing."""


@dataclass(frozen=True, kw_only=True)
class Build:
    """What came of a run over the content."""

    options: Options
    words: Catalogue
    vocabulary: Vocabulary
    library: Library
    plan: Plan
    report: Report
    admission: Admission
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """The pictures that admitted entries show, by the path of their file from the project's root."""


def build(
    root: Path,
    folder: Path,
    options: Options,
    instead: Mapping[str, bytes] = MappingProxyType({}),
    means: Means | None = None,
) -> Build:
    """Read, admit and link everything under a content folder, and plan the site.

    Args:
        root: the project's root; complaints name files from here.
        folder: the content folder.
        options: the day, the audience and the rest.
        instead: what to read in the place of files, by their path from the root: a mending before it is kept.
        means: what was read of files before, and how work is shared out.

    Returns:
        The library with its plan. Whether it may be published is for the caller to see from
        `report.has_errors`.
    """
    means = means or Means()
    report = Report(severities=options.severities)
    words = catalogue_of(options.language)
    loaded = load(root, folder, report, instead, means.readings)
    admission = admit(loaded.sources, options.audience, options.today)
    aside = means.aside if len(admission.entries()) >= MANY else later
    personal = aside(partial(means.details.of, admission.entries()))
    library = link(admission, loaded.vocabulary, options.thresholds, report, frozenset(loaded.unread))
    related = means.related.of(known_of(library), aside)
    told = personal()
    for entry in library.entries():
        _complain(told.get(entry.path, []), entry, report, healing=library.is_healing(entry))
    if options.source is SourceAccess.PUBLIC and admission.held_in_source:
        shown = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else folder.name
        report.add("held-in-public-source", shown, count=str(admission.held_in_source))
    made = Build(
        options=options,
        words=words,
        vocabulary=loaded.vocabulary,
        library=library,
        plan=plan_pages(library, words, report),
        report=report,
        admission=admission,
        pictures=dict(_pictures(root, library, loaded, admission.gone, report)),
    )
    library.related = related()
    return made


def _pictures(
    root: Path, library: Library, loaded: Loaded, gone: frozenset[str], report: Report
) -> Iterator[tuple[str, Picture]]:
    """Go through the pictures that admitted entries show, each once; complain of those that cannot be."""
    done: set[str] = set()
    for entry in library.entries():
        for found in find_links(entry.body, entry.path, entry.body_line):
            if found.kind != PICTURE:
                continue
            if not found.label:
                report.add("picture-without-words", entry.path, found.line, value=found.written)
            if code := _held_back(loaded.pictures.get(found.target), library, gone):
                report.add(code, entry.path, found.line, value=found.written)
            elif found.target not in done:
                done.add(found.target)
                picture = _picture(root / found.target, found.target, report)
                if picture:
                    yield found.target, picture


def _held_back(space: str | None, library: Library, gone: frozenset[str]) -> str:
    """Give the complaint about a picture that may not be shown, from the space it lies in; none if it may.

    A picture in the folder of a space that is held is held with it, whoever shows it.
    """
    if space is None:
        return "unknown-picture"
    if not space or space in library.spaces:
        return ""
    return "withdrawn-reference" if f"{Kind.SPACE}:{space}" in gone else "unknown-picture"


def _picture(path: Path, shown: str, report: Report) -> Picture | None:
    """Read a picture beside an entry and make the one that is published."""
    data = read_regular(path, MAX_BYTES)
    if data is None:
        report.add("unreadable", shown)
        return None
    try:
        return published(data, path.suffix)
    except PictureError as error:
        report.add(str(error), shown)
        return None


def report_personal(entry: Entry, report: Report, *, healing: bool) -> None:
    """Complain of what gives somebody away: a warning, and an error in a community of healing."""
    _complain(personal_details(entry), entry, report, healing=healing)


def _complain(details: list[Found], entry: Entry, report: Report, *, healing: bool) -> None:
    add = report.add_grave if healing else report.add
    for found in details:
        add(found.code, entry.path, found.line)
