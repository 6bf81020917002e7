"""One written value becomes one typed value, or a complaint."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from practice_library.declarations import Context, Reader
from practice_library.diagnostics import Report
from practice_library.front_matter import parse_yaml
from practice_library.model import PartialDate
from practice_library.readers import (
    DURATION,
    GROUP_SIZE,
    LANGUAGE,
    Address,
    Count,
    Day,
    Flag,
    Id,
    PartialDay,
    SpaceType,
    duration_minutes,
    group_bounds,
    is_safe_address,
)
from practice_library.vocabulary import Vocabulary


def read(reader: Reader, written: str) -> tuple[Any, list[str]]:
    """Give what a reader makes of a quoted value, and the codes of its complaints."""
    report = Report()
    context = Context(path="note.md", report=report, vocabulary=Vocabulary())
    quoted = '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'
    value = reader.read(parse_yaml(quoted, first_line=1), "key", context)
    return value, [found.code for found in report.sorted()]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2021-04-14", date(2021, 4, 14)),
        (" 2021-04-14 ", date(2021, 4, 14)),
        ("2020-02-29", date(2020, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2100-12-31", date(2100, 12, 31)),
    ],
)
def test_a_day_is_read(written: str, value: date) -> None:
    assert read(Day(), written) == (value, [])


@pytest.mark.parametrize(
    "written",
    [
        "2021-02-29",
        "2021-4-14",
        "14-04-2021",
        "2021/04/14",
        "2021-04",
        "2021-13-01",
        "1899-12-31",
        "2101-01-01",
        "2021-04-14T10:00",
        "2021-04-14 10:00",
        "20210414",
        "today",
    ],
)
def test_what_is_no_day_is_a_complaint(written: str) -> None:
    assert read(Day(), written) == (None, ["not-a-date"])


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2021", PartialDate(year=2021)),
        ("2021-04", PartialDate(year=2021, month=4)),
        ("2021-04-14", PartialDate(year=2021, month=4, day=14)),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(written: str, value: PartialDate) -> None:
    assert read(PartialDay(), written) == (value, [])
    assert str(value) == written


@pytest.mark.parametrize("written", ["2021-00", "2021-13", "2021-02-30", "21", "2021-", "1899"])
def test_what_is_no_date_at_all_is_a_complaint(written: str) -> None:
    assert read(PartialDay(), written) == (None, ["not-a-date"])


def test_dates_of_any_precision_sort_with_the_unknown_first() -> None:
    written = ["2021-04-14", "2021", "2020-12", "2021-04", "2021-04-13"]
    dates = [read(PartialDay(), text)[0] for text in written]
    assert [str(d) for d in sorted(dates, key=lambda d: d.sort_key)] == [
        "2020-12",
        "2021",
        "2021-04",
        "2021-04-13",
        "2021-04-14",
    ]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("10 minutes", (10, 10)),
        ("1 minute", (1, 1)),
        ("90min", (90, 90)),
        ("20-30 minutes", (20, 30)),
        ("20 – 30 min", (20, 30)),
        ("1-2 hours", (60, 120)),
        ("1 heure", (60, 60)),
        ("2 h", (120, 120)),
        ("1 day", (480, 480)),
        ("2-3 jours", (960, 1440)),
    ],
)
def test_a_time_is_read_in_minutes(written: str, minutes: tuple[int, int]) -> None:
    assert read(DURATION, written) == (written, [])
    assert duration_minutes(written) == minutes


@pytest.mark.parametrize("written", ["10", "half an hour", "30-20 minutes", "1.5 hours", "-5 min"])
def test_what_is_no_time_is_a_complaint(written: str) -> None:
    assert read(DURATION, written) == (None, ["not-a-duration"])


@pytest.mark.parametrize(
    ("written", "bounds"),
    [("12", (12, 12)), ("6-20", (6, 20)), ("6 – 20", (6, 20)), ("8+", (8, None)), ("2-2", (2, 2))],
)
def test_a_group_has_its_bounds(written: str, bounds: tuple[int, int | None]) -> None:
    assert read(GROUP_SIZE, written) == (written, [])
    assert group_bounds(written) == bounds


@pytest.mark.parametrize("written", ["20-6", "many", "6-", "+8", "6-20+", "12 people"])
def test_what_is_no_group_is_a_complaint(written: str) -> None:
    assert read(GROUP_SIZE, written) == (None, ["not-a-group-size"])


@pytest.mark.parametrize(
    "written",
    [
        "https://example.org",
        "http://example.org/a?b=c#d",
        "https://example.org:8000/",
        "HTTPS://EXAMPLE.ORG/",
        "mailto:someone@example.org",
    ],
)
def test_a_whole_web_or_mail_address_is_safe(written: str) -> None:
    assert is_safe_address(written)
    assert read(Address(), written) == (written, [])


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "/local",
        "www.example.org",
        "https:example.org",
        "https://",
        "https://exa mple.org",
        'https://example.org/"onclick="x',
        "https://example.org/<script>",
        "https://example.org\\@evil.example",
        "https://[::1",
        "mailto:",
    ],
)
def test_any_other_address_is_refused(written: str) -> None:
    assert not is_safe_address(written)
    assert read(Address(), written) == (None, ["not-an-address"])


@pytest.mark.parametrize(("written", "value"), [("true", True), ("false", False)])
def test_a_flag_is_one_of_two_words(written: str, value: bool) -> None:  # noqa: FBT001 - it is the value
    assert read(Flag(), written) == (value, [])


@pytest.mark.parametrize("written", ["yes", "no", "True", "on", "1", "y"])
def test_a_flag_is_no_other_word(written: str) -> None:
    assert read(Flag(), written) == (None, ["not-a-choice"])


@pytest.mark.parametrize(("written", "value"), [("0", 0), ("12", 12), ("08", 8), ("100000", 100_000)])
def test_a_count_is_read_in_figures(written: str, value: int) -> None:
    assert read(Count(), written) == (value, [])


@pytest.mark.parametrize("written", ["-1", "1.5", "12 people", "1e3", "100001", "\u0661\u0662", "²"])
def test_what_is_no_count_is_a_complaint(written: str) -> None:
    assert read(Count(), written) == (None, ["not-a-number"])


@pytest.mark.parametrize("written", ["en", "fr", "mic", "fr-CA"])
def test_a_language_is_read(written: str) -> None:
    assert read(LANGUAGE, written) == (written, [])


@pytest.mark.parametrize("written", ["EN", "french", "f", "fr_CA", "fr-ca", "en-US-x", 'en" lang="'])
def test_what_is_no_language_is_a_complaint(written: str) -> None:
    assert read(LANGUAGE, written) == (None, ["not-a-language"])


@pytest.mark.parametrize("written", ["check-in", "riverside/2021-04-14-first"])
def test_an_id_is_read(written: str) -> None:
    assert read(Id("practice"), written) == (written, [])


@pytest.mark.parametrize("written", ["Check-in", "../check-in", "check-in/", "check in"])
def test_what_is_no_id_is_a_complaint(written: str) -> None:
    assert read(Id("practice"), written) == (None, ["not-an-id"])


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("SIL", "social-innovation-lab"),
        ("CoL", "community-of-learning"),
        ("cop", "community-of-practice"),
        ("COH", "community-of-healing"),
        ("community-of-healing", "community-of-healing"),
    ],
)
def test_a_kind_of_space_is_read_by_id_or_acronym(written: str, value: str) -> None:
    assert read(SpaceType(), written) == (value, [])
