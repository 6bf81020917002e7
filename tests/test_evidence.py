"""What is known of a practice, computed from the gatherings that worked with it."""

from __future__ import annotations

import pytest

from practice_library.evidence import (
    Evidence,
    MaturityLevel,
    SpreadCell,
    Thresholds,
    counting,
    maturity_of,
    spread_of,
)
from practice_library.model import TYPES, Harvest, PartialDate, Relation

LAB, LEARNING, PRACTICE, HEALING = TYPES


def note(
    host: str, went: str = "worked", *, year: int = 2021, kind: str = LEARNING, invented: bool = False
) -> Evidence:
    """Make one note of a practice's evidence."""
    harvest = Harvest(id=f"{host}/{year}", path="", title=host, date=PartialDate(year=year))
    return Evidence(
        harvest=harvest,
        relation=Relation(went),
        note="",
        space_type=kind,
        host=host,
        illustrative=invented,
    )


def notes(written: str) -> list[Evidence]:
    """Read notes such as `a+ b~ c-`: a host, and whether it worked, was adapted or did not work."""
    went = {"+": "worked", "~": "adapted", "-": "did-not-work"}
    return [note(text[:-1], went[text[-1]]) for text in written.split()]


@pytest.mark.parametrize(
    ("written", "level", "hosts", "following", "missing"),
    [
        ("", "unproven", 0, "emerging", 1),
        ("a-", "unproven", 0, "emerging", 1),
        ("a- b- c-", "unproven", 0, "emerging", 1),
        ("a+", "emerging", 1, "growing", 1),
        ("a~", "emerging", 1, "growing", 1),
        ("a+ a+ a+ a+", "emerging", 1, "growing", 1),
        ("a+ b-", "emerging", 1, "growing", 1),
        ("a+ b+", "growing", 2, "exemplary", 1),
        ("a+ b~", "growing", 2, "exemplary", 1),
        ("a+ b- a- b+", "growing", 2, "exemplary", 1),
        ("a+ b+ c+", "exemplary", 3, None, 0),
        ("a~ b~ c~", "exemplary", 3, None, 0),
        ("a+ b+ c+ d- e-", "exemplary", 3, None, 0),
        ("a+ b+ c+ d- e- f-", "growing", 3, "exemplary", 0),
        ("a+ b+ c+ d+ e-", "exemplary", 4, None, 0),
    ],
)
def test_the_level_follows_from_hosts_and_from_how_it_went(
    written: str, level: str, hosts: int, following: str | None, missing: int
) -> None:
    found = maturity_of(notes(written), Thresholds())
    assert (found.level, found.hosts, found.next_level, found.hosts_to_next) == (
        level,
        hosts,
        following,
        missing,
    )


@pytest.mark.parametrize(
    ("growing", "exemplary", "level"),
    [(1, 1, "exemplary"), (1, 3, "growing"), (2, 2, "exemplary"), (3, 4, "emerging")],
)
def test_thresholds_move_the_levels(growing: int, exemplary: int, level: str) -> None:
    thresholds = Thresholds(growing=growing, exemplary=exemplary)
    assert maturity_of(notes("a+ b+"), thresholds).level == level


def test_how_it_went_is_counted_by_note() -> None:
    found = maturity_of(notes("a+ a+ b~ c-"), Thresholds())
    assert (found.worked, found.adapted, found.did_not_work, found.notes) == (2, 1, 1, 4)


def test_what_is_not_rated_has_no_level_and_no_counts() -> None:
    found = maturity_of(notes("a+ b+ c+"), Thresholds(), rated=False)
    assert (found.level, found.notes, found.next_level) == (MaturityLevel.NOT_RATED, 0, None)


@pytest.mark.parametrize(
    ("practice_invented", "invented", "counts"),
    [
        (False, [False], [True]),
        (False, [True], [False]),
        (False, [True, False], [False, True]),
        (True, [True], [True]),
        (True, [True, True], [True, True]),
        (True, [True, False], [False, True]),
        (True, [False], [True]),
        (True, [], []),
    ],
)
def test_invented_notes_count_only_where_nothing_is_real(
    practice_invented: bool,  # noqa: FBT001 - a column of the table
    invented: list[bool],
    counts: list[bool],
) -> None:
    found = [note(f"h{n}", invented=made_up) for n, made_up in enumerate(invented)]
    assert [n.counts for n in counting(found, illustrative=practice_invented)] == counts


def test_notes_that_do_not_count_raise_no_level() -> None:
    found = counting([note("a", invented=True), note("b")], illustrative=False)
    assert maturity_of(found, Thresholds()).hosts == 1


def test_a_level_that_rests_on_invented_notes_says_so() -> None:
    found = counting([note("a", invented=True)], illustrative=True)
    assert maturity_of(found, Thresholds()).illustrative


def test_the_spread_tells_kinds_in_their_order_and_every_year_between() -> None:
    found = spread_of(
        [
            note("a", year=2021, kind=HEALING),
            note("b", "did-not-work", year=2018, kind=LAB),
            note("c", "adapted", year=2018, kind=LAB),
        ],
        TYPES,
    )
    assert found is not None
    assert (found.types, found.years) == ((LAB, HEALING), (2018, 2019, 2020, 2021))
    assert found.cells == (
        SpreadCell(type=LAB, year=2018, worked=0, adapted=1, did_not_work=1),
        SpreadCell(type=HEALING, year=2021, worked=1, adapted=0, did_not_work=0),
    )


def test_a_practice_that_nobody_tried_has_no_spread() -> None:
    assert spread_of([], TYPES) is None
