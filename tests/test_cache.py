"""What is kept from build to build is only ever a cache: damaged, foreign or gone, it changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from practice_library import kept_fonts
from practice_library.cache import Kept, PageCache

PAGE = b"<p>A page.</p>"


def _kept(output: str) -> Kept:
    return Kept(facts="f", looks=("a\tb", "c\td"), states="s", output=output, anchors=("top",), points=())


def test_what_was_kept_is_given_again_under_the_same_key_alone(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    kept = _kept(cache.put(PAGE))
    cache.save("key", {"a.md": kept})

    assert PageCache(tmp_path).load("key") == {"a.md": kept}
    assert PageCache(tmp_path).load("another") == {}
    assert cache.holds(kept.output)


def test_what_the_last_build_did_not_use_is_gone(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    old, new = cache.put(PAGE), cache.put(b"<p>Another.</p>")
    cache.save("key", {"a.md": _kept(new)})

    assert not cache.holds(old)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()].count(new) == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


@pytest.mark.parametrize("damage", [b"", b"<p>Another page.</p>", PAGE + b" ", PAGE[:-1]])
def test_a_damaged_page_is_as_good_as_absent(damage: bytes, tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    output = cache.put(PAGE)
    next(path for path in tmp_path.rglob(output)).write_bytes(damage)

    assert not cache.holds(output)


@pytest.mark.parametrize(
    "index",
    [
        "",
        "{",
        "[]",
        "null",
        '{"key": "key"}',
        '{"key": "key", "looks": [], "pages": {"a.md": ["f", [7], "s", "o", [], []]}}',
        '{"key": "key", "looks": [], "pages": {"a.md": 3}}',
        '{"key": "key", "looks": [], "pages": []}',
        "[" * 100_000,
    ],
)
def test_a_damaged_index_is_as_good_as_absent(index: str, tmp_path: Path) -> None:
    (tmp_path / "pages.json").write_text(index, encoding="utf-8")

    assert PageCache(tmp_path).load("key") == {}


@pytest.mark.parametrize("name", ["", "../../secret", "x" * 32, "0" * 31])
def test_no_name_leads_out_of_the_cache(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(PAGE)

    assert not PageCache(tmp_path / "cache").holds(name)


def test_a_page_is_placed_as_a_link_or_as_a_copy(tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "cache")
    output = cache.put(PAGE)
    linked, copied = tmp_path / "a" / "linked", tmp_path / "copied"
    copied.write_bytes(b"what was there before")
    cache.place(output, str(linked), link=True)
    cache.place(output, str(copied), link=False)

    assert linked.read_bytes() == copied.read_bytes() == PAGE
    assert linked.stat().st_ino != copied.stat().st_ino
    copied.write_bytes(b"written over")
    assert cache.holds(output)


def test_files_are_deposited_whole_and_written_once(tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "cache")
    given = cache.deposit(lambda: {"a.bin": PAGE, "b.bin": b"words"})
    paths = {name: next((tmp_path / "cache").rglob(str(digest))) for name, digest in given.items()}
    before = paths["a.bin"].stat().st_ino
    paths["b.bin"].write_bytes(b"spoilt")

    assert cache.deposit(lambda: {"a.bin": PAGE, "b.bin": b"words"}) == given
    assert paths["a.bin"].stat().st_ino == before
    assert {name: path.read_bytes() for name, path in paths.items()} == {"a.bin": PAGE, "b.bin": b"words"}


def test_what_cannot_be_deposited_is_handed_on(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"no folder")

    assert PageCache(tmp_path / "cache").deposit(lambda: {"a.bin": PAGE}) == {"a.bin": PAGE}


def test_other_files_stay_with_the_pages(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    page, other, old = cache.put(PAGE), cache.put(b"words"), cache.put(b"former words")
    cache.save("key", {"a.md": _kept(page)}, [other])

    assert [cache.holds(output) for output in (page, other, old)] == [True, True, False]


def test_fonts_are_cut_once_and_again_when_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut: list[int] = []

    def fonts() -> dict[str, bytes]:
        cut.append(1)
        return {"sans.woff2": b"letters"}

    monkeypatch.setattr("practice_library.fonts.site_fonts", fonts)
    for _ in range(2):
        assert kept_fonts.site_fonts(tmp_path)() == {"sans.woff2": b"letters"}
    path = next(tmp_path.glob("fonts-*.json"))
    told = json.loads(path.read_bytes())
    told["sans.woff2"][0] = "c3Bvb2Y="
    path.write_text(json.dumps(told), encoding="utf-8")

    assert kept_fonts.site_fonts(tmp_path)() == {"sans.woff2": b"letters"}
    assert len(cut) == 2
