"""Dates, times, durations and units in every style that people write them in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.records.dates import dates_in, is_impossible, read_birth_date, read_date
from peerlint.records.times import read_minutes, read_span, read_time, read_units, units_in


def _ordinal(day: int) -> str:
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


DATE_STYLES: tuple[Callable[[date], str], ...] = (
    lambda d: f"{d.month}/{d.day}/{d:%y}",
    lambda d: f"{d:%m/%d/%Y}",
    lambda d: f"{d:%m-%d-%Y}",
    lambda d: f"{d:%m.%d.%Y}",
    lambda d: f"{d:%Y-%m-%d}",
    lambda d: f"{d:%b} {d.day} {d.year}",
    lambda d: f"{d:%B} {d.day}, {d.year}",
    lambda d: f"{d.day} {d:%B} {d.year}",
    lambda d: f"{d.day}-{d:%b}-{d:%y}",
    lambda d: f"{d:%A}, {d:%B} {_ordinal(d.day)}, {d.year}",
    lambda d: f"{d:%B} {d.day}, {d.year}".upper(),
    lambda d: f"{d:%m/%d/%Y} at 2:46 PM",
    lambda d: f"on {d.month}/{d.day}/{d.year}.",
    lambda d: f"{d.month} / {d.day} / {d.year}",
    lambda d: f"{d:%a} {d:%m/%d/%Y}",
)


@given(st.dates(date(2000, 1, 1), date(2069, 12, 31)), st.sampled_from(DATE_STYLES))
def test_every_style_of_date_reads_back(day: date, style: Callable[[date], str]) -> None:
    assert read_date(style(day)) == day


@given(st.dates(date(1930, 1, 1), date(2009, 12, 31)), st.sampled_from(DATE_STYLES))
def test_every_style_of_birth_date_reads_back(day: date, style: Callable[[date], str]) -> None:
    assert read_birth_date(style(day)) == day


@pytest.mark.parametrize("text", ["02/30/2025", "13/05/2025", "April 31, 2025", "2025-02-29", "0/4/2025"])
def test_impossible_dates_are_told_from_unreadable_ones(text: str) -> None:
    assert read_date(text) is None
    assert is_impossible(text)


@pytest.mark.parametrize("text", ["03/2025", "March 2025", "3/14", "2025", "March 4"])
def test_partial_dates_have_no_meaning(text: str) -> None:
    assert read_date(text) is None
    assert not is_impossible(text)


@pytest.mark.parametrize(
    "text", ["948217305K", "H0038", "last Tuesday", "1:00 PM - 2:00 PM", "7012345678901", "828-555-0165", "ongoing", ""]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert list(dates_in(text)) == []
    assert not is_impossible(text)


CLOCK_STYLES: tuple[Callable[[time], str], ...] = (
    lambda t: f"{t:%I:%M %p}",
    lambda t: f"{t.hour % 12 or 12}:{t:%M}{t:%p}".lower(),
    lambda t: f"{t.hour % 12 or 12}:{t:%M}{'a' if t.hour < 12 else 'p'}",
    lambda t: f"{t.hour % 12 or 12}:{t:%M} {'A.M.' if t.hour < 12 else 'P.M.'}",
    lambda t: f"{t:%H%M}",
    lambda t: f"{t:%H:%M}" if t.hour >= 13 or t.hour < 10 else f"{t:%I:%M %p}",
)
DASHES = (" - ", "-", "–", " – ", " to ", " / ", " until ")


@given(st.times(time(6), time(20, 59)), st.sampled_from(CLOCK_STYLES))
def test_every_style_of_clock_time_reads_back(moment: time, style: Callable[[time], str]) -> None:
    moment = moment.replace(second=0, microsecond=0)
    assert read_time(style(moment)) == moment


@given(st.times(time(6), time(20, 59)), st.integers(10, 170), st.sampled_from(CLOCK_STYLES), st.sampled_from(DASHES))
def test_every_style_of_span_reads_back(start: time, minutes: int, style: Callable[[time], str], dash: str) -> None:
    start = start.replace(second=0, microsecond=0)
    end = (datetime.combine(date(2025, 1, 1), start) + timedelta(minutes=minutes)).time()
    for text in (f"{style(start)}{dash}{style(end)}", f"03/04/2025 {style(start)}{dash}{style(end)} (4u)"):
        span = read_span(text)
        assert span is not None
        assert (span.start, span.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9-10:30am", time(9), time(10, 30)),
        ("11-1pm", time(11), time(13)),
        ("from 2 to 3:15 p.m.", time(14), time(15, 15)),
        ("11:15 a.m. to 12:15", time(11, 15), time(12, 15)),
        ("11:30 - 12:15 PM", time(11, 30), time(12, 15)),
        ("noon to 1pm", time(12), time(13)),
        ("1300-1345", time(13), time(13, 45)),
        ("1:00 - 2:00", time(13), time(14)),
        ("9:00 - 10:15", time(9), time(10, 15)),
        ("6:30 - 7:30", time(18, 30), time(19, 30)),
        ("3:30 P.M.\t2:15 P.M.", time(15, 30), time(14, 15)),
        ("March 5, 2025, 11:30 a.m. to 12:15 p.m.", time(11, 30), time(12, 15)),
    ],
)
def test_halves_of_the_day_are_taken_from_the_other_time(text: str, start: time, end: time) -> None:
    span = read_span(text)
    assert span is not None
    assert (span.start, span.end) == (start, end)


@pytest.mark.parametrize(
    "text", ["02/05/2025", "1-3", "goals 1 to 3", "828-555-0165", "10:00 AM", "5 to 10 people", "route 12 and No. 4"]
)
def test_what_is_no_span_is_none(text: str) -> None:
    assert read_span(text) is None


DURATION_STYLES: tuple[Callable[[int], str], ...] = (
    lambda m: f"{m} minutes",
    lambda m: f"{m} min.",
    lambda m: f"{m}min",
    lambda m: f"{m // 60} hr {m % 60} min",
    lambda m: f"{m // 60} hours and {m % 60} minutes",
    lambda m: f"{m // 60}h{m % 60:02d}m",
    lambda m: f"{m // 60}:{m % 60:02d}",
    lambda m: f"{m} minutes (4 units)",
    lambda m: f"4 units / {m} minutes",
)


@given(st.integers(5, 480), st.sampled_from(DURATION_STYLES))
def test_every_style_of_duration_reads_back(minutes: int, style: Callable[[int], str]) -> None:
    assert read_minutes(style(minutes)) == minutes


@given(st.integers(1, 32), st.sampled_from(("{h} hours", "{h} hrs", "{h} hr.", "{h}h")))
def test_quarters_of_an_hour_read_back(quarters: int, style: str) -> None:
    assert read_minutes(style.format(h=Decimal(quarters) / 4)) == quarters * 15


@pytest.mark.parametrize(
    ("text", "label", "minutes"),
    [
        (":45", "", 45),
        ("1 1/2 hours", "", 90),
        ("1½ hours", "", 90),
        ("60", "", 60),
        ("1.25", "", 75),
        ("1.5", "Total hours", 90),
        ("2", "Minutes", 2),
        ("about an hour", "", None),
        ("", "", None),
        ("a while", "", None),
        ("5 units", "", None),
    ],
)
def test_durations_and_words_that_are_none(text: str, label: str, minutes: int | None) -> None:
    assert read_minutes(text, label) == minutes


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("4", 4),
        ("4 units", 4),
        ("6.0", 6),
        ("10:00a–10:45a (3u)", 3),
        ("(5u)", 5),
        ("Units: 2", 2),
        ("four", 4),
        ("60 min / 4 units", 4),
        ("60 minutes", None),
        ("N/A", None),
    ],
)
def test_units(text: str, units: int | None) -> None:
    assert read_units(text) == units


@pytest.mark.parametrize(
    ("text", "units"),
    [("10:00a-11:00a (4u)", 4), ("60 minutes", None), ("10:00 - 11:00", None), ("75 min (5 units)", 5)],
)
def test_units_beside_other_facts_must_say_so(text: str, units: int | None) -> None:
    assert units_in(text) == units
