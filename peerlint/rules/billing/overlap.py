"""Nobody is in two places at once (B110)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import combinations

from peerlint.records.model import Caseload, ServiceNote
from peerlint.rules.base import Evidence, Outcome, Review, Scope, met, not_met, quote, rule
from peerlint.rules.duplicates import once
from peerlint.rules.notes.timing import ends_before_start


@dataclass(frozen=True, slots=True)
class Span:
    """The time of one note. ``member`` is the chart's key, ``specialist`` the signer's name without case and titles."""

    note: ServiceNote
    member: str
    specialist: str
    start: time
    end: time


@rule("B110", "overlapping-time", Scope.CASELOAD)
def overlapping_time(caseload: Caseload, review: Review) -> Iterator[Outcome]:
    """No two notes overlap in time for one member or one specialist, members of one group session excepted.

    The finding stands on the note that starts later.

    Why: Nobody can be in two places at once. One of the two was not given as written.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 05/06/2025
        Service: Peer Support Services
        Start time: 1:00 PM
        End time: 2:00 PM
        Staff signature: /s/ Dana Wells, CPSS   Date: 05/06/2025
        ---
        Progress Note
        Member: Ben Stone
        Medicaid ID: 917386024M
        Date of service: 05/06/2025
        Service: Peer Support Services
        Start time: 1:30 PM
        End time: 2:30 PM
        Staff signature: /s/ Dana Wells, CPSS   Date: 05/06/2025
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 05/06/2025
        Service: Peer Support Services
        Start time: 1:00 PM
        End time: 2:00 PM
        Staff signature: /s/ Dana Wells, CPSS   Date: 05/06/2025
        ---
        Progress Note
        Member: Ben Stone
        Medicaid ID: 917386024M
        Date of service: 05/06/2025
        Service: Peer Support Services
        Start time: 2:00 PM
        End time: 3:00 PM
        Staff signature: /s/ Dana Wells, CPSS   Date: 05/06/2025
    Mend: Find the true times from the appointment book and correct the wrong note with a dated and signed entry; do not
        bill time that cannot have been.
    """
    by_day: dict[date, list[Span]] = defaultdict(list)
    for chart in caseload.charts:
        for note in once(chart.notes):
            if note.date and (span := _span(note, chart.key)):
                by_day[note.date].append(span)
    for day in sorted(by_day):
        spans = sorted(by_day[day], key=lambda s: (s.start, s.end, s.note.header.path, s.note.header.index))
        clashes = {id(later): earlier for earlier, later in combinations(spans, 2) if _clash(earlier, later)}
        for span in spans:
            yield _told(span, clashes.get(id(span)))


def _told(span: Span, other: Span | None) -> Outcome:
    words = (*quote(span.note.start), *quote(span.note.end))
    if other is None:
        return met(span.note, "no other note of the member or the specialist at that time", *words)
    who = "the member is" if other.member == span.member else "the specialist is"
    times = f"{other.start:%H:%M} to {other.end:%H:%M}"
    elsewhere = Evidence(times, other.note.start.place if other.note.start else None, other.note.header.path)
    return not_met(
        span.note, f"{who} in another note at the same time, {times}: {other.note.header.path}", *words, elsewhere
    )


def _clash(one: Span, other: Span) -> bool:
    if not (one.start < other.end and other.start < one.end):
        return False
    if one.member == other.member:
        return True
    in_one_group = one.note.is_group is not None and other.note.is_group is not None
    return bool(one.specialist) and one.specialist == other.specialist and not in_one_group


def _span(note: ServiceNote, member: str) -> Span | None:
    if not (note.start and note.start.meaning and note.end and note.end.meaning) or ends_before_start(note):
        return None
    if note.start.meaning >= note.end.meaning or note.not_billed:
        return None
    signature = note.staff_signature
    specialist = " ".join(signature.name.casefold().replace(".", " ").split()) if signature else ""
    return Span(note, member, specialist, note.start.meaning, note.end.meaning)
