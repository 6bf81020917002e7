"""The figures of `bench` as a page: between two marks in docs/develop/speed.md, whose other words stay.

In: the medians by size and contender. Out: the page with its tables written anew.
"""

import json
import math
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

BEGIN: Final = "<!-- measured by scripts/bench -->"
END: Final = "<!-- end of what was measured -->"
_NAMES: Final = {
    "ours/cold": "this library, from nothing",
    "ours/again": "this library, nothing changed",
    "ours/edited": "this library, one note edited",
    "mkdocs/cold": "MkDocs with Material, notes out of the navigation",
    "zensical/cold": "Zensical, from nothing",
    "zensical/again": "Zensical, nothing changed",
    "zensical/edited": "Zensical, one note edited",
    "eleventy/cold": "Eleventy, a bare layout",
    "hugo/cold": "Hugo, a bare layout",
}
_BARS: Final = (
    ("cold build to MkDocs with Material", "ours/cold", ("mkdocs/cold",), "wall", 0.40),
    ("cold build to Zensical", "ours/cold", ("zensical/cold",), "wall", 0.35),
    ("cold build to Eleventy", "ours/cold", ("eleventy/cold",), "wall", 1.4),
    (
        "one note edited, to Eleventy or Hugo, the quicker",
        "ours/edited",
        ("eleventy/cold", "hugo/cold"),
        "wall",
        0.40,
    ),
    ("one note edited, to Zensical", "ours/edited", ("zensical/edited",), "wall", 0.12),
    ("peak memory to Zensical", "ours/cold", ("zensical/cold",), "memory", 0.30),
    ("bytes of a page to Eleventy's bare page", "ours/cold", ("eleventy/cold",), "page", 1.5),
    ("bytes of all files, with the search, to Eleventy's", "ours/cold", ("eleventy/cold",), "size", 1.5),
)
_MOST_GROWTH: Final = 1.05
STAGES: Final = "ours/stages"
"""Under which name it lies what stages of a build take by themselves."""
_STAGES: Final = {
    "start": "loading Python, MkDocs, Material and the plugins",
    "read": "reading every note, on all processors",
    "link": "admitting and linking all entries, planning pages, finding personal details",
    "index after an edit": "the search index after one edit, on one processor",
    "index": "the search index from nothing, on one processor",
    "name": "giving every file of the site a second name",
    "write": "writing every file of the site anew",
}

Row = Mapping[str, Mapping[str, float]]


def write_page(results: Path, page: Path, python: str) -> None:
    """Put the figures into the page.

    Args:
        results: the medians.
        page: the page.
        python: the version that built.
    """
    sizes: Mapping[str, Row] = json.loads(results.read_text(encoding="utf-8"))
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(
        f"{before}{BEGIN}\n\n{tables(sizes, python)}\n{END}{after}", encoding="utf-8", newline="\n"
    )


def tables(sizes: Mapping[str, Row], python: str) -> str:
    """Write every table."""
    ordered = sorted(sizes, key=int)
    machine = f"{os.cpu_count()} processors, Python {python}, {platform.system()}"
    parts = [f"Measured on {machine}.", *(_table(size, sizes[size]) for size in ordered)]
    largest = sizes[ordered[-1]]
    parts.append(_bars(int(ordered[-1]), largest, _growth(sizes)))
    if STAGES in largest:
        parts.append(_stages(int(ordered[-1]), largest[STAGES]))
    return "\n\n".join(parts) + "\n"


def _table(size: str, row: Row) -> str:
    lines = [
        f"**{int(size):,} notes**",
        "",
        "| | seconds | of all processors | memory, MB | files | site, MB | a page, kB | runs |",
        "|--|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for key, name in _NAMES.items():
        if key in row:
            m = row[key]
            lines.append(
                f"| {name} | {m['wall']:.1f} | {m['cpu']:.1f} | {m['memory']:.0f} | {m['files']:.0f}"
                f" | {m['size'] / 1e6:.1f} | {m['page'] / 1e3:.1f} | {m['runs']:.0f} |"
            )
    return "\n".join(lines)


def _bars(size: int, row: Row, growth: float | None) -> str:
    lines = [f"**Ratios at {size:,} notes**", "", "| | bar | measured |", "|--|--:|--:|"]
    for name, ours, others, what, bar in _BARS:
        there = [row[other][what] for other in others if other in row]
        if ours in row and there:
            lines.append(f"| {name} | {bar:.2f} | {row[ours][what] / min(there):.2f} |")
    if growth is not None:
        lines.append(f"| growth of processor time, exponent | {_MOST_GROWTH:.2f} | {growth:.2f} |")
    return "\n".join(lines)


def _stages(size: int, stages: Mapping[str, float]) -> str:
    lines = [f"**Stages of a build of {size:,} notes, each by itself**", "", "| | seconds |", "|--|--:|"]
    lines += [f"| {name} | {stages[stage]:.1f} |" for stage, name in _STAGES.items() if stage in stages]
    return "\n".join(lines)


def _growth(sizes: Mapping[str, Row]) -> float | None:
    """Give the exponent of processor time between the smallest and the largest size."""
    known: dict[int, Any] = {
        int(size): row["ours/cold"]["cpu"] for size, row in sizes.items() if "ours/cold" in row
    }
    if len(known) < 2:  # noqa: PLR2004 - a line needs two points
        return None
    small, large = min(known), max(known)
    return math.log(known[large] / known[small]) / math.log(large / small)
