"""The site's fonts from an earlier build: cutting them takes seconds, and they hardly ever change.

In: a folder to keep them in. Out: what `fonts.site_fonts` gives. They are kept under a digest of all they
are made of, each behind a digest of itself; what is damaged or of another time is made anew.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Final

Fonts = Callable[[], Mapping[str, bytes]]
Begin = Callable[[Fonts], Fonts]

FOLDER: Final = "assets/pl/fonts"
"""Where the files belong on the site; the theme's style sheet looks for them there."""
_MADE_BY: Final = ("brotli", "fonttools", "font-source-sans-pro", "font-source-serif-pro")


def site_fonts(folder: Path, begin: Begin = lambda work: work) -> Fonts:
    """Give what gives every font file of the site by name, from the folder where they are there and whole.

    Args:
        folder: where they are kept.
        begin: how the cutting is begun, which takes seconds, where they are not; what it gives waits for it.
    """
    path = folder / f"fonts-{_origin()}.json"
    kept = _read(path)
    return begin(partial(_cut, path)) if kept is None else lambda: kept


def _cut(path: Path) -> Mapping[str, bytes]:
    """Cut the fonts and keep them.

    Raises:
        OSError: a package of fonts is not as it should be.
    """
    from .fonts import site_fonts as cut_fonts  # noqa: PLC0415 - a second to import, once in a long time

    made = dict(cut_fonts())
    _write(path, made)
    return made


def _origin() -> str:
    """Tell in one digest what the fonts are made of."""
    code = (files(__package__) / "fonts.py").read_bytes()
    versions = " ".join(f"{name} {_version(name)}" for name in _MADE_BY)
    return hashlib.sha256(code + versions.encode()).hexdigest()[:24]


def _version(name: str) -> str:
    with suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(name)
    return ""


def _read(path: Path) -> dict[str, bytes] | None:
    try:
        told = json.loads(path.read_bytes())
        found = {name: b64decode(data, validate=True) for name, (data, _) in told.items()}
        return found if all(_digest(found[name]) == told[name][1] for name in found) and found else None
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _write(path: Path, fonts: Mapping[str, bytes]) -> None:
    """Keep the fonts, and no others; a folder that cannot be written keeps nothing."""
    told = {name: (b64encode(data).decode(), _digest(data)) for name, data in sorted(fonts.items())}
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.new")
        new.write_text(json.dumps(told), encoding="utf-8")
        new.replace(path)
        for other in path.parent.glob("fonts-*.json"):
            if other != path:
                other.unlink()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
