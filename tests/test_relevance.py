"""The measuring of searches: scores by hand, and a few invented practices from file to table."""

from __future__ import annotations

import math
import sys

import pytest
from tests.sites import ROOT

sys.path.insert(0, str(ROOT / "scripts"))

from _relevance_scores import Query, mean, score, table

HALF = 1 / math.log2(3)
"""What the second place is worth, where the first is worth 1."""


@pytest.mark.parametrize(
    ("found", "ndcg", "mrr", "first", "empty"),
    [
        pytest.param(["good", "fair"], 1.0, 1.0, 1.0, 0.0, id="best order"),
        pytest.param(
            ["fair", "good"], (1 + 3 * HALF) / (3 + HALF), 1.0, 1.0, 0.0, id="the better one second"
        ),
        pytest.param(
            ["other", "good"], 3 * HALF / (3 + HALF), 0.5, 0.0, 0.0, id="one that does not help first"
        ),
        pytest.param(["good", "good", "fair"], 1.0, 1.0, 1.0, 0.0, id="one of them twice"),
        pytest.param([*"abcdefghij", "good"], 0.0, 1 / 11, 0.0, 0.0, id="beyond the tenth"),
        pytest.param(["other"], 0.0, 0.0, 0.0, 0.0, id="nothing that helps"),
        pytest.param([], 0.0, 0.0, 0.0, 1.0, id="nothing at all"),
    ],
)
def test_a_list_is_worth_what_stands_at_its_top(
    found: list[str], ndcg: float, mrr: float, first: float, empty: float
) -> None:
    scores = score(found, {"good": 2, "fair": 1})
    assert (scores.ndcg, scores.mrr, scores.first, scores.empty) == pytest.approx((ndcg, mrr, first, empty))


def test_only_as_many_as_a_reader_looks_at_are_wanted() -> None:
    many = {f"p{number}": 1 for number in range(12)}
    assert score(list(many)[:10], many).ndcg == pytest.approx(1.0)


def test_the_mean_counts_every_query_alike() -> None:
    assert mean([score(["a"], {"a": 2}), score([], {"a": 2})]).ndcg == pytest.approx(0.5)
    assert mean([]).ndcg == 0


def test_the_table_has_a_column_for_each_engine_and_a_line_for_each_kind_of_query() -> None:
    queries = [
        Query(id="q1", text="tea", kind="keyword", relevant={"a": 2}),
        Query(id="q2", text="how to walk", kind="question", relevant={"b": 2}),
    ]
    lines = table(queries, {"one": {"q1": ["a"], "q2": ["a"]}, "two": {"q1": [], "q2": ["b"]}}).splitlines()
    assert lines[0] == "|  | one | two |"
    assert lines[2:] == [
        "| nDCG@10 | 0.500 | 0.500 |",
        "| MRR | 0.500 | 0.500 |",
        "| first result relevant | 50% | 50% |",
        "| nothing found | 0% | 50% |",
        "| nDCG@10, keyword (1) | 1.000 | 0.000 |",
        "| nDCG@10, question (1) | 0.000 | 1.000 |",
    ]
