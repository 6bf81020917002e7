"""The files that search works on: what is in them, and that nothing else is."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.searching import index_of
from tests.sites import write_project
from tests.small_library import LIBRARY

from practice_library.documents import Document, plain
from practice_library.facets import groups_of, times_of
from practice_library.library import Ref
from practice_library.postings import Analysis, analyse

NOTE = "spaces/riverside/harvests/2021-04-14-first-circle.md"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return index_of(write_project(tmp_path_factory.mktemp("index"), LIBRARY))


def catalogue_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Read the part of the catalogue that is JSON."""
    head = json.loads(files["index.json"])
    data = zlib.decompress(files[f"{head['catalogue']}.bin"])
    (length,) = struct.unpack("<I", data[:4])
    return dict(json.loads(data[4 : 4 + length]))


def shown_in(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Give what the results of all documents show, in their order."""
    blocks = [json.loads(zlib.decompress(files[f"{name}.bin"])) for _, name in catalogue_of(files)["blocks"]]
    return [shown for block in blocks for shown in block]


def stems_in(files: Mapping[str, bytes]) -> list[str]:
    """Give every stem of the index, shard after shard, reading as the browser does."""
    found = []
    for first, name in catalogue_of(files)["shards"]:
        data = zlib.decompress(files[f"{name}.bin"])
        at, own = 0, []
        while at < len(data):
            length, at = varint(data, at)
            own.append(data[at : at + length].decode())
            at += length
            _, at = varint(data, at)
            length, at = varint(data, at)
            at += length
        assert own[0] == first
        found += own
    return found


def varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if data[at - 1] < 0x80:
            return value, at


def test_everything_that_may_be_shown_can_be_found(index: dict[str, bytes]) -> None:
    kinds = {(shown["k"], shown["i"]) for shown in shown_in(index)}
    for known in [
        ("practice", "check-in-round"),
        ("space", "riverside"),
        ("harvest", "riverside/2021-04-14-first-circle"),
        ("output", "listening-card"),
        ("principle", "curiosity-over-judgement"),
        ("role", "facilitator"),
        ("question", "stories-shared"),
        ("type", "community-of-practice"),
        ("initiative", "two-shores"),
    ]:
        assert known in kinds
    assert json.loads(index["index.json"])["total"] == len(kinds)


def test_stems_stand_in_order_and_each_once(index: dict[str, bytes]) -> None:
    found = stems_in(index)
    assert found == sorted(set(found))
    assert {"silenc", "trou", "river"} & set(found) >= {"silenc", "river"}


def words(title: str, *, summary: str = "", text: str = "") -> Analysis:
    """Weigh the words of a document that says just this."""
    ref = Ref(kind="practice", id="x")
    return analyse(
        Document(ref=ref, source="x.md", language="en", title=title, summary=summary, told=(text,))
    )


def test_words_that_say_nothing_are_searched_in_names_alone() -> None:
    made = words("Under the trees", text="because of the bread")
    assert set(made.impacts) == {"under", "the", "tree", "bread"}
    assert made.named == {"under": "under", "the": "the", "trees": "tree"}


def test_a_name_weighs_more_than_a_summary_and_that_more_than_a_text() -> None:
    made = words("pear", summary="plum", text="fig fig quince")
    assert made.impacts["pear"] > made.impacts["plum"] > made.impacts["quinc"]
    assert made.impacts["fig"] > made.impacts["quinc"]


def test_two_words_of_a_name_are_found_as_one() -> None:
    made = words("Ice breakers", text="snow plough")
    assert "icebreak" in made.impacts
    assert "snowplough" not in made.impacts


def test_the_files_are_named_by_what_is_in_them(index: dict[str, bytes]) -> None:
    again = {
        name: zlib.compress(zlib.decompress(data), 9) for name, data in index.items() if name != "index.json"
    }
    assert {name: index[name] for name in again} == again
    assert len(set(again.values())) == len(again)


def test_the_same_library_gives_the_same_bytes(index: dict[str, bytes], tmp_path: Path) -> None:
    assert index_of(write_project(tmp_path / "again", dict(reversed(LIBRARY.items())))) == index


def test_a_withheld_note_changes_no_byte(index: dict[str, bytes], tmp_path: Path) -> None:
    held = LIBRARY[NOTE].replace("level: public, given: 2021-04-20, by: group", "level: withheld")
    path = "spaces/riverside/harvests/2021-05-05-unspeakable.md"
    text = (
        held.replace("First circle", "Unspeakable")
        .replace("date: 2021-04-14", "date: 2021-05-05")
        .replace("back room", "unspeakable room")
    )
    assert index_of(write_project(tmp_path, {**LIBRARY, path: text})) == index


def test_every_file_is_named_by_another(index: dict[str, bytes]) -> None:
    catalogue = catalogue_of(index)
    named = {json.loads(index["index.json"])["catalogue"], catalogue["dictionary"]}
    named |= {name for _, name in [*catalogue["shards"], *catalogue["blocks"]]}
    assert set(index) == {"index.json", *(f"{name}.bin" for name in named)}


def test_a_result_tells_its_content_note_and_where_it_comes_from(index: dict[str, bytes]) -> None:
    note = next(shown for shown in shown_in(index) if shown["i"] == "riverside/2021-04-14-first-circle")
    assert note["p"] == ["Riverside coaches", "spaces/riverside/"]
    assert note["d"] == "April 14, 2021"
    assert note["u"] == "spaces/riverside/2021-04-14-first-circle/"
    assert "Somebody asked, and then waited." in note["b"]
    assert "## " not in note["b"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("# Title\n\nText.", "Title\n\nText."),
        ("**bold** and *thin* `code`", "bold and thin code"),
        ("[a link](https://example.org/x) here", "a link here"),
        ("![a room](room.jpg)", "a room"),
        ("- one\n- two\n1. three\n> four", "one\ntwo\nthree\nfour"),
        ("| a | b |\n|---|---|\n| c | d |", "a  b \n\nc  d "),
        ("snake_case and 2 * 3", "snake_case and 2 * 3"),
        ("see https://example.org/a/b now", "see  now"),
    ],
)
def test_markdown_gives_its_words(written: str, told: str) -> None:
    assert plain(written) == told


@pytest.mark.parametrize(
    ("time", "values"),
    [
        ("15 minutes", ("15-minutes", "30-minutes", "1-hour", "2-hours", "half-day")),
        ("45-60 minutes", ("1-hour", "2-hours", "half-day")),
        ("2-3 hours", ("2-hours", "half-day")),
        ("5 days", ("longer",)),
        ("", ()),
    ],
)
def test_a_practice_has_the_times_it_fits_in(time: str, values: tuple[str, ...]) -> None:
    assert times_of(time) == values


@pytest.mark.parametrize(
    ("size", "values"),
    [
        ("2", ("2",)),
        ("2-12", ("2", "3-5", "6-12")),
        ("10-25", ("6-12", "13-25")),
        ("30+", ("26",)),
        ("2+", ("2", "3-5", "6-12", "13-25", "26")),
        ("", ()),
    ],
)
def test_a_practice_has_the_sizes_of_group_it_is_for(size: str, values: tuple[str, ...]) -> None:
    assert groups_of(size) == values
