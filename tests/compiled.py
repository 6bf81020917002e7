"""Compiled templates, kept in memory: the tests of one process compile each of ours once.

Handed to `Renderer`, in the place of the folder on disk that a build has.
"""

from __future__ import annotations

from types import CodeType
from typing import Final

import jinja2
from jinja2.bccache import Bucket


class Memory(jinja2.BytecodeCache):
    """Keeps compiled templates by their names: none changes while tests run."""

    def __init__(self) -> None:
        self._code: dict[str, CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.code


COMPILED: Final = Memory()
