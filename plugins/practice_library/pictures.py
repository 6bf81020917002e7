"""Pictures beside an entry: checked by what they are, and written anew without what they carry along.

In: the bytes of a picture file. Out: a new picture of bounded size without place, time, camera or any
other metadata, named by its content; or the reason why it is none. Called by `build` for pictures that an
admitted entry shows, and for no others.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, UnidentifiedImageError

MAX_BYTES: Final = 12 * 1024 * 1024
"""The largest picture file, in bytes."""
MAX_PIXELS: Final = 50_000_000
"""The largest picture, in pixels; a small file can unfold into an enormous picture."""
MAX_LENGTH: Final = 20_000
"""The longest side of a picture file, in pixels: each row takes memory of its own, however short."""
MAX_SIDE: Final = 1600
"""The longest side that is published, in pixels."""
FOLDER: Final = "pictures"
"""Where pictures lie on the site."""

_FORMATS: Final = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}


_LAYERED: Final = {"JPEG": "MPO"}
"""What a photograph calls itself that holds more than one, as many telephones make them."""
_SMOOTH: Final = frozenset({"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"})
"""Kinds of colour that can be made smaller as they are, which takes less memory."""
_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class PictureError(Exception):
    """Why a file is no picture that can be shown: a diagnostic code."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture as it is published."""

    name: str
    """Its file name on the site: the digest of its content."""
    data: bytes
    width: int
    height: int


def published(data: bytes, extension: str) -> Picture:
    """Make the picture that is published.

    Args:
        data: the bytes of the file beside the entry.
        extension: of its name, with the dot, in lower case.

    Raises:
        PictureError: too large, or not a picture of the kind that its name says.
    """
    if len(data) > MAX_BYTES:
        raise PictureError("picture-too-large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _rewritten(data, _FORMATS[extension])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureError("picture-too-large") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, EOFError):
        raise PictureError("not-a-picture") from None


def _orientation(opened: Image.Image) -> int:
    """Tell how a camera was held; metadata that is damaged says nothing, and harms nobody."""
    try:
        found = opened.getexif().get(_ORIENTATION)
    except Exception:  # noqa: BLE001 - Pillow raises whatever damaged metadata makes it stumble over
        return 0
    return found if isinstance(found, int) else 0


def _rewritten(data: bytes, expected: str) -> Picture:
    """Decode a picture and encode what is to be seen of it, and nothing else."""
    with Image.open(io.BytesIO(data), formats=sorted(set(_FORMATS.values()))) as opened:
        if opened.format not in {expected, _LAYERED.get(expected)}:
            raise PictureError("not-a-picture")
        if opened.width * opened.height > MAX_PIXELS or max(opened.size) > MAX_LENGTH:
            raise PictureError("picture-too-large")
        turn = _TURNS.get(_orientation(opened))
        has_alpha = opened.mode in {"RGBA", "LA", "PA"} or "transparency" in opened.info
        mode = "RGBA" if has_alpha else "RGB"
        if opened.mode in _SMOOTH:
            opened.thumbnail((MAX_SIDE, MAX_SIDE))
        plain = opened.convert(mode)
    plain.thumbnail((MAX_SIDE, MAX_SIDE))
    upright = plain.transpose(turn) if turn is not None else plain
    bare = Image.frombytes(upright.mode, upright.size, upright.tobytes())
    stream = io.BytesIO()
    if has_alpha or expected == "PNG":
        bare.save(stream, "PNG", optimize=True)
        extension = "png"
    else:
        bare.save(stream, "JPEG", quality=82, optimize=True, progressive=True)
        extension = "jpg"
    found = stream.getvalue()
    name = f"{hashlib.sha256(found).hexdigest()[:20]}.{extension}"
    return Picture(name=name, data=found, width=bare.width, height=bare.height)
