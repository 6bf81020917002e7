"""Putting contributors' text into its page, after the page around it has been converted.

In: the page's HTML with its marked, empty elements, and the sanitised text of each. Out: the whole HTML,
and the page's headings in the order in which a reader meets them. Called by the adapter.
"""

from __future__ import annotations

import html as markup
import re
from collections.abc import Sequence
from typing import Final

from .markup import Fragment, Heading

CONTENT: Final = '<div data-pl-content="whole"></div>'
"""All that MkDocs is given of a page whose content is HTML already, and where that belongs."""
_SLOT: Final = re.compile(r'(<div class="pl-body" data-pl-slot="([a-z-]+)"([^>]*)>)(</div>)')
_ANY_ID: Final = re.compile(r' id="([^"]+)"')
_HEADING_OR_SLOT: Final = re.compile(
    r'<(?:h[1-6](?: [^>]*)? id="([^"]+)"|div class="pl-body" data-pl-slot="([a-z-]+)"[^>]*></div>)'
)


def fill_content(converted: str, html: str) -> str:
    """Put the content of a page where MkDocs was given an empty element for it."""
    return converted.replace(CONTENT, html)


def fill_slots(html: str, fragments: Sequence[tuple[str, Fragment]]) -> str:
    """Put each text into its place."""
    known = dict(fragments)

    def filled(match: re.Match[str]) -> str:
        fragment = known.get(match[2])
        if fragment is None:
            return match[0]
        return f'<div class="pl-body"{match[3]}>{fragment.html}</div>'

    return _SLOT.sub(filled, html)


def ids_in(html: str) -> set[str]:
    """Give the ids to which links can lead."""
    found = ((match.start(), match[1]) for match in _ANY_ID.finditer(html))
    return {name for place, name in found if html.rfind("<", 0, place) > html.rfind(">", 0, place)}


def merge_headings(
    headings: Sequence[Heading], html: str, fragments: Sequence[tuple[str, Fragment]]
) -> list[Heading]:
    """Give a page's headings with those of the texts where the texts stand.

    Args:
        headings: the page's own, in its order.
        html: the page's HTML before `fill_slots`.
        fragments: the texts by slot.
    """
    known = dict(fragments)
    own = {heading.id: heading for heading in headings}
    merged: list[Heading] = []
    for match in _HEADING_OR_SLOT.finditer(html):
        heading_id, slot = match[1], match[2]
        if slot and slot in known:
            merged += [_escaped(heading) for heading in known[slot].headings]
        elif heading_id in own:
            merged.append(own.pop(heading_id))
    return merged


def _escaped(heading: Heading) -> Heading:
    """Titles in a table of contents are HTML."""
    return Heading(level=heading.level, id=heading.id, title=markup.escape(heading.title))
