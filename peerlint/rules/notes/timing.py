"""Time and dates of a note: duration, dates that cannot be, late entries (N109, N121, N122)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from math import ceil

from peerlint.records.dates import is_impossible
from peerlint.records.model import ServiceNote
from peerlint.rules.base import (
    Evidence,
    Outcome,
    Review,
    Scope,
    met,
    needs_review,
    not_applicable,
    not_met,
    quote,
    rule,
)
from peerlint.rules.notes.places import absent_on_form

_DAY = 24 * 60
_LONGEST_NIGHT = 4 * 60
_SATURDAY = 5


@rule("N109", "note-duration", Scope.NOTE, start_and_end=True)
def duration(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The note states the time spent; where the policy asks for it, by the clock from start to end.

    Why: Units are bought by the minute. Without times nobody can check them, or see that two visits overlap.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Time in: 10:00 AM
        Time out:
        Duration:
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Time in: 10:00 AM
        Time out: 10:45 AM
        Duration: 45 minutes
    Mend: Let the writer add the times from the appointment book or the phone log as a dated and signed correction.
    """
    clock = (*quote(note.start), *quote(note.end))
    stated = (*quote(note.minutes), *quote(note.units))
    counted = any(value and value.meaning for value in (note.minutes, note.units))
    if note.start and note.start.meaning and note.end and note.end.meaning:
        if ends_before_start(note):
            yield not_applicable(note, "the end lies before the start: see impossible-date", *clock)
        else:
            yield met(note, "start and end are given", *clock)
    elif counted and not review.parameters["start_and_end"]:
        yield met(note, "the time spent is given", *stated)
    elif counted:
        message = "the time spent is given, but not when the service started and ended"
        yield absent_on_form(note, review, "start and end", message, lambda n: n.start and n.end, *clock, *stated)
    elif any(value and not value.empty for value in (note.start, note.end)):
        yield not_met(note, "start or end is missing and no duration is given", *clock)
    elif any(value and not value.empty for value in (note.minutes, note.units)):
        yield not_met(note, "the time spent is not given as a number", *stated)
    elif clock or stated:
        yield not_met(note, "the places for time spent are blank", *clock, *stated)
    else:
        untimed = "no time spent was found"
        yield absent_on_form(note, review, "start and end", untimed, lambda n: n.start or n.minutes or n.units)


@rule("N121", "impossible-date", Scope.NOTE)
def impossible_date(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The dates and times of the note can be: the day exists and has come, the signature follows it, the end follows
    the start.

    Why: A note signed before the visit, or for a visit still to come, tells of something that had not happened.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Staff signature: /s/ Dana Wells, CPSS   Date: 03/03/2025
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Staff signature: /s/ Dana Wells, CPSS   Date: 03/04/2025
    Mend: Find out which date is wrong and correct it with a dated and signed entry; never move a date to make it fit.
    """
    day = note.service_date
    faults = list(_faults(note, review.as_of))
    if faults:
        words = [evidence for _, found in faults for evidence in found]
        yield not_met(note, "; ".join(fault for fault, _ in faults), *words)
    elif day and day.meaning:
        yield met(note, "the dates and times of the note agree", *quote(day))
    else:
        yield not_applicable(note, "the note has no date of service")


def _faults(note: ServiceNote, as_of: date) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    day, signed = note.service_date, signed_on(note)
    if day and not day.meaning and is_impossible(day.text):
        yield "the date of service does not exist", quote(day)
    if note.date and note.date > as_of:
        yield f"the service lies in the future, after {as_of:%m/%d/%Y}", quote(day)
    if note.date and signed and signed < note.date:
        yield f"the note was signed on {signed:%m/%d/%Y}, before the service", _signature(note)
    if signed and signed > as_of:
        yield f"the signature lies in the future, after {as_of:%m/%d/%Y}", _signature(note)
    if ends_before_start(note):
        yield "the end lies before the start", (*quote(note.start), *quote(note.end))


@rule("N122", "late-entry", Scope.NOTE, hours_allowed=24, unbillable_after_days=7)
def late_entry(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """A note signed later than the policy allows is marked as a late entry.

    Up to ``unbillable_after_days`` a person must look, since a weekend or the hour of the day may explain the delay.

    Why: Notes are evidence because they are written while the visit is fresh. A late one is honest only if it says so.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Staff signature: /s/ Dana Wells, CPSS   Date: 03/28/2025
    Good:
        Progress Note
        LATE ENTRY, written 03/28/2025
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Staff signature: /s/ Dana Wells, CPSS   Date: 03/28/2025
    Mend: Mark the note as a late entry with the date on which it was written and bill only what the payer takes that
        late.
    """
    signed = signed_on(note)
    if note.date is None or signed is None or signed < note.date:
        yield not_applicable(note, "without both dates nobody can tell how late the note is")
        return
    days = (signed - note.date).days
    if _working_days(note.date, signed) <= ceil(review.parameters["hours_allowed"] / 24):
        yield met(note, f"signed {days} days after the service", *_signature(note))
    elif note.late_entry:
        yield met(note, f"signed {days} days after the service and marked as a late entry", *quote(note.late_entry))
    elif days > review.parameters["unbillable_after_days"]:
        yield not_met(note, f"signed {days} days after the service and not marked as a late entry", *_signature(note))
    else:
        yield needs_review(note, f"signed {days} days after the service without a late-entry mark", *_signature(note))


def _working_days(day: date, later: date) -> int:
    """Days from Monday to Friday after the first day, up to and with the later one."""
    return sum((day + timedelta(n)).weekday() < _SATURDAY for n in range(1, (later - day).days + 1))


def signed_on(note: ServiceNote) -> date | None:
    """The day on which the person who served signed."""
    signature = note.staff_signature
    return signature.signed_on.meaning if signature and signature.signed_on else None


def ends_before_start(note: ServiceNote) -> bool:
    """Whether the end lies before the start and no short service over midnight explains it."""
    if not (note.start and note.start.meaning and note.end and note.end.meaning):
        return False
    if note.end.meaning >= note.start.meaning:
        return False
    over_midnight = (_clock(note.end.meaning) - _clock(note.start.meaning)) % _DAY
    return not (over_midnight <= _LONGEST_NIGHT and note.minutes and note.minutes.meaning == over_midnight)


def minutes_by_the_clock(note: ServiceNote) -> int | None:
    """Minutes from start to end; None where either is missing or the end lies before the start."""
    if not (note.start and note.start.meaning and note.end and note.end.meaning) or ends_before_start(note):
        return None
    return (_clock(note.end.meaning) - _clock(note.start.meaning)) % _DAY


def minutes_of_service(note: ServiceNote) -> int | None:
    """Minutes by the clock, else as stated, else reckoned from units of fifteen."""
    by_the_clock = minutes_by_the_clock(note)
    if by_the_clock:
        return by_the_clock
    if note.minutes and note.minutes.meaning:
        return note.minutes.meaning
    return int(note.units.meaning * 15) if note.units and note.units.meaning else None


def _clock(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _signature(note: ServiceNote) -> tuple[Evidence, ...]:
    signature = note.staff_signature
    return quote(signature.signed_on) or quote(signature) if signature else ()
