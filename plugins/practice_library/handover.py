"""Where a note can be handed over as a pull request: the page of the sources on which files are begun.

In: what mkdocs.yml says of the repository. Out: an address and a folder for the form's script, or nothing
where the host has no such page. Called by the adapter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

_EDIT: Final = re.compile(r"/?edit/(?P<branch>[^/]+)/(?P<docs>.*?)/*")


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Where the sources take new files."""

    new: str = ""
    """The page on which a file is begun; empty where there is none."""
    upload: str = ""
    """The page that files can be dropped on; empty where there is none."""
    folder: str = "spaces"
    """The content folder, from the root of the repository."""


def sources_of(repo_url: str, edit_uri: str, docs: str, spaces: str) -> Sources:
    """Find where new files go.

    Args:
        repo_url: the repository, as in mkdocs.yml.
        edit_uri: the way from there to the docs, `edit/main/docs/`.
        docs: the docs folder from the folder of mkdocs.yml.
        spaces: the content folder from the folder of mkdocs.yml.
    """
    edit = _EDIT.fullmatch(edit_uri or "")
    branch, above = (edit["branch"], _above(edit["docs"], docs)) if edit else ("main", "")
    folder = f"{above}{spaces}".strip("/")
    host = urlsplit(repo_url or "").hostname or ""
    if not re.match(r"(?:www\.)?github\.", host):
        return Sources(folder=folder)
    base = repo_url.rstrip("/").removesuffix(".git")
    return Sources(new=f"{base}/new/{branch}", upload=f"{base}/upload/{branch}/{folder}", folder=folder)


def _above(way: str, docs: str) -> str:
    """Give the folder of mkdocs.yml within the repository, with a slash, from the way to its docs."""
    return way.removesuffix(docs.strip("/")) if way.endswith(docs.strip("/")) else ""
