"""What `scripts/relevance` runs in `.venv`: makes and builds the sites, asks each engine, prints the table.

In: files of practices and of judged queries. Out: a table, and the ranked ids of each engine as JSON.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from _environment import ROOT, tool
from _relevance_engines import ask_material, ask_ours, ask_pagefind
from _relevance_library import Collection, read_collection, write_library, write_plain
from _relevance_scores import Query, details, read_queries, table

Ask = Callable[[Path, Sequence[Query]], dict[str, list[str]]]
ENGINES: Final[Mapping[str, tuple[str, Ask]]] = {
    "ours": ("library", ask_ours),
    "material": ("plain", ask_material),
    "pagefind": ("plain", ask_pagefind),
}
"""For each engine the site that it searches, and how it is asked."""
WRITERS: Final = {"library": write_library, "plain": write_plain}


def main(arguments: Sequence[str]) -> int:
    """Measure the engines asked for."""
    options = _options(arguments)
    queries = read_queries(options.judgements)
    collection = read_collection(options.practices, options.notes)
    engines = list(ENGINES) if options.engine == "all" else [options.engine]
    with tempfile.TemporaryDirectory() as folder:
        found = measure(collection, queries, engines, Path(folder))
    options.out.mkdir(parents=True, exist_ok=True)
    for name, ranked in found.items():
        text = json.dumps(ranked, ensure_ascii=False, indent=1)
        (options.out / f"{name}.json").write_text(text, encoding="utf-8")
    if options.details:
        print(details(queries, found), end="\n\n")
    print(table(queries, found))
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/relevance", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("practices", type=Path, help="practices, a JSON object a line")
    parser.add_argument("judgements", type=Path, help="queries with what is relevant to each")
    parser.add_argument("--notes", type=Path, help="notes of gatherings to put beside them")
    parser.add_argument("--engine", choices=[*ENGINES, "all"], default="all")
    parser.add_argument("--out", type=Path, default=ROOT / ".cache" / "relevance", help="for the ranked ids")
    parser.add_argument("--details", action="store_true", help="also a line for each query")
    return parser.parse_args(arguments)


def measure(
    collection: Collection, queries: Sequence[Query], engines: Sequence[str], folder: Path
) -> dict[str, dict[str, list[str]]]:
    """Build what the engines need and ask each; give the ids found, by engine and query.

    Args:
        collection: the texts.
        queries: what readers typed.
        engines: names of `ENGINES`.
        folder: where to build; emptied by whoever made it.
    """
    for site in sorted({ENGINES[name][0] for name in engines}):
        WRITERS[site](collection, folder / site)
        _build(folder / site)
    names = collection.names
    found = {}
    for name in engines:
        site, ask = ENGINES[name]
        answers = ask(folder / site / "site", queries)
        found[name] = {key: [names.get(url, f"page:{url}") for url in urls] for key, urls in answers.items()}
    return found


def _build(project: Path) -> None:
    """Build a site, or end with what the build complained of."""
    command = [tool("python"), "-m", "mkdocs", "build", "--quiet", "--site-dir", "site"]
    done = subprocess.run(
        command, cwd=project, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    if done.returncode != 0:
        sys.exit(f"The site could not be built from {project}:\n{done.stdout}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
