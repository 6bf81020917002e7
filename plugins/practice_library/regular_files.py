"""The one way in which a file that somebody sent is opened: a regular one, through no link, up to a limit.

In: a path, and how much to read at most. Out: bytes, or nothing. Called by `loader`, `build`, `fixing` and
`importing`.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

_LEAST: Final = 4_095
"""How many bytes are asked for at least: some systems do not know the size of every file."""


def read_regular(path: str | Path, limit: int) -> bytes | None:
    """Read a regular file without ever following a link.

    Args:
        path: the file.
        limit: how many bytes to read at most; one more tells that there were too many.

    Returns:
        The bytes, or None where there is no such file or it cannot be read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    try:
        return _content(handle, limit + 1)
    except OSError:
        return None
    finally:
        os.close(handle)


def _content(handle: int, most: int) -> bytes | None:
    """Read what a regular file holds, asking for no more room than it takes."""
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        return None
    room = max(status.st_size, _LEAST) + 1
    data = b""
    while len(data) < most and (more := os.read(handle, min(room, most - len(data)))):
        data += more
    return data
