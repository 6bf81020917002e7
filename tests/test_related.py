"""Which practices belong beside each other, and why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from practice_library import related
from practice_library.related import MOST, Likeness, relate, stems


def like(name: str, text: str = "", **known: object) -> Likeness:
    """Make what is compared of one practice."""
    return Likeness(id=name, words=[(1.0, text or name)], **known)  # type: ignore[arg-type]


def ids(found: tuple[related.Related, ...]) -> list[str]:
    return [other.id for other in found]


def test_naming_comes_before_likeness_of_words() -> None:
    near = relate(
        [
            like("check-in", "everybody says one word", named=frozenset({"silent-walk"})),
            like("check-out", "everybody brings bread"),
            like("silent-walk", "outside in pairs"),
            like("tea", "kettle cups"),
        ]
    )
    assert ids(near["check-in"])[0] == "silent-walk"


def test_who_is_named_names_back() -> None:
    near = relate([like("a", named=frozenset({"b"})), like("b")])
    assert [(other.id, other.named) for other in near["b"]] == [("a", True)]


def test_naming_what_is_not_there_does_nothing() -> None:
    assert relate([like("a", named=frozenset({"gone", "a"}))]) == {"a": ()}


def test_gatherings_in_common_are_counted() -> None:
    shared = frozenset({"r/2021-a", "r/2021-b"})
    near = relate([like("a", gatherings=shared), like("b", gatherings=shared | {"r/2021-c"})])
    assert [(other.id, other.gatherings) for other in near["a"]] == [("b", 2)]


def test_terms_in_common_are_told_in_order() -> None:
    terms = frozenset({"safe-space", "curiosity"})
    met = frozenset({"r/2021-a"})
    near = relate(
        [
            like("a", terms=terms, gatherings=met),
            like("b", terms=terms | {"patience"}, gatherings=met),
        ]
    )
    assert near["a"][0].terms == ("curiosity", "safe-space")


def test_like_words_are_told() -> None:
    near = relate(
        [
            like("a", "listening in pairs with care"),
            like("b", "a pair listens carefully"),
            like("c", "kettle and cups"),
            like("d", "wall of notes"),
        ]
    )
    assert [(other.id, other.words) for other in near["a"]] == [("b", True)]


def test_practices_that_share_nothing_do_not_stand_beside_each_other() -> None:
    assert relate([like("kettle"), like("wall")]) == {"kettle": (), "wall": ()}


def test_no_practice_stands_beside_itself() -> None:
    near = relate(like(name, "the same words", gatherings=frozenset({"g"})) for name in "abc")
    assert all(name not in ids(found) for name, found in near.items())


def test_the_order_of_the_practices_decides_nothing() -> None:
    practices = [like(f"p{n}", f"word{n % 3} and word{n % 5}") for n in range(12)]
    assert relate(practices) == relate(reversed(practices))


def test_practices_as_near_as_each_other_stand_by_id() -> None:
    near = relate(like(name, gatherings=frozenset({"g"})) for name in ["kettle", "wall", "bread"])
    assert ids(near["kettle"]) == ["bread", "wall"]


def test_only_the_nearest_are_kept() -> None:
    near = relate(like(f"p{n:02}", gatherings=frozenset({"g"})) for n in range(MOST + 5))
    assert {len(found) for found in near.values()} == {MOST}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The circles listened", "en", ["circl", "listen"]),
        ("Les cercles écoutent", "fr", ["cercl", "ecoutent"]),
        ("CERCLE cercle", "fr", ["cercl", "cercl"]),
        ("lis\u200dtens", "en", ["listen"]),
        ("a I 7", "en", []),
        ("", "en", []),
    ],
)
def test_words_are_brought_to_their_stems(text: str, language: str, expected: list[str]) -> None:
    assert list(stems(text, language)) == expected


def vectors(count: int) -> Iterator[tuple[str, dict[str, float]]]:
    """Give practices of which all share one stem and every ten share another."""
    for n in range(count):
        yield f"p{n:05}", {"all": 0.5, f"group{n // 10}": 0.5, f"own{n}": 0.5}


def comparisons(count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Count the pairs that are looked at among so many practices."""
    known = dict(vectors(count))
    with monkeypatch.context() as patch:
        patch.setattr(related, "_COMMON", 50)
        rows = related._similarity(known)
    return sum(len(row) for row in rows.values())


def test_the_pairs_looked_at_grow_with_the_number_of_practices_and_no_faster(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert comparisons(2000, monkeypatch) == 10 * comparisons(200, monkeypatch)


def test_one_large_gathering_does_not_pair_everything_with_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(related, "_COMMON", 50)
    met = related._shared({f"p{n:04}": frozenset({"fair"}) for n in range(1000)})
    assert sum(len(row) for row in met.values()) <= 50 * 50
