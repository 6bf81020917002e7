"""The pages of a built site, read as a browser reads them.

In: a site as `{path: bytes}`. Out: a `Page` for each HTML file: what it says, where it leads, what it
asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import unquote, urljoin
from xml.etree.ElementTree import Element

import html5lib

_UNSEEN: Final = {"script", "style", "template", "code", "pre"}
"""What these hold is not read as sentences."""
_KIND: Final = re.compile(rb'<article class="[^"]*\bpl-page--([a-z0-9-]+)')
_SPOKEN: Final = ("aria-label", "title", "placeholder", "alt")
"""Attributes that are read out or shown."""
_ASKING: Final = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch"}
"""Kinds of `<link>` for which a browser asks a host for something."""


@dataclass(frozen=True, order=True)
class Link:
    """A way from one page to another place."""

    written: str
    """As the page has it."""
    address: str
    """Where it leads from the root of the site; a whole URL where it leaves the site."""
    anchor: str

    @property
    def is_internal(self) -> bool:
        """Whether it stays on the site."""
        return "://" not in self.address and ":" not in self.address.partition("/")[0]


@dataclass(frozen=True)
class Page:
    """One page of a site."""

    name: str
    """Its file."""
    place: str
    """The URL of the site's home page."""
    data: bytes
    """What is in the file: read as HTML only for those who ask for more than its name."""

    @cached_property
    def _read(self) -> tuple[Element, tuple[str, ...]]:
        """Read it as a strict reader does who goes on after a mistake."""
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root: Element = parser.parse(self.data, transport_encoding="utf-8")
        return root, tuple(
            f"{position[0]}: {code} {values or ''}" for position, code, values in parser.errors
        )

    @property
    def root(self) -> Element:
        """Give all that is on it."""
        return self._read[0]

    @property
    def errors(self) -> tuple[str, ...]:
        """Give what a strict reader of HTML finds wrong, as `line: name`."""
        return self._read[1]

    @property
    def kind(self) -> str:
        """Give what it is a page of, as its content is marked; empty for one written by hand."""
        found = _KIND.search(self.data)
        return found[1].decode() if found else ""

    @property
    def address(self) -> str:
        """Give its address from the root of the site; empty for the home page."""
        folder, _, last = self.name.rpartition("/")
        return (f"{folder}/" if folder else "") if last == "index.html" else self.name

    @cached_property
    def ids(self) -> list[str]:
        """Give every id, as often as it is there."""
        return [element.attrib["id"] for element in self.root.iter() if "id" in element.attrib]

    @cached_property
    def content(self) -> Element:
        """Give the part that differs from page to page; all of it where nothing marks it."""
        return next((found for found in self.root.iter("article")), self.root)

    @property
    def links(self) -> list[Link]:
        """Give every link."""
        return self._links(self.root)

    @property
    def content_links(self) -> list[Link]:
        """Give the links of its content."""
        return self._links(self.content)

    def _links(self, part: Element) -> list[Link]:
        found = (element.attrib["href"] for element in part.iter("a") if "href" in element.attrib)
        return [self._link(href) for href in found]

    def _link(self, written: str) -> Link:
        way, _, anchor = written.partition("#")
        return Link(written=written, address=self.address_of(way), anchor=unquote(anchor))

    def address_of(self, written: str) -> str:
        """Give where a way from this page leads, as an address of the site or a URL elsewhere."""
        here = urljoin(self.place, self.address)
        there = urljoin(here, written) if written else here
        if there.startswith(self.place):  # what a page is asked is no part of where it is
            there = there.partition("?")[0]
        return unquote(there.removeprefix(self.place))

    @property
    def edit_link(self) -> str:
        """Give where this page may be edited; empty where it may not."""
        edits = (a for a in self.root.iter("a") if "edit" in a.attrib.get("rel", "").split())
        return next((a.attrib["href"] for a in edits), "")

    @property
    def requests(self) -> list[str]:
        """Give everything that a browser asks for on its own, as written."""
        found: list[str] = []
        for element in self.root.iter():
            if element.tag == "link" and set(element.attrib.get("rel", "").split()) & _ASKING:
                found.append(element.attrib["href"])
            found += [element.attrib[name] for name in ("src", "poster", "data") if name in element.attrib]
            found += [part.split()[0] for part in element.attrib.get("srcset", "").split(",") if part.strip()]
            found += addresses_in_css(element.attrib.get("style", ""))
            if element.tag == "style":
                found += addresses_in_css(element.text or "")
        return found

    @property
    def heading(self) -> str:
        """Give its first heading."""
        return next((_flat("".join(found.itertext())) for found in self.root.iter("h1")), "")

    @cached_property
    def text(self) -> str:
        """Give what its content says, on one line."""
        return _flat(" ".join(self.content.itertext()))

    def spoken(self, language: str) -> list[str]:
        """Give all runs of words, seen or read out, that are marked as of this language.

        Contributors' texts are left out: their language is theirs.
        """
        return [_flat(words) for words in _spoken(self.root, language, "")]


def read_pages(site: Mapping[str, bytes]) -> list[Page]:
    """Read every HTML file of a site."""
    home = re.search(rb'rel="canonical" href="([^"]+)"', site.get("index.html", b""))
    place = home[1].decode().removesuffix("index.html") if home else "https://site.invalid/"
    return [read_page(name, data, place) for name, data in site.items() if name.endswith(".html")]


def read_page(name: str, data: bytes, place: str = "https://site.invalid/") -> Page:
    """Read an HTML file."""
    return Page(name=name, place=place, data=data)


def longest_of_each_kind(site: Mapping[str, bytes]) -> dict[str, str]:
    """Give the address of a page of each kind, and of none: the longest, which has the most to get wrong."""
    found: dict[str, tuple[int, str]] = {}
    for page in read_pages(site):
        found[page.kind] = max(found.get(page.kind, (0, "")), (len(page.data), page.address))
    return {kind: address for kind, (_, address) in found.items()}


def addresses_in_css(css: str) -> list[str]:
    """Give what a style sheet asks for; data that it carries itself is left out."""
    found = re.findall(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)""", css)
    return [one or other for one, other in found if not (one or other).startswith(("data:", "#"))]


def file_of(address: str, site: Mapping[str, bytes]) -> str | None:
    """Give the file that a server sends for an address; None where there is none."""
    whole = f"{address}index.html" if not address or address.endswith("/") else address
    return whole if whole in site else None


def _spoken(element: Element, language: str, inherited: str) -> Iterator[str]:
    own = element.attrib.get("lang", inherited).partition("-")[0]
    if element.tag not in _UNSEEN and own == language:
        yield from (element.attrib[name] for name in _SPOKEN if name in element.attrib)
        if element.attrib.get("name") == "description":
            yield element.attrib.get("content", "")
        yield element.text or ""
    for child in element:
        if child.tag not in _UNSEEN and not _is_theirs(child):
            yield from _spoken(child, language, own)
        if own == language:
            yield child.tail or ""


def _is_theirs(element: Element) -> bool:
    """Whether an element holds a contributor's text, or a page's headings, some of which are theirs."""
    return bool({"pl-body", "pl-toc"} & set(element.attrib.get("class", "").split()))


def _flat(text: str) -> str:
    return " ".join(text.split())
