"""The pages of a library as plain Markdown, for builders that know nothing of this project.

In: a project with its content. Out: a Markdown file for each page, with its texts in it and its links
as relative links, below another folder. Run by `bench` in the project's environment.
"""

import re
import sys
from datetime import date
from pathlib import Path

from practice_library.addresses import relative_source, source_of
from practice_library.build import Options, SourceAccess, build
from practice_library.library import Ref
from practice_library.links import PICTURE, Link, replace_links
from practice_library.model import Entry
from practice_library.render import Renderer

TODAY = date(2026, 5, 28)
_HEAD = re.compile(r"\A---\n(?:.*\n)*?---\n+")
_SLOT = re.compile(r'<div class="pl-body" data-pl-slot="[a-z-]+"[^>]*></div>')


def main(project: str, target: str) -> None:
    """Write the pages."""
    root = Path(project)
    made = build(root, root / "spaces", Options(today=TODAY, source=SourceAccess.PRIVATE))
    renderer = Renderer(made)

    def told(entry: Entry, here: str) -> str:
        def written(link: Link) -> str:
            ref = made.library.target_of(link)
            if ref is None or link.kind == PICTURE:
                return link.label
            label = link.label or made.library.title_of(ref) or ref.id
            return f"[{label}]({relative_source(_source(ref), here)})"

        return replace_links(entry.body, entry.path, written)

    for page in made.plan.pages:
        text = _HEAD.sub("", renderer.render(page).markdown)
        if page.entry:
            body = told(page.entry, page.source)
            text = f"\n\n{body}\n\n".join(_SLOT.split(text))
        path = Path(target) / page.source
        path.parent.mkdir(parents=True, exist_ok=True)
        title = page.title.replace('"', "'")
        path.write_text(f'---\ntitle: "{title}"\n---\n\n{text}', encoding="utf-8", newline="\n")


def _source(ref: Ref) -> str:
    return source_of(ref)


if __name__ == "__main__":
    main(*sys.argv[1:])
