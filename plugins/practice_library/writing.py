"""Files written whole or not at all.

In: a path and bytes. Out: the file as given, or as it was before. What is written is on the disk before it
takes its name, so whoever reads at the same time, or whatever fails, finds nothing half done.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace_file(path: Path, data: bytes, scratch: Path) -> None:
    """Put a file in the place of one that is there, with the same rights.

    Args:
        path: the file.
        data: what it is to hold.
        scratch: a folder on the same disk for what is not finished.
    """
    unfinished = _written(data, scratch)
    try:
        unfinished.chmod(path.stat().st_mode & 0o777)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def create_file(path: Path, data: bytes) -> None:
    """Write a new file; whatever goes wrong, half a file does not stay.

    Raises:
        FileExistsError: there is something of that name already.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as stream:
        try:
            stream.write(data)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _written(data: bytes, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(number, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    return Path(name)
