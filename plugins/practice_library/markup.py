"""From a contributor's Markdown to safe HTML.

In: the Markdown of a body, whose links have been resolved. Out: sanitised HTML and its headings. It is
converted by itself, never together with the page around it, so that nothing in it (an unclosed tag, a
reference, a footnote) can reach beyond it; what is not on the allow list does not get out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any, Final

import markdown
import nh3
from markdown.extensions.toc import TocExtension, slugify_unicode

from . import everyday
from .shortcuts import Contents, shorten

HEADING_PREFIX: Final = "note-"
"""Before every id that comes from a contributor, so that none can stand for one of the theme's."""
_EXTENSIONS: Final = ("tables", "footnotes", "def_list", "sane_lists")
_LISTED: Final = range(2, 5)
"""Levels of the headings in the table of contents."""
_OUR_PICTURE: Final = re.compile(r"(?:\.\./)*pictures/[0-9a-f]{20}\.(?:png|jpg)")
"""The only pictures there are: those that `pictures` has made."""
_FOOTNOTE_ID: Final = re.compile(r"fn(ref)?\d*[-:]")

_TAGS: Final = frozenset(
    """a abbr b blockquote br caption cite code dd del div dl dt em figcaption figure h2 h3 h4 h5
    h6 hr i img ins kbd li mark ol p pre q s small span strong sub sup table tbody td tfoot th
    thead tr u ul""".split()
)
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    "a": {"href", "title", "id", "class"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "ol": {"start"},
    "li": {"id"},
    "sup": {"id"},
    "td": {"align"},
    "th": {"align", "scope"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_BEHIND_BLOCK: Final = re.compile(
    r"(</?(?:blockquote|d[ltd]|div|h[1-6r]|li|ol|p|table|t(?:body|d|foot|h|head|r)|ul)(?: [^<>]*)?>|</pre>)"
    r"\n+(?=<|\Z)"
)
"""A tag of a block and line breaks behind it. None such stands in code, where all marks are escaped."""
_REL: Final = "noopener noreferrer"
_INSIDE: Final = re.compile(rf'(<a href="(?![a-z]+:|//)[^"]*"[^<>]*?) rel="{_REL}"')
"""A link to a page of the site, as far as its rules for others."""
_FIRST: Final[Callable[[re.Match[str]], str]] = itemgetter(1)
"""Gives the first group of what was found, quicker than `\\1` does."""
_CLASSES: Final = {"a": {"footnote-ref", "footnote-backref"}}
_SCHEMES: Final = {"http", "https", "mailto"}


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of a body, for the page's table of contents."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Fragment:
    """A converted body."""

    html: str
    headings: tuple[Heading, ...] = ()


def convert(text: str, *, prefix: str = HEADING_PREFIX) -> Fragment:
    """Convert a contributor's Markdown to sanitised HTML.

    Args:
        text: the Markdown; raw HTML in it is shown as the text it is.
        prefix: goes before every id.
    """
    raw, headings = raw_html(_shifted(text), prefix)
    return Fragment(html=lighter(sanitise(raw, prefix)), headings=headings)


def lighter(clean: str) -> str:
    """Take out of sanitised HTML what shows nowhere, and rules for links elsewhere in others."""
    return _INSIDE.sub(_FIRST, _BEHIND_BLOCK.sub(_FIRST, clean))


def raw_html(text: str, prefix: str, *, patient: bool = False) -> tuple[str, tuple[Heading, ...]]:
    """Convert Markdown to HTML that is not sanitised yet, and its headings.

    Args:
        text: the Markdown.
        prefix: goes before every id.
        patient: whether everything is looked for everywhere, to the same end.
    """
    converter = _kept_converter(prefix, patient=patient)
    quick = None if patient else everyday.convert(text, converter, partial(_id, prefix))
    if quick:
        listed = (heading for heading in quick.headings if heading[0] in _LISTED)
        return quick.html, tuple(_heading(*heading) for heading in listed)
    converter.reset()
    raw = converter.convert(text)
    tokens: Any = getattr(converter, "toc_tokens", [])
    return raw, tuple(_headings(tokens))


def as_part(fragment: Fragment, name: str) -> Fragment:
    """Make a body one of several on a page: ids of its own, headings a level down and not in the contents.

    Args:
        fragment: the converted body.
        name: goes before every id.
    """

    def moved(match: re.Match[str]) -> str:
        tag = _PLACE.sub(rf"\1{name}-", match[0])
        return _LEVEL.sub(lambda level: f"{level[1]}{int(level[2]) + 1}", tag)

    return Fragment(html=_TAG.sub(moved, fragment.html))


_TAG: Final = re.compile(r"<[^>]*>")
_PLACE: Final = re.compile(r'( id="| href="#)')
_LEVEL: Final = re.compile(r"^(</?h)([2-5])\b")


def converter_of(prefix: str, *, patient: bool = False) -> markdown.Markdown:
    """Make a converter in which contributors' HTML is text and ids are ours.

    Args:
        prefix: goes before every id.
        patient: whether it looks for everything everywhere, to the same end.
    """
    contents = TocExtension if patient else Contents
    converter = markdown.Markdown(
        extensions=[
            *_EXTENSIONS,
            contents(slugify=lambda value, _: _id(prefix, value), toc_depth=f"{_LISTED[0]}-{_LISTED[-1]}"),
        ],
        extension_configs={
            "footnotes": {"UNIQUE_IDS": False, "BACKLINK_TITLE": ""},
        },
        output_format="html",
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    if not patient:
        shorten(converter)
    return converter


_kept_converter: Final = lru_cache(maxsize=4)(converter_of)


def _id(prefix: str, words: str) -> str:
    """Make an id of the words of a heading."""
    return prefix + (str(slugify_unicode(words, "-")) or "section")


def _shifted(text: str) -> str:
    """Lower headings of the first level: the page's own title is the only one."""
    return f"\n{text}".replace("\n# ", "\n## ").replace("\n#\t", "\n##\t")[1:]


def _headings(tokens: list[dict[str, Any]]) -> list[Heading]:
    found = []
    for token in tokens:
        found.append(_heading(token["level"], token["id"], token["name"]))
        found += _headings(token["children"])
    return found


def _heading(level: int, name: str, title: str) -> Heading:
    return Heading(level=level, id=name, title=html.unescape(title))


def sanitise(raw: str, prefix: str = HEADING_PREFIX) -> str:
    """Let through only the tags, attributes and addresses that a body may have."""
    return _cleaner(prefix).clean(raw)


@lru_cache(maxsize=4)
def _cleaner(prefix: str) -> nh3.Cleaner:
    """Make what lets through only that, and ids that begin with the prefix."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            return value if _OUR_PICTURE.fullmatch(value) else None
        if name == "id":
            return value if value.startswith(prefix) or _FOOTNOTE_ID.match(value) else None
        return value

    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags={"script", "style"},
        attributes={tag: names - {"class"} for tag, names in _ATTRIBUTES.items()},
        allowed_classes=_CLASSES,
        attribute_filter=attribute,
        url_schemes=_SCHEMES,
        link_rel=_REL,
    )


_MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]<>#|~^=$&\"]|:(?=\S)|!(?=\[)|(?<=-)-")
_LINE_START: Final = re.compile(r"^(?:[-+:](?=\s)|(\d+)([.)]))")


def escape(text: str) -> str:
    """Write plain text so that both Markdown and HTML, attributes included, show just its words."""
    flat = " ".join(text.split())
    safe = _MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", flat)
    return _LINE_START.sub(_harmless_start, safe)


def _harmless_start(match: re.Match[str]) -> str:
    """Keep a first character from making a list of the line."""
    if match[1]:
        return f"{match[1]}&#{ord(match[2])};"
    return f"&#{ord(match[0])};"


def paragraphs(text: str) -> list[str]:
    """Give the paragraphs of plain text, which empty lines part."""
    return re.split(r"\n\s*\n", text.strip())
