"""Real sites of one library with what is held and without it: the same bytes, in the site and in the log.

A canary stands wherever a held thing has words: in titles, texts, quotes, names, file names, alternative
texts and in the metadata of pictures. It is looked for in every byte that a build leaves, decompressed.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pytest
from tests import figures
from tests.generated import CANARY, GIVEN, HELD_PICTURES, OPEN_PICTURES, TOMORROW, YESTERDAY, entry
from tests.searching import kept_words
from tests.sites import Built, build, tree, write_files, write_project
from tests.small_library import LIBRARY

OPEN: Final = {"level": "public", "given": GIVEN, "credit": "named"}
PERSON: Final = {"name": f"{CANARY} Person", "role": f"{CANARY} role", "organisation": f"{CANARY} House"}
QUOTE: Final = {"text": f"{CANARY} spoke.", **PERSON, "consent": OPEN}
STATES: Final[Mapping[str, Mapping[str, object]]] = {
    "silent": {},
    "withheld": {"consent": {**OPEN, "level": "withheld"}},
    "undated": {"consent": {"level": "public"}},
    "tomorrow": {"consent": {**OPEN, "given": TOMORROW}},
    "passed": {"consent": {**OPEN, "until": YESTERDAY}},
    "withdrawn": {"consent": OPEN, "withdrawn": YESTERDAY},
    "listed": {"consent": OPEN},
}
MEMBERS: Final = {"consent": {**OPEN, "level": "members"}}
"""Held in the public edition alone."""
PICTURE: Final = f"{CANARY}.png"
BODY: Final = f"""\
# {CANARY}

{CANARY} told [[practice:check-in-round]] of it. ![{CANARY} in the room]({PICTURE})
"""
WITH_PICTURE: Final = "![The room](room.png)\n\n![The wall](wall.jpg)\n"
SHOWING: Final = "spaces/hill/harvests/2022-02-02-in-the-room.md"


def held_note(stem: str, keys: Mapping[str, object]) -> str:
    """Write a held note that mentions, brings in and answers what it can."""
    own = {
        "title": f"{CANARY} evening",
        "date": stem[:10],
        "harvesters": [PERSON],
        "participants": 3,
        "practices": [
            {"id": "check-in-round", "relation": "did-not-work", "note": f"{CANARY} left."},
            {"title": f"{CANARY} walk {stem}", "summary": f"{CANARY} walked."},
        ],
        "principles": [{"shared-ownership": f"{CANARY} is ours."}, "diverse-perspectives"],
        "outputs": [{"title": f"{CANARY} card {stem}", "kind": "tool", "summary": f"{CANARY} folded."}],
        "reflections": {"stories-shared": f"{CANARY} told."},
        "quotes": [QUOTE],
        "aliases": [f"{CANARY}-{stem}"],
        "content_note": f"{CANARY} is hard.",
    }
    return entry({**own, **keys}, BODY)


def held_files(*, members: bool) -> dict[str, str]:
    """Give everything that is held, of every kind and in every state; the site must not know of it."""
    states = STATES if members else {**STATES, "members": MEMBERS}
    files = {"spaces/withdrawn.txt": ""}
    for year, (name, keys) in enumerate(states.items(), 2016):
        stem = f"{year}-05-05-{CANARY}-{name}"
        files[f"spaces/hill/harvests/{stem}.md"] = held_note(stem, keys)
        files |= held_circle(f"{CANARY}-{name}", stem, keys)
        if name == "silent":
            continue
        practice = {
            "title": f"{CANARY} way {name}",
            "summary": f"{CANARY} goes.",
            "related": ["check-in-round"],
        }
        output = {"title": f"{CANARY} thing {name}", "kind": "tool", "summary": f"{CANARY} is made."}
        files[f"spaces/practices/{CANARY}-way-{name}.md"] = entry({**practice, **keys}, BODY)
        files[f"spaces/hill/outputs/{CANARY}-thing-{name}.md"] = entry({**output, **keys}, BODY)
    files["spaces/withdrawn.txt"] = (
        f"harvest:hill/2022-05-05-{CANARY}-listed\nspace:{CANARY}-listed\n"
        f"practice:{CANARY}-way-listed\noutput:{CANARY}-thing-listed\n"
    )
    return files


def held_circle(name: str, stem: str, keys: Mapping[str, object]) -> dict[str, str]:
    """Give a space that is held, a community of healing, with an open note in it."""
    own = {
        "title": f"{CANARY} circle",
        "type": "CoH",
        "host": f"{CANARY} Centre",
        "initiative": f"{CANARY} shores",
        "parent": "hill",
        "facilitators": [PERSON],
        "region": f"{CANARY} county",
    }
    return {
        f"spaces/{name}/space.md": entry({**own, **keys}, BODY),
        f"spaces/{name}/harvests/{stem}.md": held_note(stem, {"consent": OPEN}),
    }


def open_files(*, with_quotes: bool) -> dict[str, str]:
    """Give the small library and a note that shows pictures, with quotes that are held or without."""
    note = {"title": "In the room", "date": "2022-02-02", "consent": {"level": "public", "given": GIVEN}}
    quotes = [
        {**QUOTE, "consent": {**OPEN, "wording": "sha256-000000000000000000000000"}},
        {key: value for key, value in QUOTE.items() if key != "consent"},
        {**QUOTE, "consent": {**OPEN, "until": YESTERDAY}},
    ]
    shown = {"text": "I was heard.", "consent": {"level": "public", "given": GIVEN}}
    told = entry({**note, "quotes": [shown, *quotes] if with_quotes else [shown]}, WITH_PICTURE)
    return {**LIBRARY, SHOWING: told}


def project(root: Path, audience: str, *, held: bool) -> Path:
    """Write a project, with what is held or without."""
    files = open_files(with_quotes=held)
    options = {"audience": audience, "source": "public"}
    made = write_project(root, files, options=options, site_dir="site")
    pictures = {f"spaces/hill/harvests/{name}": found for name, found in OPEN_PICTURES.items()}
    if held:
        more = held_files(members=audience == "members")
        write_files(made, more)
        folders = {path.rpartition("/")[0] for path in more if path.endswith(".md")}
        pictures |= {f"{folder}/{PICTURE}": HELD_PICTURES[PICTURE] for folder in folders}
    for path, found in pictures.items():
        (made / path).write_bytes(base64.b64decode(found["base64"]))
    return made


@pytest.fixture(scope="module", params=["public", "members"])
def sites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    """Give an edition of the library with what is held, and without it."""
    folder = tmp_path_factory.mktemp(request.param)
    held = build(project(folder / "one" / "library", request.param, held=True))
    bare = build(project(folder / "two" / "library", request.param, held=False))
    assert (held.code, bare.code) == (0, 0), held.output + bare.output
    return held, bare


def left_by(built: Built) -> dict[str, bytes]:
    """Give every file of a project that its build has made, caches included."""
    return {name: data for name, data in tree(built.project).items() if not name.startswith("spaces/")}


def said(built: Built) -> list[str]:
    """Give the log without what differs from one run to the next, and without the count."""
    lines = re.sub(r"in [\d.]+ seconds", "in a moment", built.output).splitlines()
    parent = str(built.project.parent)
    return [line.replace(parent, "") for line in lines if "[held-in-public-source]" not in line]


def unpacked(name: str, data: bytes) -> bytes:
    """Give what a file holds: those of the search index are compressed, and what is kept of its words."""
    if name.endswith(".gz"):
        return gzip.decompress(data)
    if re.search(r"\.cache/.*/search$", name):
        return kept_words(data)
    return zlib.decompress(data) if re.search(r"(?:^|/)search/[0-9a-f]+\.bin$", name) else data


def readings(name: str, data: bytes) -> Iterator[str]:
    """Give a file's name and content in every way in which somebody might read it."""
    plain = unpacked(name, data)
    text = plain.decode("utf-8", "replace")
    yield name
    yield text
    yield unquote(html.unescape(text))
    if name.endswith(".json"):
        yield json.dumps(json.loads(text), ensure_ascii=False)


def test_the_sites_are_the_same_byte_for_byte(sites: tuple[Built, Built]) -> None:
    held, bare = (left_by(built) for built in sites)
    figures.add("no trace: files of sites compared", len(held))
    assert sorted(held) == sorted(bare)
    assert [name for name in held if held[name] != bare[name]] == []


def test_the_logs_differ_by_a_count_alone(sites: tuple[Built, Built]) -> None:
    held, bare = sites
    counts = re.findall(r"WARNING.*\b(\d+)\b.*\[held-in-public-source\]", held.output)
    assert len(counts) == 1
    assert said(held) == said(bare)


def test_no_canary_is_in_any_byte(sites: tuple[Built, Built]) -> None:
    held, _ = sites
    seen = [
        name
        for name, data in left_by(held).items()
        if any(CANARY in reading.casefold() for reading in readings(name, data)) or CANARY.encode() in data
    ]
    assert seen == []
    assert CANARY not in held.output.casefold()


def test_every_file_of_the_search_index_was_read(sites: tuple[Built, Built]) -> None:
    left = left_by(sites[0])
    packed = {name: data for name, data in left.items() if name.endswith(".bin")}
    assert len(packed) > 4
    assert b"".join(unpacked(name, data) for name, data in left.items() if name.endswith("/search"))
    told = b"".join(unpacked(name, data) for name, data in packed.items())
    assert "I was heard." in told.decode("utf-8", "replace")


def test_what_is_open_is_shown_beside_what_is_held(sites: tuple[Built, Built]) -> None:
    held, _ = sites
    page = held.page("spaces/hill/2022-02-02-in-the-room/")
    assert "I was heard." in page
    assert len(re.findall(r'<img[^>]* src="[./]*pictures/', page)) == 2
    assert len([name for name in held.site if name.startswith("pictures/")]) == 2


def test_every_state_is_held_by_something(sites: tuple[Built, Built]) -> None:
    """Were a canary shown, it would be seen: the sources are full of them."""
    sources = tree(sites[0].project / "spaces")
    assert len([name for name in sources if CANARY in name]) > 4 * len(STATES)


def test_nothing_but_the_cache_is_left_beside_the_site(sites: tuple[Built, Built]) -> None:
    """What the cache holds is compared and searched with all else that a build leaves."""
    held, _ = sites
    left = {name.split("/")[0] for name in left_by(held)}
    assert left <= {"site", ".site.lock", ".cache", "mkdocs.yml", "docs"}
