"""What `scripts/weigh` runs in `.venv`: a generated library's index, asked in a browser.

In: how many notes and queries. Out: a table of bytes and milliseconds. A query is three to five words that
stand together in a document, every third with a slip of the pen.
"""

from __future__ import annotations

import argparse
import gzip
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, Response

from _environment import ROOT
from _generator import Generator
from _pages import opened, served
from practice_library.build import Build, Options, build
from practice_library.documents import documents_of
from practice_library.results import index_of_build
from practice_library.tokens import STOP, tokens

ASSETS: Final = "assets/pl/search"
OPEN: Final = """async () => {
    const { open } = await import("./assets/pl/search/engine.js");
    window.engine = await open();
}"""
ASK: Final = """async (text) => {
    const results = (await engine.ask({ text })).results.length;
    await engine.store.dictionary();
    const start = performance.now();
    await engine.ask({ text });
    return [results, performance.now() - start];
}"""
"""Asks twice: the second time everything that is needed has arrived, and the words for slips to come."""


def main(arguments: Sequence[str]) -> int:
    """Weigh the searches of one library."""
    parser = argparse.ArgumentParser(prog="scripts/weigh", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=40)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        made = make(root, options.notes)
        typed = list(queries(made, options.queries))
        write_site(root / "site", index_of_build(made))
        with served(root / "site") as home, opened() as page:
            first, further = (weighed(page, home, root / "site", typed, first=way) for way in (True, False))
            print(table(first, further))
        print(sizes(root / "site" / "search"))
    return 0


def make(root: Path, notes: int) -> Build:
    """Write the content of a library and link it."""
    Generator(notes).write(root / "spaces")
    shutil.copy(ROOT / "spaces" / "vocabulary.yml", root / "spaces")
    return build(root, root / "spaces", Options(today=datetime.now(UTC).date()))


def write_site(site: Path, files: dict[str, bytes]) -> None:
    """Lay out the index, the engine and a page to ask from."""
    (site / "search").mkdir(parents=True)
    for name, data in files.items():
        (site / "search" / name).write_bytes(data)
    theme = ROOT / "plugins" / "practice_library" / "theme"
    shutil.copytree(theme / ASSETS, site / ASSETS)
    (site / "index.html").write_text("<!doctype html><title>search</title>", encoding="utf-8")


def queries(made: Build, count: int) -> Iterator[str]:
    """Choose what to ask, the same each time."""
    rng = random.Random("weigh")  # noqa: S311 - the same each time is the point
    documents = documents_of(made.library, made.words, "")
    for number in range(count):
        words: list[str] = []
        while len(words) < 5:  # noqa: PLR2004 - enough to take three to five from
            text = rng.choice(documents).text
            words = [word for word in tokens(text) if word not in STOP]
        start = rng.randrange(len(words) - 4)
        asked = words[start : start + rng.randint(3, 5)]
        if number % 3 == 0:
            longest = max(range(len(asked)), key=lambda place: len(asked[place]))
            asked[longest] = asked[longest][:2] + asked[longest][3:]
        yield " ".join(asked)


def weighed(
    page: Page, home: str, site: Path, typed: Sequence[str], *, first: bool
) -> list[tuple[int, int, float]]:
    """Ask each query; give the bytes fetched, the results shown and the milliseconds of the answer.

    Args:
        page: an open page of the browser.
        home: the URL of the site.
        site: its folder.
        typed: the queries.
        first: whether each is asked in a page that has fetched nothing yet, or all in one.
    """
    fetched: list[int] = []

    def count(response: Response) -> None:
        # The index is compressed inside; scripts and JSON are compressed by whoever serves them.
        path = site / response.url.removeprefix(home).partition("?")[0]
        if path.is_file():
            data = path.read_bytes()
            fetched.append(len(data if path.suffix == ".bin" else gzip.compress(data, 6)))

    found = []
    page.on("response", count)
    for number, text in enumerate(typed):
        if first or number == 0:
            page.context.clear_cookies()
            page.goto("about:blank")
            page.goto(f"{home}?{number if first else 'further'}")
            fetched.clear()
            page.evaluate(OPEN)
        if not first:
            if number == 0:
                page.evaluate(ASK, "meeting")
            fetched.clear()
        answer: Any = page.evaluate(ASK, text)
        found.append((sum(fetched), int(answer[0]), float(answer[1])))
    page.remove_listener("response", count)
    return found


def table(first: Sequence[tuple[int, int, float]], further: Sequence[tuple[int, int, float]]) -> str:
    """Tell medians and the worst."""
    lines = ["| search | kB fetched, median | most | ms, median | most | without results |", "|" + "--|" * 6]
    for name, found in (("first", first), ("further", further)):
        sizes = [size / 1000 for size, _, _ in found]
        times = [time for _, _, time in found]
        empty = sum(not results for _, results, _ in found)
        lines.append(
            f"| {name} | {statistics.median(sizes):.0f} | {max(sizes):.0f} "
            f"| {statistics.median(times):.0f} | {max(times):.0f} | {empty} of {len(found)} |"
        )
    return "\n".join(lines)


def sizes(folder: Path) -> str:
    """Tell how large the index is."""
    found = [path.stat().st_size / 1000 for path in folder.iterdir()]
    return f"The index: {len(found)} files, {sum(found):.0f} kB, the largest {max(found):.0f} kB."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
