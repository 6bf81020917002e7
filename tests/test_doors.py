"""The doors, the sheets, the trails and the years: what each shows, computed from the library."""

from __future__ import annotations

import re

import pytest

from practice_library import doors, trails, years
from practice_library.doors import DOORS, Sheet, sheet_practices
from practice_library.evidence import Maturity, MaturityLevel
from practice_library.facets import TIMES
from practice_library.library import Backlink, Library, OutputRecord, PracticeRecord, Ref, Why
from practice_library.model import (
    TYPES,
    Harvest,
    Output,
    OutputMention,
    PartialDate,
    Practice,
    PracticeMention,
    Relation,
    Space,
    Use,
)
from practice_library.vocabulary import Term, Vocabulary

ONE_HOUR = Sheet(minutes=60, people=12)
LEVELS = {
    "!": MaturityLevel.EXEMPLARY,
    "+": MaturityLevel.GROWING,
    "-": MaturityLevel.UNPROVEN,
}


def library_of(written: str) -> Library:
    """Read practices such as `round!15/4-20 walk+30/2+`: a name, a level, minutes, a group."""
    library = Library(vocabulary=Vocabulary())
    for text in written.split():
        name, mark, rest = re.split(r"([!+-])", text, maxsplit=1)
        minutes, _, group = rest.partition("/")
        entry = Practice(
            id=name,
            path="",
            title=name,
            body="How it goes.",
            time=f"{minutes} minutes" if minutes else "",
            group_size=group,
        )
        library.practices[name] = PracticeRecord(
            id=name, title=name, summary="", path="", line=1, entry=entry
        )
        library.maturity[name] = Maturity(level=LEVELS[mark])
    return library


@pytest.mark.parametrize(
    ("practices", "chosen"),
    [
        ("", []),
        ("round!15", ["round"]),
        ("round!15 walk!30", ["round", "walk"]),
        ("walk!30 round!15", ["round", "walk"]),
        ("walk!45 round+15", ["round", "walk"]),
        ("walk!50 round!15", ["round"]),
        ("walk!90 round-15", ["round"]),
        ("walk! round-15", ["round"]),
        ("pair!15/2 round-15/4-20", ["round"]),
        ("crowd!15/20+ round-15/4+", ["round"]),
        ("any!15 round!15/12", ["any", "round"]),
        ("breath!5 tea!5 walk+40", ["breath", "walk"]),
        ("a!30 b!30 c-30", ["a", "b"]),
        ("a-30 b!30 c!30", ["b", "c"]),
    ],
)
def test_a_sheet_has_the_two_best_practices_that_fit_the_hour_and_the_group(
    practices: str, chosen: list[str]
) -> None:
    assert [found.id for found in sheet_practices(library_of(practices), ONE_HOUR)] == chosen


def test_what_nobody_has_written_up_is_on_no_sheet() -> None:
    library = library_of("round!15")
    library.practices["mention"] = PracticeRecord(id="mention", title="M", summary="", path="", line=1)
    library.maturity["mention"] = Maturity(level=MaturityLevel.EXEMPLARY)
    assert [found.id for found in sheet_practices(library, ONE_HOUR)] == ["round"]


def test_practices_are_listed_by_their_longest_time_the_best_first() -> None:
    library = library_of("long-300 walk+30 round!20 breath-15 timeless!")
    found = doors.by_time(library, "facilitator")
    assert [(band, [p.id for p in practices]) for band, practices in found] == [
        (15, ["breath"]),
        (30, ["round", "walk"]),
        (0, ["long"]),
    ]


def test_an_invented_practice_comes_after_a_real_one_of_its_level() -> None:
    library = library_of("a!10 b!10 c+10")
    invented = library.practices["a"]
    library.practices["a"] = PracticeRecord(
        id="a", title="a", summary="", path="", line=1, entry=invented.entry, illustrative=True
    )
    assert [p.id for p in doors.best_first(library, library.practices.values())] == ["b", "a", "c"]


def test_voices_come_from_as_many_spaces_as_can_be() -> None:
    terms = {
        key: Term(id=key, section="principles", label={}, description={})
        for key in ("first", "second", "third")
    }
    library = Library(vocabulary=Vocabulary(terms={"principles": terms}))
    for principle, spaces in (("first", "ab"), ("second", "ab"), ("third", "")):
        for space in spaces:
            ref = Ref(kind="space", id=space)
            told = Backlink(why=Why.IN_OUR_WORDS, source=ref, words=f"{space} on {principle}")
            library.backlinks[Ref(kind="principle", id=principle)].append(told)
    assert [(key, voice.words) for key, voice in doors.voices(library)] == [
        ("first", "a on first"),
        ("second", "b on second"),
    ]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_door_is_found_by_its_role_and_by_no_other(door: doors.Door) -> None:
    found = doors.door_of(door.role)
    assert found == (door if door.role else None)


# Trails.


def with_outputs() -> Library:
    """Make two spaces, three gatherings and two outputs, one of them taken up."""
    library = Library(vocabulary=Vocabulary())
    for name in ("hill", "shore"):
        library.spaces[name] = Space(id=name, path="", title=name, type=TYPES[0], host=name)
    card = OutputMention(id="card")
    for year, space, outputs in ((2019, "hill", (card,)), (2020, "hill", ()), (2021, "shore", (card,))):
        note = Harvest(
            id=f"{space}/{year}",
            path="",
            title=str(year),
            space=space,
            date=PartialDate(year=year),
            outputs=outputs,
            practices=(PracticeMention(id="round", relation=Relation.ADAPTED),) if outputs else (),
            illustrative=year == 2021,
        )
        library.harvests[note.id] = note
        library.harvests_of[space].append(note)
        if outputs:
            source = Ref(kind="harvest", id=note.id)
            library.backlinks[Ref(kind="output", id="card")].append(
                Backlink(why=Why.CAME_OUT_OF, source=source)
            )
    entry = Output(
        id="card",
        path="",
        title="Card",
        kind="tool",
        practices=("round", "withdrawn"),
        used_by=(Use(who="A school"),),
    )
    for name, found in (("card", entry), ("map", None)):
        library.outputs[name] = OutputRecord(
            id=name, title=name, kind="tool", summary="", path="", line=1, entry=found
        )
    library.practices["round"] = PracticeRecord(id="round", title="Round", summary="", path="", line=1)
    made = Backlink(why=Why.MADE_WITH, source=Ref(kind="output", id="card"))
    library.backlinks[Ref(kind="practice", id="round")].append(made)
    return library


def told(trail: trails.Trail) -> str:
    """Write a trail on one line."""
    steps = (
        [space.id for space in trail.spaces],
        [note.id for note in trail.notes],
        list(trail.practices),
        [trail.output.id],
        [use.who for use in trail.uses],
    )
    return " > ".join(" ".join(step) for step in steps)


def test_a_trail_names_only_what_concerns_the_page_it_is_on() -> None:
    library = with_outputs()
    first = library.harvests["hill/2019"]
    assert [told(t) for t in trails.of_harvest(library, first)] == [
        "hill > hill/2019 > round > card > A school"
    ]
    assert [told(t) for t in trails.of_space(library, library.spaces["shore"])] == [
        "shore > shore/2021 > round > card > A school"
    ]
    whole = "hill shore > hill/2019 shore/2021 > round > card > A school"
    assert [told(t) for t in trails.of_practice(library, "round")] == [whole]
    assert trails.of_harvest(library, library.harvests["hill/2020"]) == []


def test_the_trails_that_lead_farthest_come_first_and_those_that_lead_nowhere_not_at_all() -> None:
    assert [trail.output.id for trail in trails.farthest(with_outputs())] == ["card"]


def test_a_trail_of_a_much_used_output_names_a_few_gatherings_of_many() -> None:
    library = with_outputs()
    for number in range(50):
        note = Harvest(id=f"hill/more-{number}", path="", title="", space="hill", date=PartialDate(year=2022))
        library.harvests[note.id] = note
        source = Ref(kind="harvest", id=note.id)
        library.backlinks[Ref(kind="output", id="card")].append(Backlink(why=Why.CAME_OUT_OF, source=source))
    assert len(trails.of_output(library, library.outputs["card"]).notes) == trails.SHOWN


# Years.


def test_years_count_real_notes_alone_where_there_are_any() -> None:
    found = years.by_year(with_outputs())
    assert [(y.year, y.notes, y.spaces, y.practices, y.outputs) for y in found] == [
        (2020, 1, 1, 0, 0),
        (2019, 1, 1, 1, 1),
    ]
    assert dict(found[1].fates) == {"worked": 0, "adapted": 1, "did-not-work": 0}
    assert dict(found[1].types) == {kind: int(kind == TYPES[0]) for kind in TYPES}


def test_all_years_count_a_practice_and_an_output_once() -> None:
    library = with_outputs()
    del library.harvests["hill/2019"], library.harvests["hill/2020"]
    assert years.is_invented(library)
    total = years.all_years(library)
    assert (total.year, total.notes, total.practices, total.outputs) == (0, 1, 1, 1)


def test_an_empty_library_has_no_years() -> None:
    empty = Library(vocabulary=Vocabulary())
    assert (years.by_year(empty), years.levels(empty), years.is_invented(empty)) == ([], [], False)


def test_each_band_leads_to_its_value_of_the_finder_and_the_longest_to_none() -> None:
    values = {band: doors.time_in_finder(band) for band in (*doors.BANDS, 0)}
    assert {band: TIMES.get(value, 0) for band, value in values.items()} == {
        band: band for band in (*doors.BANDS, 0)
    }
