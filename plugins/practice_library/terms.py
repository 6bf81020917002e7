"""The terms of one entry: who may see how much of it, until when, and why it is held.

In: an entry as read, the kind of its space and the build's date. Out: its `Terms`, where silence and what is
not plainly permitted hold it. Called by `consent`, which decides of all entries together; `checking` tells
the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from .model import HEALING, Consent, Credit, Entry, Harvest, Level, Share

HEALING_YEARS: Final = 2
"""How many years consent lasts in a community of healing that names no end."""


class Reason(StrEnum):
    """Why an entry is held; for stewards' eyes only."""

    WITHDRAWN = "withdrawn"
    LEVEL = "level"
    NO_DATE = "no-date"
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    SPACE = "space"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What holds for an entry after the rules are applied: who may see how much, until when."""

    level: Level
    share: Share
    until: date | None
    credit: Credit
    reason: Reason | None = None
    """Why it is held, whatever the audience; None when it is not."""


def terms_of(entry: Entry, space_type: str, today: date) -> Terms:
    """Apply the rules to one entry by itself, without what it lies in.

    Args:
        entry: the entry as read.
        space_type: the kind of the space it lies in; empty for what no one space stewards.
        today: the build's date.
    """
    healing = space_type == HEALING
    consent = entry.consent
    silent_level = _silent_level(entry, healing=healing)
    level = silent_level if consent.level is None else consent.level
    until = consent.until or healing_end(consent, healing=healing)
    return Terms(
        level=level,
        share=consent.share if consent.share is not None else _silent_share(healing=healing),
        until=until,
        credit=consent.credit or silent_credit(healing=healing),
        reason=_reason(entry, level, until, today),
    )


def _silent_level(entry: Entry, *, healing: bool) -> Level:
    """The level of an entry that says nothing of consent."""
    if healing or isinstance(entry, Harvest) or entry.consent_stated:
        return Level.WITHHELD
    return Level.PUBLIC


def _silent_share(*, healing: bool) -> Share:
    return Share.SUMMARY if healing else Share.FULL


def silent_credit(*, healing: bool) -> Credit:
    """Give how people are credited where nobody said."""
    return Credit.ANONYMOUS if healing else Credit.ROLE


def healing_end(consent: Consent, *, healing: bool) -> date | None:
    """Give the last day of consent that names no end, in a community of healing."""
    if not healing or consent.given is None:
        return None
    return _years_after(consent.given, HEALING_YEARS)


def _years_after(day: date, years: int) -> date:
    """The same day some years later; 28 February stands for the 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _reason(entry: Entry, level: Level, until: date | None, today: date) -> Reason | None:
    """Say why an entry is held by its own words, or None."""
    if entry.withdrawn and entry.withdrawn <= today:
        return Reason.WITHDRAWN
    if level is Level.WITHHELD:
        return Reason.LEVEL
    if entry.consent.level is not None:
        return reason_of_dates(entry.consent, until, today)
    return None


def reason_of_dates(consent: Consent, until: date | None, today: date) -> Reason | None:
    """Say why consent does not hold on a day, or None."""
    if consent.given is None:
        return Reason.NO_DATE
    if consent.given > today:
        return Reason.NOT_YET
    if until and until < today:
        return Reason.EXPIRED
    return None


def narrowest(inner: Terms, outer: Terms) -> Terms:
    """Hold an entry to the terms of what it lies in: the narrowest of each wins."""
    ends = [end for end in (inner.until, outer.until) if end]
    return Terms(
        level=min(inner.level, outer.level),
        share=min(inner.share, outer.share),
        until=min(ends) if ends else None,
        credit=inner.credit,
        reason=inner.reason or (Reason.SPACE if outer.reason else None),
    )
