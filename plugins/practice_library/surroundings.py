"""What everything that is kept from build to build hangs on, beside the content it was made of.

In: MkDocs' configuration, navigation and templates. Out: texts that are the same in every process, and others
where code, templates, versions or settings are others. Called by `plugin` and `publishing`; knows MkDocs.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from .watching import digest_of

_HERE: Final = Path(__file__).parent
_LIBRARIES: Final = (
    "babel",
    "jinja2",
    "markdown",
    "markupsafe",
    "mkdocs",
    "mkdocs-material",
    "nh3",
    "properdocs",
    "pymdown-extensions",
    "python-frontmatter",
    "pyyaml",
    "snowballstemmer",
)
"""On whose versions it hangs what is made of content: pages, readings, the words that are searched."""
_OURS_TO_NAME: Final = frozenset({"plugins", "site_dir", "docs_dir", "config_file_path", "theme", "hooks"})
"""Settings that are told apart from the others, or of which pages know nothing."""


def surroundings(config: MkDocsConfig, nav: Navigation, env: Environment, files: Files) -> Iterator[str]:
    """Tell what all pages hang on beside the library: code, templates, versions, settings, navigation."""
    yield made_with()
    yield _theme_state(tuple(config.theme.dirs))
    yield _plain({key: value for key, value in config.items() if key not in _OURS_TO_NAME})
    yield _plain(dict(config.theme))
    yield _plain({key: value for key, value in env.globals.items() if not callable(value)})
    yield _plain([_nav_item(item) for item in nav.items])
    yield _plain(sorted(f.src_uri for f in files.documentation_pages()))


def _nav_item(item: Any) -> list[Any]:  # noqa: ANN401 - MkDocs' items have no common kind
    children = [_nav_item(child) for child in item.children or ()]
    return [str(item.title), getattr(item, "url", ""), getattr(item, "is_homepage", False), children]


def _plain(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=_named, ensure_ascii=False)


def _named(value: object) -> object:
    """Tell what JSON has no form for, the same in every process."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset, tuple)):
        return sorted(map(str, value))
    name = getattr(value, "__qualname__", "")
    return f"{getattr(value, '__module__', '')}.{name}" if name else type(value).__qualname__


@cache
def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


@cache
def made_with() -> str:
    """Tell the state of what makes things of content: our code, templates, words and theme, and versions."""
    versions = (f"{name} {_version(name)}" for name in _LIBRARIES)
    own = _files_state(path for path in sorted(_HERE.rglob("*")) if path.suffix not in {".pyc", ".svg"})
    return "\n".join([f"{sys.version_info}", zlib.ZLIB_RUNTIME_VERSION, *versions, own])


def _theme_state(folders: tuple[str, ...]) -> str:
    """Tell the state of templates that a site brings itself; those of packages go with their versions."""
    own = [Path(folder) for folder in folders if "site-packages" not in Path(folder).parts]
    return _files_state(path for folder in own for path in sorted(folder.rglob("*.html")))


def _files_state(paths: Iterable[Path]) -> str:
    return digest_of("".join(f"{p} {digest_of(p.read_bytes())}\n" for p in paths if p.is_file()))
