"""The pages of a library as plain Markdown, for builders that know nothing of this project.

In: a project with its content. Out: a Markdown file for each page, with its texts in it and its links
as relative links, below another folder. Run by `bench` in the project's environment.
"""

import posixpath
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from markdownify import ATX, MarkdownConverter

from practice_library.addresses import source_of
from practice_library.build import Build, Options, SourceAccess, build
from practice_library.links import PICTURE, Link, replace_links
from practice_library.pages import Page
from practice_library.render import Rendered, Renderer

TODAY = date(2026, 5, 28)
_SLOT = re.compile(r'<div class="pl-body" data-pl-slot="[a-z-]+"[^>]*></div>')
_LINK = re.compile(r'href="([^":?#]+)\.html((?:#[^"]*)?)"')


class _Converter(MarkdownConverter):
    """Writes Markdown; what Markdown has no form for stays the HTML it is."""

    def _as_it_is(self, element: Any, _text: str, **_: object) -> str:  # noqa: ANN401 - has no types
        lines = (line for line in str(element).splitlines() if line.strip())
        return "\n\n" + "\n".join(lines) + "\n\n"

    convert_figure = convert_form = convert_svg = convert_template = convert_script = _as_it_is
    convert_table = convert_fieldset = _as_it_is


def main(project: str, target: str) -> None:
    """Write the pages."""
    root = Path(project)
    made = build(root, root / "spaces", Options(today=TODAY, source=SourceAccess.PRIVATE))
    renderer = Renderer(made, directory_urls=False)
    for page in made.plan.pages:
        text = "\n\n".join(_texts(renderer.render(page), made))
        path = Path(target) / page.source
        path.parent.mkdir(parents=True, exist_ok=True)
        title = page.title.replace('"', "'")
        path.write_text(f'---\ntitle: "{title}"\n---\n\n{text}\n', encoding="utf-8", newline="\n")


def _texts(rendered: Rendered, made: Build) -> Iterator[str]:
    """Give the Markdown of a page piece by piece: our own, and the entry's text where it belongs."""
    converter = _Converter(heading_style=ATX, bullets="-")
    for place, piece in enumerate(_SLOT.split(_LINK.sub(r'href="\1.md\2"', rendered.html))):
        if place:
            yield _body(rendered.page, made)
        yield converter.convert(piece).strip()


def _body(page: Page, made: Build) -> str:
    """Give the text of a page's entry as it was written, with its links resolved."""
    here = posixpath.dirname(page.source) or "."

    def written(link: Link) -> str:
        ref = made.library.target_of(link)
        if ref is None or link.kind == PICTURE:
            return link.label
        label = link.label or made.library.title_of(ref) or ref.id
        return f"[{label}]({posixpath.relpath(source_of(ref), here)})"

    return replace_links(page.entry.body, page.entry.path, written) if page.entry else ""


if __name__ == "__main__":
    main(*sys.argv[1:])
