"""The theme as MkDocs sees it: our folder before the chosen theme's, and no hidden folder of either.

In: MkDocs' configuration. Out: the same, with a theme whose files are listed without those that MkDocs never
publishes. Called by `plugin`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig

from .host_files import ASSETS
from .tightening import THEME


class VisibleLoader(FileSystemLoader):
    """Loads every template, and lists those that do not lie in a hidden folder.

    MkDocs goes through the list at each build and leaves out whatever is hidden; Material has more than ten
    thousand icons there.
    """

    def list_templates(self) -> list[str]:
        """List the files of the theme, hidden folders left out."""
        return sorted({name for folder in self.searchpath for name in _visible(folder, self.followlinks)})


def _visible(folder: str, followlinks: bool) -> Iterator[str]:  # noqa: FBT001 - as Jinja has it
    for inside, folders, names in os.walk(folder, followlinks=followlinks):
        folders[:] = [name for name in folders if not name.startswith(".")]
        place = os.path.relpath(inside, folder).replace(os.sep, "/")
        yield from (name if place == "." else f"{place}/{name}" for name in names)


def bring_theme(config: MkDocsConfig) -> None:
    """Put our folder before the theme's, behind one of the site's own, and list what can be published."""
    theme = config.theme
    if str(THEME) not in theme.dirs:
        theme.dirs.insert(1 if theme.custom_dir else 0, str(THEME))
    theme.static_templates |= {f"{ASSETS}/{name}-words.js" for name in ("frame", "search")}
    vars(theme)["get_env"] = partial(_env_of, theme.get_env)


def _env_of(get_env: Callable[[], Environment]) -> Environment:
    env = get_env()
    if type(env.loader) is FileSystemLoader:
        env.loader = VisibleLoader(env.loader.searchpath, env.loader.encoding, env.loader.followlinks)
    return env
