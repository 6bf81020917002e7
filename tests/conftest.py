"""Lets the tests find the plugin in the checkout, installed or not, and be the same each time."""

import sys
from pathlib import Path

from hypothesis import settings

pytest_plugins = ["tests.figures"]

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins"))
settings.register_profile("project", database=None, derandomize=True, deadline=None)
settings.load_profile("project")
