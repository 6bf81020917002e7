"""Dates as people write them: recognised where nobody could read them in two ways."""

from __future__ import annotations

import pytest

from practice_library.dates import dates_in, day_of


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2021-04-14", "2021-04-14"),
        ("2021/4/14", "2021-04-14"),
        ("2021.04.14", "2021-04-14"),
        ("20210414", "2021-04-14"),
        ("14/04/2021", "2021-04-14"),
        ("04/14/2021", "2021-04-14"),
        ("04/04/2021", "2021-04-04"),
        ("April 14, 2021", "2021-04-14"),
        ("april 14 2021", "2021-04-14"),
        ("Apr. 14th, 2021", "2021-04-14"),
        ("14 April 2021", "2021-04-14"),
        ("14th of April, 2021", "2021-04-14"),
        ("14 avril 2021", "2021-04-14"),
        ("1er mai 2021", "2021-05-01"),
        ("le  3\nmai 2021"[3:], "2021-05-03"),
        ("15 août 2021", "2021-08-15"),
        ("3 févr. 2021", "2021-02-03"),
        ("April 2021", "2021-04"),
        ("avril 2021", "2021-04"),
        ("2021-04", "2021-04"),
    ],
)
def test_what_can_be_read_in_one_way_is_a_date(words: str, day: str) -> None:
    assert day_of(words) == day


@pytest.mark.parametrize(
    "words",
    ["", "2021", "04/05/2021", "2021-02-30", "31 April 2021", "14 April", "tomorrow", "2021-13-01", "0021-04-14", "14 April 21", "1814/4/14", "April 14, 2021, or so"],
)  # fmt: skip
def test_what_is_no_date_or_could_be_two_gives_nothing(words: str) -> None:
    assert day_of(words) == ""


def test_dates_of_a_text_come_in_their_order_and_months_last() -> None:
    text = "In May 2020 we planned. We met on 14 April 2021, and again on 2021-09-01; version 1.2.2021.4."
    assert list(dates_in(text)) == ["2021-04-14", "2021-09-01", "2020-05"]


def test_a_long_text_without_dates_takes_no_time() -> None:
    assert list(dates_in("12 12/ may 1 " * 20_000)) == []
