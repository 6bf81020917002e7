"""Long lists in parts: everything once, in order, on no page more than it may show."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from practice_library.parts import (
    BOUNDS,
    Bound,
    Group,
    Part,
    by_letter,
    by_year,
    firsts_of,
    neighbours,
    parts_of,
)

BOUND_KINDS = [BOUNDS.lines, BOUNDS.cards, BOUNDS.texts, BOUNDS.evidence]


def spanned(first: str, last: str) -> str:
    return f"{first}-{last}"


def themselves(title: str) -> str:
    return title


def group(name: str, count: int) -> Group[str]:
    return Group(name=name, label=name.upper(), items=tuple(f"{name}{number}" for number in range(count)))


def told(part: Part[str] | None) -> str:
    return f"{part.label}{part.number}" if part else "-"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], []),
        ([0], []),
        ([1], ["list/a.md: 1"]),
        ([3], ["list/a.md: 3"]),
        ([4], ["list/a.md: 3", "list/a/2.md: 1"]),
        ([6], ["list/a.md: 3", "list/a/2.md: 3"]),
        ([7, 0, 2], ["list/a.md: 3", "list/a/2.md: 3", "list/a/3.md: 1", "list/c.md: 2"]),
    ],
)
def test_a_group_has_as_many_pages_as_it_fills(counts: Sequence[int], expected: list[str]) -> None:
    groups = [group(name, count) for name, count in zip("abc", counts, strict=False)]
    parts = parts_of("list", groups, 3)
    assert [f"{part.source}: {len(part.items)}" for part in parts] == expected
    assert [item for part in parts for item in part.items] == [item for g in groups for item in g.items]


def test_ten_thousand_things_are_shared_out_among_many_years_in_a_moment() -> None:
    begun = time.process_time()
    groups = by_year(range(10_000), lambda number: 1900 + number % 120)
    parts = parts_of("list", groups, 60)
    neighbours(parts)
    assert time.process_time() - begun < 2
    assert len(groups) == 120
    assert sum(len(part.items) for part in parts) == 10_000
    assert max(len(part.items) for part in parts) == 60
    assert min(len(part.items) for part in parts) > 0
    assert len({part.source for part in parts}) == len(parts) == 240


@pytest.mark.parametrize(
    ("titles", "size", "expected"),
    [
        ([], 2, []),
        (["Bread"], 2, ["b: B = Bread"]),
        (["Tea", "Apple", "bread"], 2, ["a: A-B = Apple bread", "t: T = Tea"]),
        (["Apple", "Air", "Ash", "Bread"], 2, ["a: A = Air Apple Ash", "b: B = Bread"]),
        (["Apple", "Bread", "Bridge", "Tea"], 2, ["a: A = Apple", "b: B = Bread Bridge", "t: T = Tea"]),
        (["Apple", "Bread", "Tea"], 3, ["a: A-T = Apple Bread Tea"]),
        (["Élan", "Œuf", "12 chairs"], 1, ["1: 1 = 12 chairs", "e: E = Élan", "o: O = Œuf"]),
        (["…", "Air"], 1, ["other: # = …", "a: A = Air"]),
        (["…", "Air"], 2, ["other: #-A = … Air"]),
        (["A", "B", "C", "D", "E"], 4, ["a: A-C = A B C", "d: D-E = D E"]),
    ],
)
def test_letters_stand_together_where_one_page_can_show_them(
    titles: list[str], size: int, expected: list[str]
) -> None:
    groups = by_letter(titles, themselves, size, spanned)
    assert [f"{g.name}: {g.label} = {' '.join(g.items)}" for g in groups] == expected


def test_a_year_keeps_its_order_and_the_newest_comes_first() -> None:
    found = by_year(["2024 b", "2026 a", "2024 a", "1999 a"], lambda item: int(item[:4]))
    assert [g.label for g in found] == ["2026", "2024", "1999"]
    assert found[1].items == ("2024 b", "2024 a")


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([1], ["- A1 -"]),
        ([1, 1, 1], ["- A1 B1", "A1 B1 C1", "B1 C1 -"]),
        ([5, 1], ["- A1 A2", "A1 A2 A3", "A2 A3 B1", "A1 B1 -"]),
        ([1, 5], ["- A1 B1", "A1 B1 B2", "B1 B2 B3", "B2 B3 -"]),
        ([3, 4, 1], ["- A1 A2", "A1 A2 B1", "A1 B1 B2", "B1 B2 C1", "B1 C1 -"]),
    ],
)
def test_each_part_leads_to_the_next_and_to_no_further_part_of_another_group(
    counts: list[int], expected: list[str]
) -> None:
    parts = parts_of("list", [group(name, count) for name, count in zip("abc", counts, strict=False)], 2)
    found = [
        f"{told(before)} {told(part)} {told(after)}"
        for part, (before, after) in zip(parts, neighbours(parts), strict=True)
    ]
    assert found == expected


def test_what_a_part_shows_does_not_hang_on_how_much_other_groups_have() -> None:
    small, large = (parts_of("list", [group("a", count), group("b", 3)], 2) for count in (1, 9))
    shown = [
        [(part, told(before), told(after)) for part, (before, after) in zip(p, neighbours(p), strict=True)]
        for p in (small, large)
    ]
    assert shown[0][-2:] == shown[1][-2:]


def test_each_group_is_led_to_by_its_first_part_with_the_count_of_all() -> None:
    parts = parts_of("list", [group("a", 5), group("b", 2)], 2)
    assert [(part.source, count) for part, count in firsts_of(parts)] == [("list/a.md", 5), ("list/b.md", 2)]


@pytest.mark.parametrize("bound", BOUND_KINDS)
def test_a_longer_list_never_shows_more_than_a_whole_one(bound: Bound) -> None:
    assert 0 < bound.first < bound.whole
    assert bound.part >= bound.first
