"""The searches that are compared, each asked in a browser as a reader would ask it.

In: a built site and what was typed. Out: the pages that the search gives, best first. Called by `_relevance`.
Pagefind is no part of `.venv`: it is fetched into `.cache/` the first time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from _environment import ROOT, run, tool
from _pages import opened, served
from _relevance_scores import Query

PAGEFIND: Final = "1.5.2"
ENGINE: Final = "assets/pl/search/engine.js"
MOST: Final = 50
"""How many results of a query are kept."""

ASK_OURS: Final = """
    async ([script, queries, count]) => {
        const { open } = await import(script);
        const engine = await open();
        const found = {};
        for (const [id, text] of queries) {
            const answer = await engine.ask({ text, filters: {}, first: 0, count, typing: false });
            found[id] = answer.results.map((result) => result.url);
        }
        return found;
    }
"""
# Material's page makes a worker, sends it the index (0), hears that it is ready (1), sends it what is typed
# (2) and gets the results (3). The same worker is asked here; it answers the page's own first query, too.
KEEP_WORKER: Final = """
    window.theirSearch = new Promise((give) => {
        window.Worker = class extends Worker {
            waiting = [];
            constructor(...given) {
                super(...given);
                this.addEventListener("message", ({ data }) => {
                    if (data.type === 1) give(this);
                    if (data.type === 3) this.waiting.shift()(data.data.items);
                });
            }
            postMessage(message, hear = () => {}) {
                if (message.type === 2) this.waiting.push(hear);
                super.postMessage(message);
            }
        };
    });
"""
ASK_MATERIAL: Final = """
    async ([, queries, count]) => {
        const worker = await window.theirSearch;
        const found = {};
        for (const [id, text] of queries) {
            const pages = await new Promise((hear) => worker.postMessage({ type: 2, data: text }, hear));
            found[id] = pages.slice(0, count).map((sections) => sections[0].location);
        }
        return found;
    }
"""
ASK_PAGEFIND: Final = """
    async ([script, queries, count]) => {
        const pagefind = await import(script);
        const found = {};
        for (const [id, text] of queries) {
            const { results } = await pagefind.search(text);
            const shown = await Promise.all(results.slice(0, count).map((result) => result.data()));
            found[id] = shown.map((result) => result.url);
        }
        return found;
    }
"""


def ask_ours(site: Path, queries: Sequence[Query]) -> dict[str, list[str]]:
    """Ask the search that the library's own site has."""
    return _ask(site, queries, ASK_OURS, ENGINE)


def ask_material(site: Path, queries: Sequence[Query]) -> dict[str, list[str]]:
    """Ask the search of Material for MkDocs through the worker that its pages start."""
    return _ask(site, queries, ASK_MATERIAL, "", before=KEEP_WORKER)


def ask_pagefind(site: Path, queries: Sequence[Query]) -> dict[str, list[str]]:
    """Index a site with Pagefind, and ask its script."""
    environment = {**os.environ, "PYTHONPATH": str(_fetched())}
    command = [tool("python"), "-m", "pagefind", "--site", str(site)]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"Pagefind could not index {site}:\n{done.stdout}{done.stderr}")
    return _ask(site, queries, ASK_PAGEFIND, "pagefind/pagefind.js")


def _ask(
    site: Path, queries: Sequence[Query], question: str, script: str, before: str = ""
) -> dict[str, list[str]]:
    """Open the home page of a site, run a script there, and give each page found by its URL from the root."""
    typed = [[query.id, query.text] for query in queries]
    with served(site) as home, opened(before) as page:
        page.goto(home)
        found: Mapping[str, Sequence[str]] = page.evaluate(question, [f"{home}{script}", typed, MOST])
    return {key: list(dict.fromkeys(map(_plain, urls))) for key, urls in found.items()}


def _plain(url: str) -> str:
    """Give the URL of a page from the site's root, whatever part of it was found."""
    return url.partition("#")[0].partition("?")[0].lstrip("/")


def _fetched() -> Path:
    """Give the folder that Pagefind lies in; it takes its name when it is whole."""
    place = ROOT / ".cache" / f"pagefind-{PAGEFIND}"
    if not place.is_dir():
        with tempfile.TemporaryDirectory(dir=place.parent) as folder:
            fresh = Path(folder) / "packages"
            arguments = ("--quiet", "--python", tool("python"), "--target", str(fresh))
            if run("uv", "pip", "install", *arguments, f"pagefind[bin]=={PAGEFIND}") != 0:
                sys.exit(f"Pagefind {PAGEFIND} could not be fetched.")
            fresh.rename(place)
    return place
