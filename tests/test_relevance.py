"""The measuring of searches: scores by hand, and a few invented practices from file to table."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.sites import ROOT, environment

sys.path.insert(0, str(ROOT / "scripts"))

from _relevance_library import read_collection
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


PRACTICES: list[dict[str, Any]] = [
    {
        "id": "Lantern_Walk",
        "title": "Lantern walk / by night",
        "summary": "Walk in pairs at dusk, and tell each other what went dark this year.",
        "body_markdown": "Time: 30-45 minutes\n\nThen [count the buttons](practice:1-button-jar).",
        "source": "Practices",
    },
    {
        "id": "1-button-jar",
        "title": "1 button jar",
        "summary": "Everybody drops a button for every worry.",
        "body_markdown": "Not [here](missing.md), nor ![there](jar.svg), and never [[nowhere]].",
        "source": "Practices",
    },
    {
        "id": "con",
        "title": "1 button jar",
        "summary": "",
        "body_markdown": "A\u200bnother\u202e one\x0b by [the same name](practice:gone).",
        "source": "A shed",
    },
]
"""Illustrative practices, rough as real ones are: odd ids, one title twice, links that lead nowhere."""
NOTES: list[dict[str, Any]] = [
    {"id": "n1", "community": "A shed", "date": "2021-04", "title": "Soup", "body_markdown": "We ate."},
    {"id": "n2", "community": "A shed", "date": None, "title": "No day", "body_markdown": "Nor where."},
]
JUDGEMENTS = {
    "queries": [
        {"id": "q1", "query": "lantern wlak", "kind": "typo", "relevant": {"Lantern_Walk": 2}},
        {"id": "q2", "query": "worries", "kind": "keyword", "relevant": {"1-button-jar": 2}},
    ]
}


def lines_of(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_whatever_others_wrote_gets_a_place(tmp_path: Path) -> None:
    practices, notes = lines_of(tmp_path / "p.jsonl", PRACTICES), lines_of(tmp_path / "n.jsonl", NOTES)
    collection = read_collection(practices, notes)
    assert {entry.id: (entry.name, entry.space, entry.time, entry.body) for entry in collection.entries} == {
        "lantern-walk": (
            "Lantern_Walk",
            "space-practices",
            "30-45 min",
            "Time: 30-45 minutes\n\nThen [[1-button-jar|count the buttons]].",
        ),
        "1-button-jar": ("1-button-jar", "space-practices", "", "Not here, nor there, and never nowhere."),
        "practice-con": ("con", "a-shed", "", "A\u200bnother one by the same name."),
        "2021-04-soup": ("", "a-shed", "", "We ate."),
    }
    assert collection.names["practices/practice-con/"] == "con"


@pytest.mark.browser
def test_the_built_site_s_own_search_is_asked(tmp_path: Path) -> None:
    practices, notes = lines_of(tmp_path / "p.jsonl", PRACTICES), lines_of(tmp_path / "n.jsonl", NOTES)
    judgements = tmp_path / "j.json"
    judgements.write_text(json.dumps(JUDGEMENTS), encoding="utf-8")
    script = str(ROOT / "scripts" / "_relevance.py")
    arguments = [str(practices), str(judgements), "--engine=ours", f"--notes={notes}", f"--out={tmp_path}"]
    done = subprocess.run(
        [sys.executable, script, *arguments], check=False, capture_output=True, text=True, env=environment()
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^\| nDCG@10 \| 1\.000 \|$", done.stdout, re.MULTILINE), done.stdout
    found = json.loads((tmp_path / "ours.json").read_text(encoding="utf-8"))
    assert [found[query][0] for query in ("q1", "q2")] == ["Lantern_Walk", "1-button-jar"]
