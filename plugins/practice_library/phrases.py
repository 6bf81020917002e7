"""Which sentence fits: chooses among the catalogue's sentences by what is the case.

In: facts of the library and the catalogue's `t` and `n`. Out: a sentence, or nothing where there is
nothing to say. Called from templates; the words themselves are in `messages/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from .declarations import Record
from .evidence import Maturity, MaturityLevel
from .library import Library
from .model import PartialDate, Quote, Space
from .readers import group_bounds
from .related import Related
from .values import CONSENT, PERSON, ConsentReader, MentionReader, PersonReader

Text = Callable[..., str]
"""`t(key, **values)` of the catalogue, its values escaped."""
Plural = Callable[..., str]
"""`n(key, count, **values)` of the catalogue, its values escaped."""

_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "j": "days"}


def shown_time(time: str, n: Plural) -> str:
    """Say how long a practice takes, in the site's language."""
    match = re.fullmatch(r"(\d+)(?:\D+?(\d+))?\s*([a-z]+)", time)
    if match is None:
        return time
    low, high, unit = match.groups()
    key = _UNITS[unit[0]]
    if high is None:
        return n(f"time.{key}", int(low))
    return n(f"time.{key}-range", int(high), low=low)


def group(size: str, t: Text, n: Plural) -> str:
    """Say for how many people a practice is, in the site's language."""
    bounds = group_bounds(size)
    if bounds is None:
        return size
    low, high = bounds
    if high is None:
        return n("group.from", low)
    return n("group.exactly", low) if low == high else t("group.range", low=low, high=high)


def maturity_reason(maturity: Maturity, t: Text, n: Plural) -> str:
    """Say what the level of a practice rests on."""
    if maturity.level is MaturityLevel.NOT_RATED:
        return t("maturity.not-rated")
    if not maturity.notes:
        return t("maturity.no-notes")
    tried = n("maturity.hosts", maturity.hosts, notes=n("maturity.notes", maturity.notes))
    if maturity.level is MaturityLevel.UNPROVEN:
        return n("maturity.never-worked", maturity.did_not_work)
    if maturity.did_not_work:
        return tried + " " + n("maturity.did-not-work", maturity.did_not_work)
    return tried


def maturity_next(maturity: Maturity, t: Text, n: Plural) -> str:
    """Say what would raise the level of a practice; empty when nothing would."""
    if maturity.next_level is None:
        return ""
    level = t(f"level.{maturity.next_level.value}")
    if maturity.hosts_to_next:
        return n("maturity.next-hosts", maturity.hosts_to_next, level=level)
    return t("maturity.next-worked", level=level)


def related_reasons(
    related: Related, library: Library, t: Text, n: Plural, label: Callable[[str, str], str]
) -> list[str]:
    """Say why two practices belong beside each other, each reason by itself."""
    reasons = []
    if related.named:
        reasons.append(t("related.named"))
    if related.gatherings:
        reasons.append(n("related.gatherings", related.gatherings))
    shared = next((term for term in related.terms), "")
    if shared:
        kind = "principle" if library.term("principle", shared) else "approach"
        reasons.append(t("related.term", term=label(kind, shared)))
    if related.words and not reasons:
        reasons.append(t("related.words"))
    return reasons


def period(space: Space, t: Text, day: Callable[[PartialDate], str]) -> str:
    """Say since when a space meets, or from when to when it met."""
    if space.started and space.ended:
        return t("period.ended", start=day(space.started), end=day(space.ended))
    return t("period.open", start=day(space.started)) if space.started else ""


def people_count(count: int, small: int, t: Text, number: Callable[[float], str]) -> str:
    """Tell a count of people, and not exactly where they are few."""
    if 0 < count < small:
        return t("count.few", small=small_word(small, t, number))
    return number(count)


def small_word(small: int, t: Text, number: Callable[[float], str]) -> str:
    """Write the smallest count that is told exactly, in words where it is the usual one."""
    return t("count.five") if small == _USUAL_SMALL else number(small)


_USUAL_SMALL: Final = 5


def quote_credit(quote: Quote, t: Text) -> str:
    """Say whose words a quote is, as far as they agreed to be named."""
    named = ", ".join(part for part in (quote.name, quote.role, quote.organisation) if part)
    return named or t("quote.anonymous")


def field_help(kind: str, key: str, t: Text, has: Callable[[str], bool]) -> str:
    """Explain a key of the front matter."""
    own = f"field.{kind}.{key}"
    return t(own if has(own) else f"field.common.{key}")


def nested_fields(reader: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any reader of the schema
    """Give the keys within the value of a key, where it is a mapping or a list of them."""
    inner = getattr(reader, "item", reader)
    if isinstance(inner, ConsentReader):
        return CONSENT.fields
    if isinstance(inner, PersonReader):
        return PERSON.fields
    if isinstance(inner, MentionReader):
        return inner.record.fields
    return inner.fields if isinstance(inner, Record) else ()


def nested_help(reader: Any, key: str, t: Text, has: Callable[[str], bool]) -> str:  # noqa: ANN401
    """Explain a key within the value of a key."""
    inner = getattr(reader, "item", reader)
    own = f"field.{inner.name}.{key}"
    return t(own if has(own) else f"field.person.{key}")


def example(kind: str, key: str, raw: Callable[[str], str], has: Callable[[str], bool]) -> str:
    """Show how a key is written in front matter."""
    own = f"example.{kind}.{key}"
    return raw(own if has(own) else f"example.common.{key}")
