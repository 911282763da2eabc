"""Units against time, and how many of them (B104, B106)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from peerlint.records.model import Chart, ServiceNote
from peerlint.rules.base import (
    Evidence,
    Outcome,
    Review,
    Scope,
    met,
    not_applicable,
    not_met,
    quote,
    rule,
)
from peerlint.rules.duplicates import once
from peerlint.rules.notes.timing import ends_before_start, minutes_by_the_clock, minutes_of_service

_FIRST_DAYS = 30
_WEEK = 7


@rule("B104", "units-match-time", Scope.NOTE, minutes_per_unit=15, rounding="either")
def units_match_time(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """Start and end, stated duration and units agree with one another.

    ``rounding`` is "floor" (whole units only), "midpoint" (a unit from its eighth minute) or "either", where the policy
    names none: then units that agree with one of the two readings pass, and the outcome tells by which.

    Why: Units that time does not support are an overpayment on their face.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Start time: 10:00 AM
        End time: 11:00 AM
        Units: 6
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Start time: 10:00 AM
        End time: 11:00 AM
        Duration: 60 minutes
        Units: 4
    Mend: Find out from the appointment book which is right; correct the note with a dated and signed entry and the
        claim with a replacement claim.
    """
    if ends_before_start(note):
        yield not_applicable(note, "the end lies before the start: see impossible-date")
        return
    clock = minutes_by_the_clock(note)
    stated = note.minutes.meaning if note.minutes else None
    units = note.units.meaning if note.units else None
    words = (*quote(note.start), *quote(note.end), *quote(note.minutes), *quote(note.units))
    if note.not_billed and not units:
        yield not_applicable(note, "the note bills no time", *quote(note.not_billed))
    elif sum(value is not None for value in (clock, stated, units)) < 2:
        yield not_applicable(note, "the note states its time in one way only")
    elif clock is not None and stated is not None and clock != stated:
        yield not_met(note, f"{clock} minutes by the clock, but {stated} minutes are stated", *words)
    elif units is None:
        yield met(note, "the clock and the stated duration agree", *words)
    else:
        minutes = clock if clock is not None else stated or 0
        yield _units_for(note, minutes, units, review, words)


@rule("B106", "unit-cap", Scope.CHART, daily=16, weekly_first_30_days=32, weekly=16)
def unit_cap(chart: Chart, review: Review) -> Iterator[Outcome]:
    """No day and no seven days on end hold more units than the policy allows, more in the first thirty days than later.

    Why: Units over the cap are not paid, whatever they were for.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Start time: 9:00 AM
        End time: 2:00 PM
        Units: 20
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Start time: 9:00 AM
        End time: 11:00 AM
        Units: 8
    Mend: Do not bill the units over the cap; ask for an authorization before the next such week.
    """
    caps = [review.parameters[name] for name in ("daily", "weekly_first_30_days", "weekly")]
    notes = [note for note in once(chart.notes) if note.date and units_of(note)]
    if not notes:
        return
    if not any(caps):
        yield not_applicable(notes[0], "the policy sets no cap on units")
        return
    per_day: dict[date, Decimal] = defaultdict(Decimal)
    for note in notes:
        per_day[note.date or date.min] += units_of(note)
    first = min(per_day)
    last_of_day = {note.date: note for note in notes}
    over = {day: fault for day in sorted(per_day) if (fault := _over(per_day, day, first, *caps))}
    for day, fault in over.items():
        yield not_met(last_of_day[day], fault, *quote(last_of_day[day].units))
    if not over:
        most = max(per_day.values())
        yield met(
            notes[0], "no day and no week over the cap", Evidence(f"{most} units on the fullest day", None, "units")
        )


def units_of(note: ServiceNote, minutes_per_unit: int = 15) -> Decimal:
    """Units as billed, else as reckoned from the time; 0 where the note bills nothing or states no time."""
    if note.not_billed:
        return Decimal(0)
    if note.units and note.units.meaning is not None:
        return note.units.meaning
    return Decimal(minutes_of_service(note) or 0) / minutes_per_unit


def _units_for(note: ServiceNote, minutes: int, units: Decimal, review: Review, words: tuple[Evidence, ...]) -> Outcome:
    length = review.parameters["minutes_per_unit"]
    floor = minutes // length
    midpoint = floor + (minutes % length > length // 2)
    allowed = {"floor": {floor}, "midpoint": {midpoint}, "either": {floor, midpoint}}[review.parameters["rounding"]]
    if units not in allowed:
        right = " or ".join(str(count) for count in sorted(allowed))
        return not_met(
            note, f"{minutes} minutes are {right} units, but {units.normalize():f} stand in the note", *words
        )
    if floor == midpoint or len(allowed) == 1:
        return met(note, f"{minutes} minutes are {units.normalize():f} units", *words)
    reading = "whole units" if units == floor else "rounding from the eighth minute"
    return met(
        note, f"{minutes} minutes are {units.normalize():f} units by {reading}; the policy names no rounding", *words
    )


def _over(
    per_day: dict[date, Decimal],
    day: date,
    first: date,
    daily: int | None,
    weekly_first: int | None,
    weekly: int | None,
) -> str:
    if daily and per_day[day] > daily:
        return f"{per_day[day].normalize():f} units on one day, {daily} are allowed"
    week = sum(count for other, count in per_day.items() if timedelta(0) <= day - other < timedelta(_WEEK))
    cap = weekly_first if (day - first).days < _FIRST_DAYS else weekly
    return f"{Decimal(week).normalize():f} units in seven days, {cap} are allowed" if cap and week > cap else ""
