"""The rules of consent, one by one, on records: who may see how much of what, until when, and who is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, Final

import pytest

from practice_library.consent import Admission, Audience, Held, Tombstone, admit
from practice_library.model import (
    HEALING,
    TYPES,
    Answer,
    AnyEntry,
    Consent,
    Credit,
    Harvest,
    Kind,
    Level,
    Output,
    OutputMention,
    PartialDate,
    Person,
    Practice,
    PracticeMention,
    PrincipleMention,
    Quote,
    Relation,
    Resource,
    Share,
    Sources,
    Space,
    Use,
    changed,
)
from practice_library.narrowing import credited, credited_quote, summary_of
from practice_library.terms import Reason, Terms, terms_of
from practice_library.wording import wording_of

TODAY: Final = date(2026, 11, 24)
DAY: Final = timedelta(days=1)
GIVEN: Final = date(2026, 3, 1)
CIRCLE: Final = "community-of-practice"
OPEN: Final = Consent(level=Level.PUBLIC, given=GIVEN)
WIDE: Final = replace(OPEN, share=Share.FULL, credit=Credit.NAMED)
PERSON: Final = Person(name="Robin", role="Host", organisation="Mill Street Centre")
OTHER_TYPES: Final = [kind for kind in TYPES if kind != HEALING]


def space(consent: Consent | None = None, /, **more: Any) -> Space:  # noqa: ANN401 - any field
    """Give a space, a community of practice unless it says otherwise."""
    given = {"id": "circle", "title": "Circle", "type": CIRCLE, "host": "Mill Street", **more}
    return Space(**given, path=f"spaces/{given['id']}/space.md", **_consent(consent))


def harvest(consent: Consent | None = None, /, **more: Any) -> Harvest:  # noqa: ANN401
    given = {"id": "circle/2021-first", "title": "First", "space": "circle", **more}
    made = {"date": PartialDate(year=2021), **given}
    return Harvest(**made, path=f"spaces/{made['id']}.md", **_consent(consent))


def practice(consent: Consent | None = None, /, **more: Any) -> Practice:  # noqa: ANN401
    given = {"id": "check-in", "title": "Check-in", "space": "circle", **more}
    return Practice(**given, path=f"spaces/practices/{given['space']}/{given['id']}.md", **_consent(consent))


def output(consent: Consent | None = None, /, **more: Any) -> Output:  # noqa: ANN401
    given = {"id": "card", "title": "Card", "space": "circle", "kind": "tool", **more}
    return Output(**given, path=f"spaces/outputs/{given['id']}.md", **_consent(consent))


def _consent(consent: Consent | None) -> dict[str, Any]:
    return {"consent": consent or Consent(), "consent_stated": consent is not None}


MAKERS: Final = (space, harvest, practice, output)


def sources(*entries: AnyEntry, withdrawn: Iterable[str] = ()) -> Sources:
    """Put entries where the loader puts them."""

    def of(kind: type) -> Any:  # noqa: ANN401
        return tuple(entry for entry in entries if isinstance(entry, kind))

    return Sources(
        spaces=of(Space),
        harvests=of(Harvest),
        practices=of(Practice),
        outputs=of(Output),
        withdrawn=tuple(withdrawn),
    )


def gate(
    *entries: AnyEntry, audience: Audience = Audience.PUBLIC, withdrawn: Iterable[str] = ()
) -> Admission:
    return admit(sources(*entries, withdrawn=withdrawn), audience, TODAY)


def admitted(found: Admission) -> list[str]:
    return [e.id for e in (*found.spaces, *found.harvests, *found.practices, *found.outputs)]


def reasons(found: Admission) -> dict[str, Reason]:
    return {held.entry.id: held.reason for held in found.held}


# Silence.


@pytest.mark.parametrize("kind", OTHER_TYPES)
@pytest.mark.parametrize("make", [space, practice, output])
def test_silence_opens_all_but_notes(make: Any, kind: str) -> None:  # noqa: ANN401 - one of MAKERS
    assert terms_of(make(), kind, TODAY) == Terms(
        level=Level.PUBLIC, share=Share.FULL, until=None, credit=Credit.ROLE
    )


@pytest.mark.parametrize("kind", ["", *OTHER_TYPES])
def test_silence_withholds_a_note(kind: str) -> None:
    assert terms_of(harvest(), kind, TODAY) == Terms(
        level=Level.WITHHELD, share=Share.FULL, until=None, credit=Credit.ROLE, reason=Reason.LEVEL
    )


@pytest.mark.parametrize("make", MAKERS)
def test_silence_in_healing_withholds_everything(make: Any) -> None:  # noqa: ANN401
    assert terms_of(make(), HEALING, TODAY) == Terms(
        level=Level.WITHHELD,
        share=Share.SUMMARY,
        until=None,
        credit=Credit.ANONYMOUS,
        reason=Reason.LEVEL,
    )


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("kind", TYPES)
def test_consent_that_names_no_level_is_no_consent(make: Any, kind: str) -> None:  # noqa: ANN401
    terms = terms_of(make(Consent(given=GIVEN)), kind, TODAY)
    assert (terms.level, terms.reason) == (Level.WITHHELD, Reason.LEVEL)


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("share", list(Share))
@pytest.mark.parametrize("credit", list(Credit))
def test_what_is_said_is_what_holds(level: Level, share: Share, credit: Credit) -> None:
    consent = Consent(level=level, share=share, credit=credit, given=GIVEN, until=TODAY)
    for kind in TYPES:
        terms = terms_of(harvest(consent), kind, TODAY)
        assert (terms.level, terms.share, terms.credit, terms.until) == (level, share, credit, TODAY)


# Days.


@pytest.mark.parametrize(
    ("given", "until", "reason"),
    [
        (None, None, Reason.NO_DATE),
        (None, TODAY + DAY, Reason.NO_DATE),
        (TODAY, None, None),
        (TODAY + DAY, None, Reason.NOT_YET),
        (TODAY + DAY, TODAY - DAY, Reason.NOT_YET),
        (GIVEN, TODAY, None),
        (GIVEN, TODAY + DAY, None),
        (GIVEN, TODAY - DAY, Reason.EXPIRED),
    ],
)
@pytest.mark.parametrize("level", [Level.PUBLIC, Level.MEMBERS])
@pytest.mark.parametrize("kind", TYPES)
def test_consent_holds_from_its_first_day_to_its_last(
    given: date | None, until: date | None, reason: Reason | None, level: Level, kind: str
) -> None:
    consent = Consent(level=level, given=given, until=until)
    assert terms_of(harvest(consent), kind, TODAY).reason is reason


@pytest.mark.parametrize(
    ("given", "until"),
    [
        (date(2024, 11, 24), date(2026, 11, 24)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2028, 3, 1)),
    ],
)
def test_consent_in_healing_ends_after_two_years(given: date, until: date) -> None:
    consent = Consent(level=Level.PUBLIC, given=given)
    assert terms_of(harvest(consent), HEALING, TODAY).until == until
    assert all(terms_of(harvest(consent), kind, TODAY).until is None for kind in OTHER_TYPES)


def test_consent_in_healing_ends_when_it_says_so() -> None:
    consent = Consent(level=Level.PUBLIC, given=date(2020, 1, 1), until=date(2030, 1, 1))
    terms = terms_of(harvest(consent), HEALING, TODAY)
    assert (terms.until, terms.reason) == (date(2030, 1, 1), None)


def test_consent_in_healing_without_a_day_has_no_end() -> None:
    terms = terms_of(harvest(Consent(level=Level.PUBLIC)), HEALING, TODAY)
    assert (terms.until, terms.reason) == (None, Reason.NO_DATE)


@pytest.mark.parametrize(
    ("day", "reason"),
    [(TODAY - DAY, Reason.WITHDRAWN), (TODAY, Reason.WITHDRAWN), (TODAY + DAY, None)],
)
def test_what_is_withdrawn_is_gone_from_its_day_on(day: date, reason: Reason | None) -> None:
    assert terms_of(harvest(OPEN, withdrawn=day), CIRCLE, TODAY).reason is reason


def test_of_several_reasons_the_first_is_that_it_was_withdrawn_then_its_level() -> None:
    expired = replace(OPEN, until=GIVEN)
    assert terms_of(harvest(None, withdrawn=TODAY), CIRCLE, TODAY).reason is Reason.WITHDRAWN
    withheld = replace(expired, level=Level.WITHHELD)
    assert terms_of(harvest(withheld), CIRCLE, TODAY).reason is Reason.LEVEL


# The audience.


@pytest.mark.parametrize(
    ("level", "public", "members"),
    [(Level.WITHHELD, False, False), (Level.MEMBERS, False, True), (Level.PUBLIC, True, True)],
)
@pytest.mark.parametrize("make", MAKERS)
def test_each_audience_sees_its_level_and_what_is_more_open(
    make: Any,  # noqa: ANN401
    level: Level,
    *,
    public: bool,
    members: bool,
) -> None:
    entry = make(replace(OPEN, level=level))
    around = () if isinstance(entry, Space) else (space(),)
    for audience, seen in {Audience.PUBLIC: public, Audience.MEMBERS: members}.items():
        found = gate(*around, entry, audience=audience)
        assert (entry.id in admitted(found)) is seen
        assert reasons(found) == ({} if seen else {entry.id: Reason.LEVEL})


def test_an_audience_names_its_level() -> None:
    assert [audience.level for audience in Audience] == [Level.PUBLIC, Level.MEMBERS]


# What lies in something.


@pytest.mark.parametrize(
    ("around", "inner", "public", "members"),
    [
        (OPEN, OPEN, True, True),
        (None, OPEN, True, True),
        (replace(OPEN, level=Level.MEMBERS), OPEN, False, True),
        (OPEN, replace(OPEN, level=Level.MEMBERS), False, True),
        (replace(OPEN, level=Level.WITHHELD), OPEN, False, False),
        (replace(OPEN, given=None), OPEN, False, False),
        (replace(OPEN, given=TODAY + DAY), OPEN, False, False),
        (replace(OPEN, until=TODAY - DAY), OPEN, False, False),
    ],
)
@pytest.mark.parametrize("make", [harvest, practice, output])
def test_an_entry_is_never_more_open_than_its_space(
    make: Any,  # noqa: ANN401
    around: Consent | None,
    inner: Consent,
    *,
    public: bool,
    members: bool,
) -> None:
    entry = make(inner)
    for audience, seen in {Audience.PUBLIC: public, Audience.MEMBERS: members}.items():
        assert (entry.id in admitted(gate(space(around), entry, audience=audience))) is seen


def test_an_entry_that_is_held_with_its_space_says_so() -> None:
    closed = space(replace(OPEN, until=GIVEN))
    found = gate(closed, harvest(OPEN), practice(), output(replace(OPEN, given=None)))
    assert reasons(found) == {
        "circle": Reason.EXPIRED,
        "circle/2021-first": Reason.SPACE,
        "check-in": Reason.SPACE,
        "card": Reason.NO_DATE,
    }


def test_an_entry_of_a_space_for_members_is_held_by_its_level() -> None:
    found = gate(space(replace(OPEN, level=Level.MEMBERS)), harvest(OPEN))
    assert set(reasons(found).values()) == {Reason.LEVEL}


@pytest.mark.parametrize("make", [harvest, practice, output])
@pytest.mark.parametrize("audience", list(Audience))
def test_an_entry_whose_space_is_not_there_is_held(make: Any, audience: Audience) -> None:  # noqa: ANN401
    found = gate(make(WIDE), audience=audience)
    assert list(reasons(found).values()) == [Reason.SPACE]
    assert admitted(found) == []


def test_what_lies_in_no_space_is_held_to_its_own_words() -> None:
    found = gate(practice(space=""), output(OPEN, space=""), practice(Consent(), space="", id="other"))
    assert admitted(found) == ["check-in", "card"]
    assert reasons(found) == {"other": Reason.LEVEL}


def test_what_lies_in_no_space_is_not_of_the_space_of_its_name() -> None:
    found = gate(space(None, type=HEALING), practice(space="", id="circle"))
    assert admitted(found) == ["circle"]
    assert reasons(found) == {"circle": Reason.LEVEL}


@pytest.mark.parametrize(
    ("around", "inner", "summary"),
    [
        (Share.FULL, Share.FULL, False),
        (Share.FULL, Share.SUMMARY, True),
        (Share.SUMMARY, Share.FULL, True),
        (Share.SUMMARY, Share.SUMMARY, True),
    ],
)
def test_the_narrower_share_wins(around: Share, inner: Share, *, summary: bool) -> None:
    found = gate(space(replace(OPEN, share=around)), harvest(replace(OPEN, share=inner), body="We met."))
    assert found.harvests[0].summary_only is summary
    assert found.harvests[0].body == ("" if summary else "We met.")


@pytest.mark.parametrize(
    ("around", "inner", "until"),
    [
        (None, None, None),
        (None, TODAY + DAY, TODAY + DAY),
        (TODAY + DAY, None, TODAY + DAY),
        (TODAY + DAY, TODAY + 2 * DAY, TODAY + DAY),
        (TODAY + 2 * DAY, TODAY + DAY, TODAY + DAY),
    ],
)
def test_the_earlier_last_day_is_told_to_stewards(
    around: date | None, inner: date | None, until: date | None
) -> None:
    note = harvest(replace(OPEN, until=inner))
    assert gate(space(replace(OPEN, until=around)), note).until.get(note.path) == until


def test_no_last_day_is_told_of_what_is_held() -> None:
    note = harvest(replace(OPEN, level=Level.MEMBERS, until=TODAY))
    assert gate(space(), note).until == {}
    assert gate(space(), note, audience=Audience.MEMBERS).until == {note.path: TODAY}


# The list of what was withdrawn.


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("space:circle", {"circle", "circle/2021-first", "check-in", "card"}),
        ("harvest:circle/2021-first", {"circle/2021-first"}),
        ("practice:check-in", {"check-in"}),
        ("output:card", {"card"}),
        ("practice:card", set()),
    ],
)
def test_what_is_listed_is_gone_whatever_it_says(name: str, gone: set[str]) -> None:
    found = gate(space(OPEN), harvest(OPEN), practice(OPEN), output(OPEN), withdrawn=[name])
    assert set(reasons(found)) == gone
    assert name in found.gone


def test_what_is_listed_on_the_shelf_is_gone_too() -> None:
    assert reasons(gate(practice(space=""), withdrawn=["practice:check-in"])) == {
        "check-in": Reason.WITHDRAWN
    }


def test_a_space_that_is_listed_takes_its_notes_along() -> None:
    found = gate(space(), harvest(OPEN), withdrawn=["space:circle"])
    assert reasons(found) == {"circle": Reason.WITHDRAWN, "circle/2021-first": Reason.SPACE}


FIRST: Final = PracticeMention(
    id="check-in",
    title="Check-in",
    summary="A word.",
    note="It went well.",
    relation=Relation.ADAPTED,
    line=7,
)
CARD: Final = OutputMention(id="card", title="Card", kind="tool", summary="Folded.", line=9)


@pytest.mark.parametrize("make", [space, harvest])
def test_a_first_mention_of_what_was_withdrawn_is_a_mere_mention(make: Any) -> None:  # noqa: ANN401
    holder = make(WIDE, practices=(FIRST,), outputs=(CARD,))
    around = () if isinstance(holder, Space) else (space(WIDE),)
    found = gate(*around, holder, withdrawn=["practice:check-in", "output:card"])
    kept: Space | Harvest = found.spaces[0] if isinstance(holder, Space) else found.harvests[0]
    assert kept.practices == (
        PracticeMention(id="check-in", note="It went well.", relation=Relation.ADAPTED, line=7),
    )
    assert kept.outputs == (OutputMention(id="card", line=9),)


def test_another_first_mention_stays_as_it_is() -> None:
    found = gate(
        space(WIDE, practices=(FIRST,), outputs=(CARD,)), withdrawn=["practice:card", "output:check-in"]
    )
    assert (found.spaces[0].practices, found.spaces[0].outputs) == ((FIRST,), (CARD,))


@pytest.mark.parametrize(("day", "title"), [(TODAY, ""), (TODAY + DAY, "Check-in")])
def test_an_entry_that_was_withdrawn_keeps_its_first_mentions_out(day: date, title: str) -> None:
    found = gate(space(WIDE, practices=(FIRST,)), practice(OPEN, space="", withdrawn=day))
    assert found.spaces[0].practices[0].title == title


# What was there once.


@pytest.mark.parametrize(
    ("consent", "more", "gone"),
    [
        (OPEN, {"withdrawn": TODAY}, True),
        (replace(OPEN, until=GIVEN), {}, True),
        (replace(OPEN, level=Level.WITHHELD), {}, False),
        (replace(OPEN, level=Level.MEMBERS), {}, False),
        (replace(OPEN, given=None), {}, False),
        (replace(OPEN, given=TODAY + DAY), {}, False),
        (OPEN, {}, False),
    ],
)
def test_what_ended_is_gone_with_what_came_in_with_it(
    consent: Consent, more: dict[str, Any], *, gone: bool
) -> None:
    mere = (FIRST, PracticeMention(id="known")), (CARD, OutputMention(id="known"))
    note = harvest(consent, practices=mere[0], outputs=mere[1], **more)
    names = {"harvest:circle/2021-first", "practice:check-in", "output:card"}
    found = {name for name in gate(space(), note).gone if not name.startswith("file:")}
    assert found == (names if gone else set())


@pytest.mark.parametrize(
    ("around", "gone"),
    [
        (replace(OPEN, until=GIVEN), True),
        (replace(OPEN, level=Level.WITHHELD), False),
        (replace(OPEN, given=None), False),
    ],
)
def test_what_ended_with_its_space_is_gone(around: Consent, *, gone: bool) -> None:
    found = gate(space(around, practices=(FIRST,)), harvest(OPEN, outputs=(CARD,)), practice(id="way"))
    names = {"space:circle", "harvest:circle/2021-first", "practice:check-in", "output:card", "practice:way"}
    assert {name for name in found.gone if not name.startswith("file:")} == (names if gone else set())


def test_what_ended_by_itself_in_a_closed_space_is_gone_too() -> None:
    found = gate(space(replace(OPEN, level=Level.WITHHELD)), harvest(OPEN, withdrawn=TODAY), practice())
    assert {name for name in found.gone if not name.startswith("file:")} == {"harvest:circle/2021-first"}


def test_what_ended_is_gone_beside_what_was_never_shown() -> None:
    secret, ended = harvest(id="circle/a"), harvest(replace(OPEN, until=GIVEN), id="circle/b")
    assert "harvest:circle/b" in gate(space(), secret, ended).gone


@pytest.mark.parametrize("consent", [OPEN, replace(OPEN, until=GIVEN), replace(OPEN, level=Level.WITHHELD)])
def test_a_file_is_gone_with_its_entry(consent: Consent) -> None:
    """A relative link names the file; a link that names the id fares no better and no worse."""
    note = harvest(consent)
    gone = gate(space(), note).gone
    assert (f"file:{note.path}" in gone) is (f"harvest:{note.id}" in gone) is (consent.until is not None)


# Tombstones.


@pytest.mark.parametrize(
    ("around", "more", "marked"),
    [
        (space(), {}, True),
        (space(), {"tombstone": False}, False),
        (space(), {"withdrawn": TODAY + DAY}, False),
        (space(OPEN, type=HEALING), {}, True),
        (space(None, type=HEALING), {}, False),
        (space(replace(OPEN, level=Level.MEMBERS)), {}, False),
        (space(id="elsewhere"), {}, False),
    ],
)
def test_a_tombstone_stands_where_its_space_may_be_seen(
    around: Space, more: dict[str, Any], *, marked: bool
) -> None:
    note = harvest(None, **{"withdrawn": TODAY, "tombstone": True, **more})
    stones = (Tombstone(kind=Kind.HARVEST, id=note.id),) if marked else ()
    assert gate(around, note).tombstones == stones


@pytest.mark.parametrize("kind", TYPES)
def test_a_space_has_a_tombstone_unless_it_is_of_healing(kind: str) -> None:
    gone = space(None, type=kind, withdrawn=TODAY, tombstone=True)
    stones = () if kind == HEALING else (Tombstone(kind=Kind.SPACE, id="circle"),)
    assert gate(gone).tombstones == stones


@pytest.mark.parametrize("around", [(), (space(None, type=HEALING),)])
def test_a_tombstone_on_the_shelf_tells_nothing_of_a_space_of_its_name(around: tuple[Space, ...]) -> None:
    gone = practice(None, space="", id="circle", withdrawn=TODAY, tombstone=True)
    assert gate(*around, gone).tombstones == (Tombstone(kind=Kind.PRACTICE, id="circle"),)


def test_what_was_held_for_another_reason_has_no_tombstone() -> None:
    note = harvest(replace(OPEN, until=GIVEN), tombstone=True)
    assert gate(space(), note).tombstones == ()


# What is left in the sources.


@pytest.mark.parametrize(
    ("more", "counted"),
    [
        ({"withdrawn": TODAY, "lines": {"withdrawn": 2}}, 0),
        ({"withdrawn": TODAY, "lines": {"withdrawn": 2, "title": 3, "date": 4, "aliases/old": 5}}, 0),
        ({"withdrawn": TODAY, "lines": {"withdrawn": 2, "quotes": 3}}, 1),
        ({"withdrawn": TODAY, "lines": {"withdrawn": 2, "practices/check-in": 3}}, 1),
        ({"withdrawn": TODAY, "lines": {"withdrawn": 2}, "body": "We met."}, 1),
        ({"lines": {"date": 2}}, 1),
    ],
)
def test_a_stub_leaves_nothing_to_read(more: dict[str, Any], counted: int) -> None:
    assert gate(space(), harvest(None, **more)).held_in_source == counted


def test_every_held_entry_is_counted_and_no_other() -> None:
    found = gate(space(), harvest(), harvest(OPEN, id="circle/2022-second"), practice(Consent()))
    assert found.held_in_source == len(found.held) == 2
    assert found.held[0] == Held(entry=harvest(), reason=Reason.LEVEL)


def test_what_is_for_stewards_is_not_written_by_accident() -> None:
    found = repr(gate(space(), harvest(replace(OPEN, until=TODAY)), practice(Consent(), title="Secret")))
    assert "Secret" not in found


# Quotes.


def quote(consent: Consent | None = None, /, **more: Any) -> Quote:  # noqa: ANN401
    return Quote(**{"text": "I was heard.", "line": 12, **more}, consent=consent or Consent())


def quoted(
    one: Quote, note: Consent = WIDE, *, kind: str = CIRCLE, audience: Audience = Audience.PUBLIC
) -> tuple[list[Quote], list[Quote]]:
    """Give the quotes of a note that are shown, and those that stewards are told are not."""
    found = gate(space(WIDE, type=kind), harvest(note, quotes=(one,)), audience=audience)
    shown = [quote for entry in found.harvests for quote in entry.quotes]
    return shown, [quote for _, quote in found.held_quotes]


MEMBERS_ONLY: Final = replace(OPEN, level=Level.MEMBERS)


@pytest.mark.parametrize(
    ("own", "public", "members"),
    [
        (Consent(), False, False),
        (Consent(given=GIVEN), False, False),
        (OPEN, True, True),
        (MEMBERS_ONLY, False, True),
        (replace(OPEN, level=Level.WITHHELD), False, False),
        (replace(OPEN, given=None), False, False),
        (replace(OPEN, given=TODAY), True, True),
        (replace(OPEN, given=TODAY + DAY), False, False),
        (replace(OPEN, until=TODAY), True, True),
        (replace(OPEN, until=TODAY - DAY), False, False),
        (replace(OPEN, wording=wording_of("I was heard.")), True, True),
        (replace(OPEN, wording=wording_of("I was not heard.")), False, False),
        (replace(OPEN, wording=""), False, False),
    ],
)
def test_a_quote_is_shown_by_its_own_consent_alone(own: Consent, *, public: bool, members: bool) -> None:
    for audience, seen in {Audience.PUBLIC: public, Audience.MEMBERS: members}.items():
        shown, held = quoted(quote(own), audience=audience)
        assert shown == ([quote()] if seen else [])
        assert held == ([] if seen else [quote(own)])


@pytest.mark.parametrize(
    ("note", "own", "members"),
    [(MEMBERS_ONLY, OPEN, True), (OPEN, MEMBERS_ONLY, True), (MEMBERS_ONLY, MEMBERS_ONLY, True)],
)
def test_a_quote_is_never_more_open_than_its_note(note: Consent, own: Consent, *, members: bool) -> None:
    note = replace(note, share=Share.FULL)
    assert quoted(quote(own), note)[0] == []
    assert bool(quoted(quote(own), note, audience=Audience.MEMBERS)[0]) is members


def test_a_quote_of_a_note_that_shows_only_its_summary_is_held() -> None:
    shown, held = quoted(quote(OPEN), replace(OPEN, share=Share.SUMMARY))
    assert (shown, held) == ([], [quote(OPEN)])


def test_a_quote_of_a_note_that_is_held_is_not_told_of_apart() -> None:
    assert quoted(quote(), MEMBERS_ONLY) == ([], [])


def test_a_quote_in_healing_ends_after_two_years() -> None:
    old = replace(OPEN, given=date(2024, 11, 23))
    for kind in OTHER_TYPES:
        assert quoted(quote(old), kind=kind)[0] == [quote()]
    assert quoted(quote(old), kind=HEALING) == ([], [quote(old)])
    assert quoted(quote(replace(old, until=TODAY)), kind=HEALING)[0] == [quote()]


def test_quotes_that_are_shown_keep_their_order() -> None:
    texts = ["One.", "Two.", "Three."]
    quotes = tuple(quote(None if text == "Two." else OPEN, text=text) for text in texts)
    found = gate(space(), harvest(WIDE, quotes=quotes))
    assert [shown.text for shown in found.harvests[0].quotes] == ["One.", "Three."]
    assert found.held_quotes[0][0].id == "circle/2021-first"


SPEAKER: Final = {"name": "Robin", "role": "Host", "organisation": "Mill Street Centre"}


@pytest.mark.parametrize(
    ("credit", "kind", "shown"),
    [
        (None, CIRCLE, {"role": "Host"}),
        (None, HEALING, {}),
        (Credit.NAMED, CIRCLE, SPEAKER),
        (Credit.NAMED, HEALING, SPEAKER),
        (Credit.ROLE, HEALING, {"role": "Host"}),
        (Credit.ORGANISATION, CIRCLE, {"organisation": "Mill Street Centre"}),
        (Credit.ANONYMOUS, CIRCLE, {}),
    ],
)
def test_a_speaker_is_named_as_agreed(credit: Credit | None, kind: str, shown: dict[str, str]) -> None:
    found, _ = quoted(quote(replace(OPEN, credit=credit), **SPEAKER, language="fr"), kind=kind)
    assert found == [quote(**shown, language="fr")]


def test_a_quote_keeps_its_words_and_its_place() -> None:
    one = quote(replace(OPEN, credit=Credit.NAMED), **SPEAKER)
    assert credited_quote(one, Credit.ANONYMOUS) == replace(one, consent=Consent())


# People.


@pytest.mark.parametrize(
    ("credit", "shown"),
    [
        (Credit.NAMED, (PERSON, Person(name="Sam"))),
        (Credit.ROLE, (Person(role="Host"),)),
        (Credit.ORGANISATION, (Person(organisation="Mill Street Centre"),)),
        (Credit.ANONYMOUS, ()),
    ],
)
def test_people_are_named_as_agreed(credit: Credit, shown: tuple[Person, ...]) -> None:
    people = (PERSON, Person(name="Sam"))
    around = credited(space(facilitators=people, harvesters=people), credit)
    assert (around.facilitators, around.harvesters) == (shown, shown)
    assert around.host == ("" if credit is Credit.ANONYMOUS else "Mill Street")
    assert credited(harvest(harvesters=people), credit).harvesters == shown


@pytest.mark.parametrize("credit", list(Credit))
def test_an_entry_without_people_stays_as_it_is(credit: Credit) -> None:
    assert credited(practice(), credit) == practice()
    assert credited(output(), credit) == output()


@pytest.mark.parametrize(
    ("kind", "credit", "shown"),
    [
        (CIRCLE, None, (Person(role="Host"),)),
        (HEALING, None, ()),
        (HEALING, Credit.NAMED, (PERSON,)),
    ],
)
def test_the_gate_names_people_as_the_note_says(
    kind: str, credit: Credit | None, shown: tuple[Person, ...]
) -> None:
    note = harvest(replace(WIDE, credit=credit), harvesters=(PERSON,))
    assert gate(space(WIDE, type=kind), note).harvests[0].harvesters == shown


# Summaries.

FULL: Final[tuple[AnyEntry, ...]] = (
    space(
        WIDE,
        purpose="To meet.",
        initiative="Two Shores",
        parent="hill",
        facilitators=(PERSON,),
        harvesters=(PERSON,),
        started=PartialDate(year=2020),
        ended=PartialDate(year=2022),
        region="The coast",
        principles=(PrincipleMention(id="shared-ownership", words="Ours."),),
        approaches=("safe-space",),
        practices=(FIRST,),
        outputs=(CARD,),
        resources=(Resource(title="A book", url="https://example.org/"),),
        authority="The circle.",
    ),
    harvest(
        WIDE,
        harvesters=(PERSON,),
        participants=12,
        practices=(FIRST,),
        principles=(PrincipleMention(id="shared-ownership"),),
        approaches=("safe-space",),
        outputs=(CARD,),
        reflections=(Answer(question="what-surprised-us", text="The quiet."),),
        quotes=(quote(OPEN),),
        checked_by_participants=GIVEN,
    ),
    practice(
        WIDE,
        summary="A word.",
        purpose="To arrive.",
        time="10 minutes",
        group_size="4-15",
        roles=("facilitator",),
        principles=(PrincipleMention(id="shared-ownership"),),
        approaches=("safe-space",),
        watch_for=("Silence.",),
        related=("walk",),
        rating="not-rated",
        resources=(Resource(title="A book", url="https://example.org/"),),
        authority="The circle.",
        review_by=TODAY,
    ),
    output(
        WIDE,
        summary="Folded.",
        link="https://example.org/",
        practices=("check-in",),
        used_by=(Use(who="Another circle"),),
        resources=(Resource(title="A book", url="https://example.org/"),),
        authority="The circle.",
    ),
)
ALWAYS: Final = {"id", "path", "title", "space", "body_line", "lines", "illustrative", "aliases", "language"}
TOLD: Final[dict[Kind, set[str]]] = {
    Kind.SPACE: {"type", "host", "purpose", "initiative", "parent", "started", "ended", "practices"},
    Kind.HARVEST: {"date", "practices"},
    Kind.PRACTICE: {"summary", "time", "group_size", "rating"},
    Kind.OUTPUT: {"kind", "summary", "practices"},
}


@pytest.mark.parametrize(("entry", "kind"), list(zip(FULL, Kind, strict=True)))
def test_a_summary_tells_what_is_listed_and_nothing_else(entry: AnyEntry, kind: Kind) -> None:
    filled = replace(
        entry,
        space="circle",
        body="We met.",
        body_line=20,
        lines={"title": 2},
        content_note="Hard.",
        withdrawn=TODAY + DAY,
        tombstone=True,
        illustrative=True,
        aliases=("old",),
        language="fr",
    )
    short = _summary(filled)
    usual = type(filled)(**_required(filled))
    told = ALWAYS | TOLD[kind]
    assert short.summary_only
    for field in fields(filled):
        kept, default, found = (getattr(one, field.name) for one in (filled, usual, short))
        if field.name == "practices" and kind in {Kind.SPACE, Kind.HARVEST}:
            assert found == (replace(FIRST, note=""),)
        elif field.name not in {"summary_only", *_required(filled)}:
            assert kept != default, f"{field.name} has no value to lose"
            assert found == (kept if field.name in told else default), field.name


def _summary(entry: Any) -> Any:  # noqa: ANN401 - of the kind that it is given
    return summary_of(entry)


def _required(entry: AnyEntry) -> dict[str, Any]:
    """Give the fields without which a record cannot be made."""
    names = {"id", "path", "title", "type", "host", "date", "kind"}
    return {field.name: getattr(entry, field.name) for field in fields(entry) if field.name in names}


def test_the_gate_lets_a_full_note_through_whole() -> None:
    note = FULL[1]
    assert isinstance(note, Harvest)
    found = gate(space(WIDE), replace(note, body="We met.", lines={"title": 2}))
    shown = replace(note, body="We met.", consent=Consent(), quotes=(quote(),))
    assert found.harvests == (shown,)
    assert found.harvests[0].lines == {"title": 2}


@pytest.mark.parametrize("entry", FULL)
def test_nothing_downstream_sees_what_was_agreed_to(entry: AnyEntry) -> None:
    around = () if isinstance(entry, Space) else (space(WIDE),)
    found = gate(*around, entry)
    shown = [
        e for e in (*found.spaces, *found.harvests, *found.practices, *found.outputs) if e.id == entry.id
    ]
    assert [e.consent for e in shown] == [Consent()]


def test_entries_stay_in_the_order_of_the_sources() -> None:
    notes = [harvest(OPEN, id=f"circle/{name}") for name in "bac"]
    assert [note.id for note in gate(space(), *notes).harvests] == ["circle/b", "circle/a", "circle/c"]


def test_two_files_of_one_id_are_held_each_by_its_own_words() -> None:
    one, other = practice(Consent(level=Level.WITHHELD), space=""), practice()
    found = gate(space(), one, other)
    assert [(p.id, p.space) for p in found.practices] == [("check-in", "circle")]
    assert [held.entry.space for held in found.held] == [""]


def test_a_changed_record_is_as_a_replaced_one() -> None:
    entry = harvest(title="Before")
    assert changed(entry, title="After", participants=3) == replace(entry, title="After", participants=3)
    assert entry.title == "Before"
    with pytest.raises(TypeError):
        changed(entry, titel="After")
