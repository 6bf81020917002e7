"""What the site's `sitemap.xml` tells of a page that MkDocs does not know.

In: where a page is. Out: what the theme's template asks of it, under MkDocs' names, without what MkDocs needs
to build a page. Called by `publishing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class ListedPage:
    """A page in the sitemap."""

    canonical_url: str | None
    """Its whole address, where the site has one."""
    abs_url: str | None
    """Its address from the root of the host."""
    update_date: str
    """The day, as `2026-01-31`."""
    is_link: bool = False


@dataclass(frozen=True, kw_only=True)
class ListedFile:
    """What a page was made from."""

    src_uri: str
    """Its path below the docs."""
    url: str
    """Its address below the site's root."""
    page: ListedPage


def listed(source: str, url: str, site_url: str | None, day: str) -> ListedFile:
    """List a page.

    Args:
        source: its path below the docs.
        url: its address below the site's root, of ids and slashes alone.
        site_url: the site's address; none where it has none.
        day: of the last change, as `2026-01-31`.
    """
    base = f"{site_url.rstrip('/')}/" if site_url else ""
    page = ListedPage(
        canonical_url=base + url if base else None,
        abs_url=urlsplit(base).path + url if base else None,
        update_date=day,
    )
    return ListedFile(src_uri=source, url=url, page=page)
