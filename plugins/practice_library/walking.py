"""Every file below a folder, by its name from there: links are told, and never followed.

In: a folder. Out: names with slashes, in a stable order. Called by `swap`, `offline` and `preview_folder`.
"""

from __future__ import annotations

import os
from pathlib import Path


def files_below(folder: Path) -> list[str]:
    """List every file below a folder, links of any kind included.

    Raises:
        OSError: a folder cannot be read.
    """
    found: list[str] = []
    left, root = [""], str(folder)
    while left:
        inside = left.pop()
        with os.scandir(f"{root}/{inside}") as items:  # texts, since a large site has ten thousand folders
            for item in items:
                if item.is_dir(follow_symlinks=False):
                    left.append(f"{inside}{item.name}/")
                else:
                    found.append(f"{inside}{item.name}")
    return sorted(found)
