"""What is left of an entry once its consent is known: the summary that was agreed to, people as credited.

In: an entry and what the gate decided of it. Out: the entry with only what that permits. Called by
`consent` alone. A summary is made of a list of what may stay, so that a field added later is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from .model import Consent, Credit, Entry, Harvest, Output, Person, Practice, Quote, Space, changed

_E = TypeVar("_E", Space, Harvest, Practice, Output)

_ALWAYS: Final = (
    "id",
    "path",
    "title",
    "space",
    "body_line",
    "lines",
    "illustrative",
    "aliases",
    "language",
)
"""What names an entry and its place."""
_OF_SUMMARY: Final[Mapping[type[Entry], tuple[str, ...]]] = {
    Space: ("type", "host", "purpose", "initiative", "parent", "started", "ended", "practices"),
    Harvest: ("date", "practices"),
    Practice: ("summary", "time", "group_size", "rating"),
    Output: ("kind", "summary", "practices"),
}
"""What a summary tells besides, by kind of entry."""


def summary_of(entry: _E) -> _E:
    """Leave title, summary, date and practices, and nothing that was told in confidence."""
    kept = (*_ALWAYS, *_OF_SUMMARY[type(entry)])
    values: dict[str, Any] = {name: getattr(entry, name) for name in kept}
    if isinstance(entry, Space | Harvest):
        values["practices"] = tuple(replace(mention, note="") for mention in entry.practices)
    return type(entry)(**values, summary_only=True)


def credited(entry: _E, credit: Credit) -> _E:
    """Name the people of an entry as they agreed to be named."""
    if isinstance(entry, Space):
        return changed(
            entry,
            host="" if credit is Credit.ANONYMOUS else entry.host,
            facilitators=_people(entry.facilitators, credit),
            harvesters=_people(entry.harvesters, credit),
        )
    if isinstance(entry, Harvest):
        return changed(entry, harvesters=_people(entry.harvesters, credit))
    return entry


def credited_quote(quote: Quote, silent: Credit) -> Quote:
    """Name the speaker of a quote as they agreed to be named.

    Args:
        quote: the quote with its consent.
        silent: how somebody is named who said nothing of it.
    """
    speaker = Person(name=quote.name, role=quote.role, organisation=quote.organisation)
    shown = _person(speaker, quote.consent.credit or silent)
    return changed(
        quote,
        name=shown.name,
        role=shown.role,
        organisation=shown.organisation,
        consent=Consent(),
    )


def _people(people: tuple[Person, ...], credit: Credit) -> tuple[Person, ...]:
    shown = (_person(person, credit) for person in people)
    return tuple(person for person in shown if person != Person())


def _person(person: Person, credit: Credit) -> Person:
    """Leave of a person what the credit names."""
    if credit is Credit.NAMED:
        return person
    return Person(
        role=person.role if credit is Credit.ROLE else "",
        organisation=person.organisation if credit is Credit.ORGANISATION else "",
    )
