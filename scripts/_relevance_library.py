"""A library made of practices that others wrote, to try the search on.

In: practices, and notes of gatherings where there are some, a JSON object a line. Out: a project that the
plugin can build, a second one with plain pages of the same texts for the other engines, and which page is
which practice. Called by `_relevance`. What others wrote stays in the folder that it is given.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from _environment import ROOT
from practice_library.bounds import excessive_lines
from practice_library.front_matter import is_control
from practice_library.links import Link, replace_links
from practice_library.slugs import MAX_ID, is_id, slug_of

GIVEN: Final = "2020-01-01"
"""The day of consent in the made library; what others published may be read by all."""
_LONGEST_BODY: Final = 200_000
_TO_PRACTICE: Final = re.compile(r"\[([^\[\]|\n]+)\]\(practice:([^()\s]+)\)")
_TIME: Final = re.compile(
    r"^\W*(?:time|duration|how long)\b[^\d\n]{0,30}\s*(?:\n\W*)?"
    r"(\d{1,3})(?:\s*(?:-|\u2013|to)\s*(\d{1,3}))?\s*(min|hour)",
    re.IGNORECASE | re.MULTILINE,
)
"""A line or a heading that says how long it takes: `Time: 30-60 minutes`."""
_DATE: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_MARKS: Final = str.maketrans(dict.fromkeys("[]*_`<>!&\\|", " "))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One text, with the place that it gets in the library."""

    name: str
    """Its id in the file that it comes from; empty for a note."""
    id: str
    space: str
    title: str
    summary: str
    body: str
    time: str = ""
    """How long a practice takes, as front matter has it; empty where the text does not say."""
    date: str = ""
    """The date of a note; empty for a practice."""

    @property
    def address(self) -> str:
        """Give the URL of its page, from the site's root."""
        return f"spaces/{self.space}/{self.id}/" if self.date else f"practices/{self.id}/"


@dataclass(frozen=True, kw_only=True)
class Collection:
    """All texts, and the spaces they are put into."""

    entries: Sequence[Entry]
    spaces: Mapping[str, str]
    """The title of each space by its id."""

    @property
    def names(self) -> Mapping[str, str]:
        """Give the id that each practice has in its file, by the URL of its page."""
        return {entry.address: entry.name for entry in self.entries if entry.name}


def read_collection(practices: Path, notes: Path | None = None) -> Collection:
    """Read practices and, if there are some, notes; a note without a date has no place and is left out."""
    rows = list(_rows(practices))
    held = [row for row in _rows(notes) if _DATE.fullmatch(row.get("date") or "")] if notes else []
    spaces: dict[str, str] = {}
    for row in [*rows, *held]:
        title = _space_title(row)
        if title not in spaces.values():
            spaces[_free_id(title, "space", spaces)] = title
    of_title = {title: key for key, title in spaces.items()}
    ids: dict[str, str] = {}
    for row in rows:
        ids[row["id"]] = _free_id(row["id"], "practice", ids.values())
    entries = [_practice(row, ids, of_title) for row in rows]
    taken: set[str] = set()
    for row in held:
        entries.append(_note(row, ids, of_title, taken))
        taken.add(entries[-1].id)
    return Collection(entries=entries, spaces=spaces)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return (json.loads(line) for line in lines if line.strip())


def _space_title(row: Mapping[str, Any]) -> str:
    return _line(row.get("community") or row.get("source")) or "Collection"


def _practice(row: Mapping[str, Any], ids: Mapping[str, str], spaces: Mapping[str, str]) -> Entry:
    body = _body(row.get("body_markdown") or "", ids)
    title = _line(row.get("title")) or row["id"]
    return Entry(
        name=row["id"],
        id=ids[row["id"]],
        space=spaces[_space_title(row)],
        title=title[:200],
        summary=_line(row.get("summary"))[:1000] or title[:200],
        body=body,
        time=_time(body),
    )


def _note(
    row: Mapping[str, Any], ids: Mapping[str, str], spaces: Mapping[str, str], taken: Iterable[str]
) -> Entry:
    title = _line(row.get("title")) or row["id"]
    return Entry(
        name="",
        id=_free_id(f"{row['date']}-{title}", "note", taken),
        space=spaces[_space_title(row)],
        title=title[:200],
        summary="",
        body=_body(row.get("body_markdown") or "", ids),
        date=row["date"],
    )


def _free_id(words: str, kind: str, taken: Iterable[str]) -> str:
    """Give an id that nothing else has, whatever the words."""
    plain = slug_of(words)
    wanted = plain if is_id(plain) and plain not in {"space", "practices", "outputs"} else f"{kind}-{plain}"
    used = set(taken)
    tries = (f"{wanted[: MAX_ID - 5].strip('-')}-{number}" for number in range(2, len(used) + 3))
    wanted = wanted[:MAX_ID].strip("-")
    return wanted if wanted not in used else next(name for name in tries if name not in used)


def _line(text: object) -> str:
    """Give a text as one line of what an author can type."""
    return " ".join(_typed(str(text or "")).split())


def _typed(text: str) -> str:
    return "".join(c for c in text if not is_control(c) and not "\U000e0000" <= c <= "\U000e007f")


def _body(text: str, ids: Mapping[str, str]) -> str:
    """Give a body whose links all lead somewhere: to practices as wiki links, to files as plain words."""

    def to_practice(match: re.Match[str]) -> str:
        return f"[[{ids[match[2]]}|{match[1]}]]" if match[2] in ids else match[1]

    def kept(link: Link) -> str:
        known = link.kind == "practice" and link.target in targets
        return f"[[{link.target}|{link.label or link.target}]]" if known else link.label or link.written

    targets = set(ids.values())
    body = _TO_PRACTICE.sub(to_practice, _typed(text.replace("\r\n", "\n"))[:_LONGEST_BODY])
    body = replace_links(body, "practices/any.md", kept)
    if any(excessive_lines(body, 1)):
        body = "\n".join(line.strip() for line in body.translate(_MARKS).split("\n"))
    return body.strip()


def _time(body: str) -> str:
    """Give how long a practice takes, where its text has a line for it."""
    match = _TIME.search(body)
    if match is None:
        return ""
    span = f"{match[1]}-{match[2]}" if match[2] else match[1]
    return f"{span} {'min' if match[3].lower() == 'min' else 'hours'}"


# Writing.


def write_library(collection: Collection, project: Path) -> None:
    """Write a project for the plugin: the repository's own configuration and vocabulary, these entries."""
    shutil.copytree(ROOT / "docs", project / "docs")
    shutil.copyfile(ROOT / "mkdocs.yml", project / "mkdocs.yml")
    (project / "spaces").mkdir()
    shutil.copyfile(ROOT / "spaces" / "vocabulary.yml", project / "spaces" / "vocabulary.yml")
    consent = {"level": "public", "share": "full", "given": GIVEN}
    for key, title in collection.spaces.items():
        space = {
            "title": title[:200],
            "type": "community-of-practice",
            "host": title[:200],
            "consent": consent,
        }
        _write(project / "spaces" / key / "space.md", space, "")
    for entry in collection.entries:
        told = {
            "title": entry.title,
            "summary": entry.summary,
            "time": entry.time,
            "date": entry.date,
            "consent": consent,
        }
        folder = "harvests" if entry.date else "practices"
        path = project / "spaces" / entry.space / folder / f"{entry.id}.md"
        _write(path, {key: value for key, value in told.items() if value}, entry.body)


def write_plain(collection: Collection, project: Path) -> None:
    """Write a project for Material alone: the same texts as plain pages, and a page for each space."""
    config = {
        "site_name": "Practices",
        "theme": {"name": "material", "font": False},
        "plugins": ["search"],
        "markdown_extensions": ["attr_list", "md_in_html", "tables", "def_list", "footnotes"],
    }
    project.mkdir(parents=True)
    (project / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    docs = project / "docs"
    _write(docs / "index.md", {"title": "Practices"}, "")
    for key, title in collection.spaces.items():
        listed = "\n".join(f"- {entry.title}" for entry in collection.entries if entry.space == key)
        _write(docs / "spaces" / key / "index.md", {"title": title}, listed)
    for entry in collection.entries:
        body = replace_links(entry.body, "any.md", lambda link: link.label or link.written)
        _write(docs / f"{entry.address.strip('/')}.md", {"title": entry.title}, f"{entry.summary}\n\n{body}")


def _write(path: Path, declared: Mapping[str, object], body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    head = yaml.safe_dump(dict(declared), allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(f"---\n{head}---\n\n{body}\n", encoding="utf-8", newline="\n")
