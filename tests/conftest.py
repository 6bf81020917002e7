"""Lets the tests find the plugin in the checkout, installed or not, and be the same each time."""

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings

pytest_plugins = ["tests.figures"]

LONGEST: Final = (
    *("test_faults", "test_no_trace", "test_browser", "test_bounded", "test_no_script", "test_long_site"),
    *(
        "test_form",
        "test_finder",
        "test_mending",
        "test_plugin",
        "test_offline",
        "test_site",
        "test_listings",
    ),
    *("test_policy", "test_map", "test_ways_in", "test_publishing", "test_search_box", "test_form_agrees"),
)
"""Files that take longest, longest first: begun last, one would leave the other processes of a run idle."""

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins"))
settings.register_profile("project", database=None, derandomize=True, deadline=None)
settings.load_profile("project")


def pytest_configure(config: pytest.Config) -> None:
    """Begin a folder for what the builds of this run share; the processes that it starts inherit it."""
    if not hasattr(config, "workerinput"):
        folder = tempfile.mkdtemp(prefix="kept-")
        os.environ["PRACTICE_LIBRARY_KEPT"] = folder
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first, and leave the others in their order."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


def pytest_collection_finish() -> None:
    """Take what is in memory by now, which stays for the whole run, out of every later look for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
