"""Files and contents as MkDocs knows them, of what the library makes and of what lies in `docs/`.

In: rendered pages, headings, MkDocs' own list of files. Out: MkDocs' files and tables of contents; the list
without what no page loads, and in the site's language; the files of the editor. Called by `plugin`;
knows MkDocs, as that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.toc import AnchorLink, TableOfContents

from . import stylesheet
from .build import Build
from .catalogue import catalogue_of
from .cms import CmsError, cms_files
from .host_config import PracticeLibraryConfig, sources_in
from .markup import Heading
from .render import Rendered

ASSETS: Final = "assets/pl"
"""Where the theme's own scripts and sheets lie on the site."""


def file_of(rendered: Rendered, config: MkDocsConfig, content: str = "") -> File:
    """Make a page of ours known to MkDocs: in the navigation only where there is one of its kind.

    Args:
        rendered: the page.
        config: MkDocs' configuration.
        content: what MkDocs is to read; nothing for a page that is built beside it.
    """
    page = rendered.page
    listed = page.ref is None and page.searched and page.listed
    inclusion = InclusionLevel.UNDEFINED if listed else InclusionLevel.NOT_IN_NAV
    made = File.generated(config, page.source, content=content, inclusion=inclusion)
    if page.edit_path:
        made.edit_uri = f"{_up_to_root(config.config_file_path, config.docs_dir)}{page.edit_path}"
    return made


@lru_cache(maxsize=8)
def _up_to_root(config_path: str, docs_dir: str) -> str:
    """Give the way from the folder of hand-written pages to the project's root."""
    root, docs = Path(config_path).parent.resolve(), Path(docs_dir).resolve()
    return "../" * len(docs.relative_to(root).parts) if docs.is_relative_to(root) else ""


_UNUSED: Final = re.compile(
    r"assets/javascripts/(?:bundle\.|workers/|lunr/)|assets/.*\.min\.(?:css|js)\.map$|"
    rf"{ASSETS}/(?:{'|'.join(stylesheet.PARTS)})\.css$"
)
"""What no page loads: of Material's, and the parts of the frame's sheet, which is one file."""


def frame_sheet_of(config: MkDocsConfig) -> str:
    """Write the style sheet of the frame, from Material's and ours."""
    folders = [Path(folder) for folder in config.theme.dirs]
    material = config.extra["practice_library"]["material"]
    names = [*material, *(f"{ASSETS}/{name}.css" for name in stylesheet.PARTS)]
    paths = [next(path for f in folders if (path := f / name).is_file()) for name in names]
    texts = tuple(path.read_text(encoding="utf-8") for path in paths)
    return stylesheet.frame_sheet(texts[: len(material)], texts[len(material) :])


def leave_out(files: Files) -> None:
    """Publish nothing of the theme's that no page loads."""
    for file in list(files):
        if _UNUSED.match(file.src_uri):
            files.remove(file)


def keep_language(files: Files, language: str) -> None:
    """Of a hand-written page in several languages (`about.md`, `about.fr.md`), keep the site's."""
    chosen = catalogue_of(language).language
    for file in list(files.documentation_pages()):
        stem, _, suffix = file.src_uri.removesuffix(".md").rpartition(".")
        if not stem or suffix not in {"en", "fr"}:
            continue
        files.remove(file)
        plain = files.get_file_from_path(f"{stem}.md")
        if suffix == chosen:
            if plain:
                files.remove(plain)
            source = Path(str(file.abs_src_path)).read_text(encoding="utf-8-sig")
            files.append(_translated(file, f"{stem}.md", source))


def _translated(file: File, source: str, content: str) -> File:
    made = File(source, file.src_dir, file.dest_dir, file.use_directory_urls)
    made.content_string = content
    made.edit_uri = file.src_uri
    return made


def contents_of(headings: Iterable[Heading]) -> TableOfContents:
    """Make a table of contents of a list of headings."""
    roots: list[AnchorLink] = []
    path: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(heading.title, heading.id, heading.level)
        while path and path[-1].level >= link.level:
            path.pop()
        (path[-1].children if path else roots).append(link)
        path.append(link)
    return TableOfContents(roots)


def editor_files(made: Build, config: MkDocsConfig, options: PracticeLibraryConfig) -> dict[str, str | bytes]:
    """Give the files of the editor under `/admin/`, where there is to be one.

    Raises:
        Abort: it cannot be set up as it is asked for.
    """
    if not options.cms:
        return {}
    root = Path(config.config_file_path).parent
    try:
        return cms_files(made, sources_in(config, str(options.spaces_dir)), root)
    except CmsError as error:
        raise Abort(made.words.text(f"cms.{error.args[0]}")) from None
