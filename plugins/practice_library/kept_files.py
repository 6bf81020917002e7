"""Files of a cache that hold values: taken only as they were written, and only plain ones.

In: a file. Out: its value, made of tables, texts and numbers, or nothing. Whatever else lies there, from a
killed build or from somebody else, is as good as absent. Called by `kept_search`,
`kept_related` and `kept_contents`.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from pathlib import Path
from typing import IO, Any, Final, NoReturn

from .sweeping import paused

_HEAD: Final = b"practice-library 1\n"
_DIGEST: Final = 32
_PIECE: Final = 1 << 20
"""As much of a file is looked at in one go: it need not be in memory twice."""


def load(path: Path, state: str) -> Any | None:  # noqa: ANN401 - whatever was kept
    """Read a value that is made of tables, texts and numbers.

    Args:
        path: the file.
        state: what it hangs on: code, versions, settings; what was kept in another state does not count.

    Returns:
        The value; None where there is none.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(len(_HEAD) + _DIGEST)
            found = _begun(state)
            while data := stream.read(_PIECE):
                found.update(data)
            if head != _HEAD + found.digest():
                return None
            stream.seek(len(head))
            return _made(stream)
    except OSError:
        return None


def save(path: Path, state: str, value: object) -> None:
    """Keep a value in the place of what was there.

    Raises:
        OSError: it could not be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as stream:
        stream.write(_HEAD + bytes(_DIGEST))
        told = _Told(stream, state)
        pickle.dump(value, told, protocol=5)
        stream.seek(len(_HEAD))
        stream.write(told.digest())
    new.replace(path)


def written(value: object) -> bytes:
    """Write a value as bytes, of which `made` makes it again."""
    return pickle.dumps(value, protocol=5)


def made(data: bytes) -> Any | None:  # noqa: ANN401 - whatever was kept
    """Make a value of bytes; None if there is anything in them but tables, texts and numbers."""
    return _made(io.BytesIO(data))


def _made(stream: IO[bytes]) -> Any | None:  # noqa: ANN401
    try:
        with paused():
            return _Unpickler(stream).load()
    except (AttributeError, LookupError, TypeError, ValueError, pickle.UnpicklingError, EOFError):
        return None


def _begun(state: str) -> Any:  # noqa: ANN401 - a hash, whose type has no public name
    return hashlib.sha256(f"{state}\n".encode(errors="surrogatepass"))


class _Told:
    """Writes to a stream what is never whole in memory, and tells the digest of it."""

    def __init__(self, stream: IO[bytes], state: str) -> None:
        self._stream = stream
        self._found = _begun(state)

    def write(self, data: bytes) -> int:
        self._found.update(data)
        return self._stream.write(data)

    def digest(self) -> bytes:
        return bytes(self._found.digest())


class _Unpickler(pickle.Unpickler):
    """Makes no object of any class, whatever a file holds."""

    def find_class(self, module: str, name: str) -> NoReturn:
        """Refuse a class.

        Raises:
            pickle.UnpicklingError: always.
        """
        raise pickle.UnpicklingError(f"{module}.{name}")
