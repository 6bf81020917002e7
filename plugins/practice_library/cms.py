"""Sveltia CMS under `/admin/`, for teams that edit in the browser: its configuration, made from the schema.

In: the declarations, the vocabulary, the admitted spaces and where the sources are. Out: the files of the
folder: a page, a configuration, and the program itself, which `scripts/cms` has fetched. Off unless asked
for. Called by the adapter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from .build import Build
from .declarations import Field, ListOf, Record
from .form import help_text, label
from .handover import Sources
from .model import TYPES, Kind
from .readers import Choice, Pattern, TermId, Text
from .schema import DECLARATIONS
from .templating import plain_template
from .values import CONSENT, QUESTION, ConsentReader, ReflectionsReader

FOLDER: Final = "admin"
CACHE: Final = ".cache/cms"
"""Where `scripts/cms` puts what it fetches, from the project's root."""
PROGRAM: Final = ("sveltia-cms.js", "icons.woff2")
"""What it fetches."""
KEPT: Final = frozenset(
    {"list-person", "list-principle-mention", "list-practice-mention", "list-output-mention"}
)
"""Values that can be words or a group of them. The CMS has no field for either-or, and leaves them alone."""

_FOLDERS: Final = {Kind.HARVEST: "harvests", Kind.PRACTICE: "practices", Kind.OUTPUT: "outputs"}
_SLUGS: Final = {Kind.HARVEST: "{{date}}-{{title}}", Kind.PRACTICE: "{{title}}", Kind.OUTPUT: "{{title}}"}
Widget = dict[str, Any]


class CmsError(Exception):
    """Why there can be no CMS: the end of a message's key (`cms.<reason>`)."""


def cms_files(build: Build, sources: Sources, root: Path) -> dict[str, str | bytes]:
    """Give the files of the folder.

    Args:
        build: the library and its words.
        sources: where the sources are.
        root: the project's root, below which the program was put.

    Raises:
        CmsError: the program has not been fetched, or the sources are not on GitHub.
    """
    if not sources.new:
        raise CmsError("not-on-github")
    programs = {name: root / CACHE / name for name in PROGRAM}
    if not all(path.is_file() for path in programs.values()):
        raise CmsError("not-fetched")
    config = json.dumps(cms_config(build, sources), ensure_ascii=False, indent=1) + "\n"
    page = plain_template("cms.html.jinja").render(words=build.words, api=_api(sources))
    return {
        f"{FOLDER}/index.html": page,
        f"{FOLDER}/config.json": config,
        **{f"{FOLDER}/{name}": path.read_bytes() for name, path in programs.items()},
    }


def cms_config(build: Build, sources: Sources) -> dict[str, Any]:
    """Write the configuration: a collection for the spaces, and for each space one of every kind of entry."""
    return {
        "backend": _backend(sources),
        "media_folder": sources.folder,
        "public_folder": "",
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 80},
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "double"}},
        "collections": list(_collections(build, sources)),
    }


def _backend(sources: Sources) -> dict[str, Any]:
    """Say where the sources are; people sign in with a token of their own, so no third party is asked."""
    address = urlsplit(sources.new)
    match = re.fullmatch(r"/([^/]+/[^/]+)/new/(.+)", address.path)
    if match is None:
        raise CmsError("not-on-github")
    made: dict[str, Any] = {"name": "github", "repo": match[1], "branch": match[2], "auth_methods": ["token"]}
    if address.hostname not in {"github.com", "www.github.com"}:
        made["api_root"] = f"https://{address.hostname}/api/v3"
    return made


def _api(sources: Sources) -> str:
    """Name whom the editor asks, for its Content-Security-Policy: where the sources are, and nobody else."""
    host = urlsplit(sources.new).hostname or ""
    api = "api.github.com" if host in {"github.com", "www.github.com"} else host
    return f"https://{api} https://{host}"


def _collections(build: Build, sources: Sources) -> Iterator[dict[str, Any]]:
    words, fields = build.words, _Fields(build)
    common = {"format": "yaml-frontmatter", "extension": "md", "delete": False}
    yield {
        **common,
        "name": "spaces",
        "label": words.text("kinds.space"),
        "folder": sources.folder,
        "path": "{{slug}}/space",
        "slug": "{{title}}",
        "fields": fields.of(Kind.SPACE),
    }
    for kind, folder in _FOLDERS.items():
        label_of_kind = words.text(f"kinds.{kind.value}")
        made = {**common, "slug": _SLUGS[kind], "fields": fields.of(kind)}
        if kind is not Kind.HARVEST:
            yield {**made, "name": folder, "label": label_of_kind, "folder": f"{sources.folder}/{folder}"}
        for space in build.library.spaces.values():
            yield {
                **made,
                "name": f"{space.id}-{folder}",
                "label": f"{space.title} – {label_of_kind}",
                "folder": f"{sources.folder}/{space.id}/{folder}",
            }


class _Fields:
    """Writes the keys of the schema as fields of the CMS, in one language."""

    def __init__(self, build: Build) -> None:
        self._words = build.words
        self._vocabulary = build.vocabulary

    def of(self, kind: Kind) -> list[Widget]:
        """Give the fields of a kind of entry; the text comes last."""
        group = kind.value
        fields = [self._field(declared, group) for declared in DECLARATIONS[kind]]
        body = {"name": "body", "label": self._label(group, "body"), "widget": "markdown", "modes": ["raw"]}
        return [*fields, {**body, "required": False}]

    def _label(self, group: str, key: str) -> str:
        return label(group, key, self._words.text, self._words.has)

    def _field(self, declared: Field, group: str) -> Widget:
        if declared.reader.name in KEPT:
            return {"name": declared.key, "widget": "hidden"}
        made: Widget = {
            "name": declared.key,
            "label": self._label(group, declared.key),
            "required": declared.required,
            **self._widget(declared),
        }
        if hint := help_text(group, declared.key, self._words.text, self._words.has):
            made["hint"] = hint
        return made

    def _widget(self, declared: Field) -> Widget:
        reader = declared.reader
        inner = reader.item if isinstance(reader, ListOf) else reader
        if isinstance(reader, ListOf) and not isinstance(inner, TermId | Record):
            return {
                "widget": "list",
                "field": {"name": declared.key, "widget": _SIMPLE.get(inner.name, "string")},
            }
        if isinstance(inner, TermId):
            options = self._options(inner.section)
            return {"widget": "select", "options": options, "multiple": isinstance(reader, ListOf)}
        if isinstance(inner, Record):
            return {"widget": "list", "fields": [self._field(nested, inner.name) for nested in inner.fields]}
        if isinstance(inner, ConsentReader):
            nested = [self._field(nested, "consent") for nested in CONSENT.fields]
            return {"widget": "object", "collapsed": True, "fields": nested}
        if isinstance(inner, ReflectionsReader):
            return {"widget": "object", "collapsed": True, "fields": self._questions()}
        return self._plain(inner)

    def _plain(self, reader: Any) -> Widget:  # noqa: ANN401 - any reader of one value
        if isinstance(reader, Choice):
            return {"widget": "select", "options": list(reader.values)}
        if isinstance(reader, Pattern):
            pattern = [rf"^(?:{reader.pattern.pattern})$", self._words.text(f"value.{reader.name}")]
            return {"widget": "string", "pattern": pattern}
        if isinstance(reader, Text) and not reader.lines:
            return {"widget": "string", "maxlength": reader.limit}
        if reader.name == "term-types":
            terms = self._vocabulary.section("types")
            known = [key for key in TYPES if key in terms]
            return {"widget": "select", "options": self._options("types") if known else list(TYPES)}
        return dict(_PLAIN[reader.name])

    def _options(self, section: str) -> list[Mapping[str, str]]:
        terms = self._vocabulary.section(section)
        return [{"value": key, "label": self._words.localised(term.label)} for key, term in terms.items()]

    def _questions(self) -> list[Widget]:
        questions = self._vocabulary.section(QUESTION.section)
        return [
            {
                "name": key,
                "label": self._words.localised(term.label),
                "widget": "text",
                "required": False,
            }
            for key, term in questions.items()
        ]


_SIMPLE: Final = {"paragraphs": "text"}
_PLAIN: Final[Mapping[str, Widget]] = {
    "paragraphs": {"widget": "text"},
    "flag": {"widget": "boolean"},
    "day": {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"},
    "partial-date": {
        "widget": "string",
        "pattern": [r"^\d{4}(-\d{2}(-\d{2})?)?$", "2021-04-14, 2021-04, 2021"],
    },
    "count": {"widget": "number", "value_type": "int", "min": 0},
    "address": {"widget": "string", "type": "url"},
    "id-space": {"widget": "string"},
}
