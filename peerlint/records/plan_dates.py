"""Dates by which something in a plan is to be done. Plans write them looser than notes do: a month, half a year from
now."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from peerlint.documents.model import Place
from peerlint.records.dates import dates_in
from peerlint.records.model import Value

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_AND_YEAR = re.compile(
    r"\b(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
    r"\.?,?\s+(?:of\s+)?(?P<year>20\d{2})\b|(?<![\d/])(?P<month>\d{1,2})\s?/\s?(?P<short>20\d{2})(?![\d/])",
    re.IGNORECASE,
)
_COUNTS = {
    word: count
    for count, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_SPAN = re.compile(rf"\b(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})[\s-]*(?P<unit>day|week|month|year)s?\b", re.IGNORECASE)
_RECURRING = re.compile(r"\b(?:every|each|per|times?|weekly|monthly|daily)\b", re.IGNORECASE)


def target_date(text: str, place: Place, label: str = "", start: date | None = None) -> Value[date] | None:
    """The target date that the text names, as written; None for blank text. The meaning is None for "Ongoing" and the
    like.

    A month means its last day; a span ("6 months") counts from ``start`` where that is known."""
    text = text.strip()
    if not text:
        return None
    written = [found for found in dates_in(text) if found.meaning]
    meaning = written[-1].meaning if written else _end_of_month(text) or _after(text, start)
    return Value(text, meaning, place, label)


def _end_of_month(text: str) -> date | None:
    match = _MONTH_AND_YEAR.search(text)
    if not match:
        return None
    month = _MONTHS.index(match["name"][:3].casefold()) + 1 if match["name"] else int(match["month"])
    year = int(match["year"] or match["short"])
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _after(text: str, start: date | None) -> date | None:
    match = _SPAN.search(text)
    if not match or start is None or _RECURRING.search(text):
        return None
    count = _COUNTS.get(match["count"].casefold()) or int(match["count"])
    match match["unit"].casefold():
        case "day":
            return start + timedelta(days=count)
        case "week":
            return start + timedelta(weeks=count)
        case "month":
            return add_months(start, count)
    return add_months(start, 12 * count)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, the last of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
