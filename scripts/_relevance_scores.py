"""How good ranked lists are, held against what a reader judged to be relevant.

In: judged queries, and for each engine the ids that it found, best first. Out: scores, and the table that
`scripts/relevance` prints. A grade of 2 answers the query, 1 has to do with it; what is not judged has none.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CUT: Final = 10
"""How many results a reader is taken to look at."""
Ranked = Mapping[str, Sequence[str]]
"""What an engine found: for the id of each query the ids of pages, best first."""


@dataclass(frozen=True, kw_only=True)
class Query:
    """What a reader typed, and what would have helped."""

    id: str
    text: str
    kind: str
    """What sort of query it is: a question, a slip of the pen, an acronym."""
    relevant: Mapping[str, int]
    """The grade of each relevant practice by its id."""


@dataclass(frozen=True, kw_only=True)
class Scores:
    """How good one list is, or the mean of many."""

    ndcg: float
    """Normalised discounted cumulative gain of the first ten (Järvelin & Kekäläinen, 2002)."""
    mrr: float
    """One over the place of the first relevant result."""
    first: float
    """Whether the very first result is relevant."""
    empty: float
    """Whether nothing was found at all."""


def read_queries(path: Path) -> list[Query]:
    """Read `{"queries": [{"id", "query", "kind", "relevant": {id: grade}}]}`."""
    rows = json.loads(path.read_text(encoding="utf-8"))["queries"]
    return [
        Query(id=row["id"], text=row["query"], kind=row.get("kind", ""), relevant=row["relevant"])
        for row in rows
    ]


def score(found: Sequence[str], relevant: Mapping[str, int]) -> Scores:
    """Score one list; an id that stands twice in it counts at its first place."""
    grades = [relevant.get(name, 0) for name in dict.fromkeys(found)]
    best = _gain(sorted(relevant.values(), reverse=True))
    places = [place for place, grade in enumerate(grades, 1) if grade]
    return Scores(
        ndcg=_gain(grades) / best if best else 0.0,
        mrr=1 / places[0] if places else 0.0,
        first=float(places[:1] == [1]),
        empty=float(not grades),
    )


def _gain(grades: Sequence[int]) -> float:
    """Add up what each result is worth, less the further down it stands."""
    return sum((2.0**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades[:CUT], 1))


def mean(scores: Iterable[Scores]) -> Scores:
    """Give the mean of each score; of none, zero."""
    rows = list(scores)
    number = len(rows) or 1
    return Scores(
        ndcg=sum(row.ndcg for row in rows) / number,
        mrr=sum(row.mrr for row in rows) / number,
        first=sum(row.first for row in rows) / number,
        empty=sum(row.empty for row in rows) / number,
    )


def table(queries: Sequence[Query], engines: Mapping[str, Ranked]) -> str:
    """Give a Markdown table: a line for each score and for each kind of query, a column an engine."""
    scores = {
        name: {query.id: score(ranked.get(query.id, ()), query.relevant) for query in queries}
        for name, ranked in engines.items()
    }
    means = [mean(rows.values()) for rows in scores.values()]
    lines = [
        ["", *engines],
        ["--", *("--" for _ in engines)],
        ["nDCG@10", *(f"{each.ndcg:.3f}" for each in means)],
        ["MRR", *(f"{each.mrr:.3f}" for each in means)],
        ["first result relevant", *(f"{each.first:.0%}" for each in means)],
        ["nothing found", *(f"{each.empty:.0%}" for each in means)],
    ]
    for kind in sorted({query.kind for query in queries}):
        ids = [query.id for query in queries if query.kind == kind]
        kind_means = (mean(rows[name] for name in ids).ndcg for rows in scores.values())
        lines.append([f"nDCG@10, {kind or 'other'} ({len(ids)})", *(f"{value:.3f}" for value in kind_means)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def details(queries: Sequence[Query], engines: Mapping[str, Ranked]) -> str:
    """Give a line for each query: its nDCG@10 with each engine, and what was typed."""
    lines = []
    for query in queries:
        values = (score(ranked.get(query.id, ()), query.relevant).ndcg for ranked in engines.values())
        lines.append(f"{query.id}  {'  '.join(f'{value:.2f}' for value in values)}  {query.text}")
    return "\n".join(lines)
