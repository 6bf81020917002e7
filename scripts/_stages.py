"""How long single stages of a build take by themselves.

In: the project of this library as `bench` has just built it, with one more note edited since. Out: seconds by
stage, as JSON. Run by `bench` in the project's environment and folder.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from practice_library.build import Options, SourceAccess, build
from practice_library.cache import FOLDER, SEARCH
from practice_library.diagnostics import Report
from practice_library.kept_related import NAME, KeptRelated
from practice_library.kept_search import KeptSearch
from practice_library.loader import load
from practice_library.means import Means
from practice_library.parallel import beside, spread
from practice_library.readings import Readings
from practice_library.results import index_of_build
from practice_library.surroundings import made_with
from practice_library.sweeping import unswept

EDITION: Final = Path(FOLDER) / "public-en"
T = TypeVar("T")


def main() -> None:
    """Measure, and print what was found."""
    root = Path.cwd()
    folder = root / "spaces"
    today = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).date()
    found: dict[str, float] = {}

    def timed(name: str, do: Callable[[], T]) -> T:
        begun = time.perf_counter()
        made = do()
        found[name] = time.perf_counter() - begun
        return made

    with unswept():
        timed("start", _start)
        timed("read", lambda: load(root, folder, Report(), {}, _readings()))
        means = Means(readings=_readings(), aside=beside, related=KeptRelated(EDITION / NAME, made_with()))
        options = Options(today=today, source=SourceAccess.PRIVATE)
        made = timed("link", lambda: build(root, folder, options, means=means))
    found["link"] -= found["read"]
    timed("index after an edit", lambda: index_of_build(made, kept=KeptSearch(EDITION / SEARCH, made_with())))
    timed("index", lambda: index_of_build(made))
    files = {path.relative_to("site"): path for path in Path("site").rglob("*") if path.is_file()}
    held = {name: path.read_bytes() for name, path in files.items()}
    timed(
        "write", lambda: _place(Path("written"), {name: partial(_write, data) for name, data in held.items()})
    )
    timed(
        "name", lambda: _place(Path("named"), {name: partial(os.link, path) for name, path in files.items()})
    )
    print(json.dumps(found))


def _start() -> None:
    """Load what a build loads, in a process of its own."""
    code = "from mkdocs.config import load_config; load_config('mkdocs.yml')"
    subprocess.run([sys.executable, "-c", code], check=True)


def _readings() -> Readings:
    return Readings(partial(spread, here=True))


def _place(folder: Path, files: dict[Path, Callable[[Path], object]]) -> None:
    """Fill a folder that is not there yet."""
    for parent in sorted({(folder / name).parent for name in files}):
        parent.mkdir(parents=True, exist_ok=True)
    for name, put in files.items():
        put(folder / name)


def _write(data: bytes, path: Path) -> None:
    path.write_bytes(data)


if __name__ == "__main__":
    main()
