"""The fonts of the site, cut down to the letters it needs.

In: Source Sans and Source Serif as their packages on PyPI bring them. Out: four small WOFF2 files
and the licences they come under, so that no page asks another host for a font. The same packages
give the same bytes. Called by the plugin, which puts them beside the theme's style sheets.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from fontTools import subset
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FOLDER: Final = "assets/pl/fonts"
"""Where the files belong on the site; the theme's style sheet looks for them there."""


@dataclass(frozen=True, kw_only=True)
class Face:
    """One file to make."""

    name: str
    """Its name on the site, without extension."""
    family: str
    """What it calls itself: the licence reserves the name of the original for the original."""
    source: Path
    """The file it is cut from."""


_SANS: Final = Path(str(files("font_source_sans_pro"))) / "files"
_SERIF: Final = Path(str(files("font_source_serif_pro"))) / "files"
FACES: Final = (
    Face(name="sans", family="Practice Sans", source=_SANS / "SourceSansPro-Regular.ttf"),
    Face(name="sans-italic", family="Practice Sans", source=_SANS / "SourceSansPro-It.ttf"),
    Face(name="sans-semibold", family="Practice Sans", source=_SANS / "SourceSansPro-Semibold.ttf"),
    Face(
        name="serif-semibold",
        family="Practice Serif",
        source=_SERIF / "SourceSerifPro-Semibold.ttf",
    ),
)
_LICENCES: Final = {"sans-LICENSE.txt": _SANS, "serif-LICENSE.txt": _SERIF}

LETTERS: Final = frozenset(
    chain(
        range(0x20, 0x7F),
        range(0xA0, 0x100),
        map(ord, "ŒœŸ"),  # French, beyond Latin-1
        map(ord, "ƗɨĀāĒēĪīŌōŪūʼʹ"),  # Mi'kmaw: the barred i, long vowels, the letter apostrophe
        range(0x2010, 0x2012),  # hyphens
        range(0x2013, 0x2015),  # dashes
        range(0x2018, 0x201F),  # quotation marks
        (0x2022, 0x2026, 0x202F, 0x2032, 0x2033, 0x2039, 0x203A),  # bullet to angle quotes
        map(ord, "€™←→"),
        (0x2212,),  # minus
    )
)
"""What may be typeset: English, French, Mi'kmaw in its usual orthographies, punctuation."""
_SAME_LOOK: Final = {0x2010: 0x2D, 0x2011: 0x2D}
"""Hyphens that the originals lack, and the character that looks the same."""
_BARRED: Final = {0x268: 0x69, 0x197: 0x49}
"""Barred letters that some of the originals lack, and what the bar goes through."""
_FEATURES: Final = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]
_OVERLAPS: Final = 0x40
"""The flag of a glyph whose outlines cross, so that every renderer fills it whole."""
_FAMILY_NAMES: Final = (1, 3, 4, 6, 16)
_KEPT_NAMES: Final = [0, 1, 2, 3, 4, 6, 13, 14]
"""Copyright, family, style, unique, full and PostScript name, licence, licence address."""


@cache
def site_fonts() -> Mapping[str, bytes]:
    """Make every font file of the site; once a process, since they never change.

    Returns:
        File name to content: four `.woff2`, and the licence of each family as text.

    Raises:
        OSError: a package of fonts is not as it should be.
    """
    licences = {name: (folder / "LICENSE.txt").read_bytes() for name, folder in _LICENCES.items()}
    return MappingProxyType({f"{face.name}.woff2": cut(face) for face in FACES} | licences)


def cut(face: Face) -> bytes:
    """Make one face: only the letters of the site, no hints, its own name, compressed."""
    font = TTFont(face.source, recalcTimestamp=False, lazy=False)
    _add_letters(font)
    chosen = subset.Subsetter(_options())
    chosen.populate(unicodes=LETTERS)
    chosen.subset(font)
    _rename(font, face)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def _options() -> subset.Options:
    options = subset.Options()
    options.hinting = False
    options.layout_features = list(_FEATURES)
    options.name_IDs = list(_KEPT_NAMES)
    options.notdef_outline = True
    options.recalc_timestamp = False
    return options


def _add_letters(font: TTFont) -> None:
    """Give a font the letters that it lacks and that can be made of others."""
    known: Mapping[int, str] = font.getBestCmap()
    for letter, twin in _SAME_LOOK.items():
        if letter not in known:
            _map(font, letter, known[twin])
    for letter, base in _BARRED.items():
        if letter not in known:
            _map(font, letter, _draw_barred(font, f"uni{letter:04X}", known[base], known[0x2D]))


def _map(font: TTFont, letter: int, glyph: str) -> None:
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[letter] = glyph


def _draw_barred(font: TTFont, name: str, base: str, hyphen: str) -> str:
    """Draw a letter with a bar through its middle, as thick as a hyphen."""
    glyphs, outlines, hyphens = font.getGlyphSet(), font["glyf"], font["glyf"][hyphen]
    pen = TTGlyphPen(None)
    glyphs[base].draw(_Decomposed(pen, glyphs))
    width, left = font["hmtx"][base]
    for index, point in enumerate(_bar(outlines[base], width, hyphens.yMax - hyphens.yMin)):
        (pen.lineTo if index else pen.moveTo)(point)
    pen.closePath()
    glyph = pen.glyph()
    glyph.flags[0] |= _OVERLAPS
    outlines[name] = glyph
    font["hmtx"][name] = (width, left)
    glyph.recalcBounds(outlines)
    return name


def _bar(base: Any, width: int, thickness: int) -> Iterator[tuple[int, int]]:  # noqa: ANN401 - untyped
    """Give the corners of a bar across a letter: clockwise, as outer outlines run."""
    middle = round(base.yMax * (0.5 if base.yMin >= 0 and base.numberOfContours == 1 else 0.36))
    low, margin = middle - thickness // 2, width // 14
    yield margin, low
    yield margin, low + thickness
    yield width - margin, low + thickness
    yield width - margin, low


class _Decomposed(DecomposingFilterPen):  # type: ignore[misc]
    """Turns a letter put together of parts (an i and its dot) into outlines."""


def _rename(font: TTFont, face: Face) -> None:
    style = face.source.stem.rpartition("-")[2]
    for record in font["name"].names:
        if record.nameID not in _FAMILY_NAMES:
            continue
        if record.nameID == 6:  # noqa: PLR2004 - the PostScript name, which has no blanks
            record.string = f"{face.family.replace(' ', '')}-{style}"
        elif record.nameID in {1, 16}:
            record.string = face.family
        else:
            record.string = f"{face.family} {style}"
