"""When a service runs, as plans write it: "Mon, Wed 9:00 to 2:00, through 03/28/2025", "weekdays nine to noon"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

from peerlint.records.dates import dates_in

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?s?"
_WEEKDAYS = re.compile(rf"\b({_DAY})\b(?:\s*(?:-|–|to|through)\s*\b({_DAY})\b)?", re.IGNORECASE)
_NUMBERS = {
    w: n
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"noon": 12}
_CLOCK = rf"(\d{{1,2}}(?::\d\d)?|{'|'.join(_NUMBERS)})\s*(a\.?m?\.?|p\.?m?\.?)?"
_SPAN = re.compile(rf"\b{_CLOCK}\s*(?:-|–|to|until|till)\s*{_CLOCK}(?![\w/])", re.IGNORECASE)

_EARLIEST_HOUR = 6  # at which a service opens

_ENDS = re.compile(
    r"(?:through|thru|until|till|to|ending|ended|ends|completed|discharged|closed|-|–)\W*(?:on\W*)?$", re.IGNORECASE
)
_STARTS = re.compile(
    r"(?:from|since|starting|started|starts|began|begins|beginning|as of|effective)\W*(?:on\W*)?$", re.IGNORECASE
)


def ran_between(sentence: str, first: date, last: date) -> bool:
    """Whether the service ran on some day from first to last: it had not ended before and did not start after."""
    for written in dates_in(sentence):
        before = sentence[: written.start]
        if written.meaning and _ENDS.search(before) and written.meaning < first:
            return False
        if written.meaning and _STARTS.search(before) and written.meaning > last:
            return False
    return True


def hours_of(sentence: str, usual: frozenset[int] = frozenset()) -> Iterator[tuple[frozenset[int], time, time]]:
    """The weekdays (Monday is 0), or the ``usual`` ones where none is told, with opening and closing time."""
    weekdays = frozenset(_weekdays(sentence)) or usual
    for span in _SPAN.finditer(sentence):
        opens, closes = _time(span[1], span[2] or ""), _time(span[3], span[4] or "")
        if opens and closes and closes <= opens and closes.hour < 12:
            closes = closes.replace(hour=closes.hour + 12)
        if opens and closes and not span[2] and _is_afternoon(opens, closes, span[4] or ""):
            opens, closes = _in_afternoon(opens), _in_afternoon(closes)
        if weekdays and opens and closes and opens < closes:
            yield weekdays, opens, closes


def _is_afternoon(opens: time, closes: time, half: str) -> bool:
    """Whether hours whose first is told without a half of the day are both behind noon: "1 to 4 PM", "1 to 4"."""
    if half.lower().startswith("p"):
        return opens.hour < closes.hour - 12
    return not half and opens < closes and opens.hour < _EARLIEST_HOUR


def _in_afternoon(clock: time) -> time:
    return clock.replace(hour=clock.hour + 12) if clock.hour < 12 else clock


def _weekdays(sentence: str) -> Iterator[int]:
    if re.search(r"\bweekdays\b|\bdaily\b|\bevery day\b", sentence, re.IGNORECASE):
        yield from range(5)
    for first, last in _WEEKDAYS.findall(sentence):
        start = _DAYS.index(first[:3].lower())
        end = _DAYS.index(last[:3].lower()) if last else start
        yield from range(start, end + 1)


def _time(text: str, half: str) -> time | None:
    hour, _, minute = text.lower().partition(":")
    number = _NUMBERS.get(hour) or (int(hour) if hour.isdigit() else 0)
    if half.lower().startswith("p") and number < 12:
        number += 12
    return time(number, int(minute or 0)) if 0 < number < 24 and int(minute or 0) < 60 else None
