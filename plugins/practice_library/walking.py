"""Every file below a folder, by its name from there: links are told, and never followed.

In: a folder. Out: names with slashes. Called by `plugin`, `swap`, `spare` and `preview_folder`.
"""

from __future__ import annotations

import os
from pathlib import Path


def files_below(folder: Path) -> list[str]:
    """List every file below a folder, links of any kind included, in a stable order.

    Raises:
        OSError: a folder cannot be read.
    """
    return sorted(all_below(folder)[0])


def all_below(folder: Path) -> tuple[list[str], list[str]]:
    """Give every file below a folder, and every folder, outer ones first, with a slash behind its name.

    Raises:
        OSError: a folder cannot be read.
    """
    files: list[str] = []
    folders, root = [""], str(folder)
    for inside in folders:
        with os.scandir(f"{root}/{inside}") as items:  # texts, since a large site has ten thousand folders
            for item in items:
                if item.is_dir(follow_symlinks=False):
                    folders.append(f"{inside}{item.name}/")
                else:
                    files.append(f"{inside}{item.name}")
    return files, folders[1:]
