"""Files of a cache that hold values: taken only if they are as they were written, and of the kinds expected.

In: a file, and what its value may be made of. Out: the value, or nothing. Whatever else lies there, from a
killed build or from somebody else, is as good as absent. Called by `readings` and `kept_search`.
"""

from __future__ import annotations

import gc
import hashlib
import io
import pickle
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

_HEAD: Final = b"practice-library 1\n"
_DIGEST: Final = 32


Kinds = Mapping[tuple[str, str], type]
"""Classes by module and name."""


def kinds(*found: type) -> Kinds:
    """Name the classes that a value may be made of."""
    return {(kind.__module__, kind.__qualname__): kind for kind in found}


def load(path: Path, state: str) -> Any | None:  # noqa: ANN401 - whatever was kept
    """Read a value that is made of tables, texts and numbers.

    Args:
        path: the file.
        state: what it hangs on: code, versions, settings; what was kept in another state does not count.

    Returns:
        The value; None where there is none.
    """
    try:
        found = path.read_bytes()
    except OSError:
        return None
    begin = len(_HEAD) + _DIGEST
    data = memoryview(found)[begin:]
    if found[: len(_HEAD)] != _HEAD or found[len(_HEAD) : begin] != _digest(state, data):
        return None
    return made(data)


def save(path: Path, state: str, value: object) -> None:
    """Keep a value in the place of what was there.

    Raises:
        OSError: it could not be written.
    """
    data = written(value)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as stream:
        stream.write(_HEAD)
        stream.write(_digest(state, data))
        stream.write(data)
    new.replace(path)


def written(value: object) -> bytes:
    """Write a value as bytes."""
    return pickle.dumps(value, protocol=5)


def made(data: bytes | memoryview, of: Kinds = MappingProxyType({})) -> Any | None:  # noqa: ANN401
    """Make a value of bytes; None if it holds anything but tables, texts, numbers and the given classes."""
    was_on = gc.isenabled()
    gc.disable()  # nothing that is made here is garbage
    try:
        return _Unpickler(data, of).load()
    except (AttributeError, LookupError, TypeError, ValueError, pickle.UnpicklingError, EOFError):
        return None
    finally:
        if was_on:
            gc.enable()


def _digest(state: str, data: bytes | memoryview) -> bytes:
    found = hashlib.sha256(f"{state}\n".encode(errors="surrogatepass"))
    found.update(data)
    return found.digest()


class _Unpickler(pickle.Unpickler):
    """Makes values of some kinds, and nothing else, whatever a file holds."""

    def __init__(self, data: bytes | memoryview, of: Kinds) -> None:
        super().__init__(io.BytesIO(data))
        self._kinds = of

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as `pickle` declares it
        """Give the kind of a value.

        Raises:
            pickle.UnpicklingError: the value may not be made of this.
        """
        kind = self._kinds.get((module, name))
        if kind is None:
            raise pickle.UnpicklingError(name)
        return kind
