"""Dates as people write them on forms, month before day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    r"(?<![\d/.-])(?:"
    r"(?P<month>\d{1,2})\s?(?P<mark>[/.\-–])\s?(?P<day>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4}|'?\d{2})(?![\d/]|-\d)"
    r"|(?P<iso_year>(?:19|20)\d{2})[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})(?!\d)"
    rf"|{_MONTH.format('named')}\s*(?P<named_day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<named_year>\d{{4}}|'\d{{2}})(?!\d)"
    rf"|(?P<first_day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH.format('after')}[\s,-]+(?P<after_year>\d{{4}}|'?\d{{2}})(?!\d)"
    r"|(?P<boxed_month>0[1-9]|1[0-2]) (?P<boxed_day>0[1-9]|[12]\d|3[01]) (?P<boxed_year>(?:19|20)\d{2})(?!\d)"
    r"|(?P<solid>(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d{2})(?![\dA-Za-z])"
    r")",
    re.IGNORECASE,
)
_BIRTH_BEFORE = re.compile(r"(?:\b(?:born|d\.?o\.?b\.?|birth(?:\s?date)?)|(?<!\w)b\.)\W*(?:on\s+)?$", re.IGNORECASE)
_YEARS_BEFORE_SERVICE = 10
_MOST_BESIDE_A_DATE = 14
_CLOCK_BESIDE = re.compile(
    r"(?:\bat\s+)?\b\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)?(?:\s+(?:[ECMP][SD]?T|UTC)\b)?", re.IGNORECASE
)

CENTURY_OF_SERVICE = 70
"""Two-digit years below this are of the 21st century."""
CENTURY_OF_BIRTH = 15


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A full date as written. ``meaning`` is None where the calendar has no such day ("02/30/2025")."""

    text: str
    meaning: date | None
    start: int
    end: int


def dates_in(text: str, century: int = CENTURY_OF_SERVICE) -> Iterator[WrittenDate]:
    """The full dates of a text, in order. Two-digit years below ``century`` are 20xx, others 19xx."""
    for match in _DATE.finditer(text):
        year, month, day = _parts(match)
        yield WrittenDate(match[0], _date(_year(year, century), month, day), match.start(), match.end())


def birth_dates_in(text: str) -> Iterator[WrittenDate]:
    """The dates that words before them call a date of birth ("born 11/02/1985", "b. 3/4/90")."""
    return (found for found in dates_in(text, CENTURY_OF_BIRTH) if _BIRTH_BEFORE.search(text[: found.start]))


def service_dates_in(text: str) -> Iterator[WrittenDate]:
    """The dates of a text that can be dates of service: none that is called a date of birth, or that is many years
    before another."""
    found = list(dates_in(text))
    latest = max((one.meaning for one in found if one.meaning), default=None)
    for one in found:
        long_ago = one.meaning and latest and latest.year - one.meaning.year > _YEARS_BEFORE_SERVICE
        if not long_ago and not _BIRTH_BEFORE.search(text[: one.start]):
            yield one


def without_dates(text: str, gap: str = " ") -> str:
    """The text with a gap in place of each full date."""
    return _DATE.sub(gap, text)


def read_date(text: str, century: int = CENTURY_OF_SERVICE) -> date | None:
    """The first full date of the text; None where it has none, or none that the calendar has."""
    first = next(dates_in(text, century), None)
    return first.meaning if first else None


def read_birth_date(text: str) -> date | None:
    return read_date(text, CENTURY_OF_BIRTH)


def is_bare_date(text: str) -> bool:
    """Whether the text is a date and at most a word or two beside it ("03/14/2024", "Signed 3/4/25, 7:40 p.m. EST")."""
    found = next(dates_in(text), None)
    if found is None:
        return False
    beside = _CLOCK_BESIDE.sub("", text[: found.start] + text[found.end :]).strip()
    return len(beside) <= _MOST_BESIDE_A_DATE


def is_impossible(text: str) -> bool:
    """Whether the text writes out a day that the calendar does not have."""
    first = next(dates_in(text), None)
    return first is not None and first.meaning is None


def _parts(match: re.Match[str]) -> tuple[str, int, int]:
    """Year as written, month, day."""
    found = match.groupdict()
    if found["solid"]:
        return found["solid"][4:], int(found["solid"][:2]), int(found["solid"][2:4])
    if found["month"]:
        return found["year"], int(found["month"]), int(found["day"])
    if found["boxed_month"]:
        return found["boxed_year"], int(found["boxed_month"]), int(found["boxed_day"])
    if found["iso_year"]:
        return found["iso_year"], int(found["iso_month"]), int(found["iso_day"])
    if found["named"]:
        return found["named_year"], _month(found["named"]), int(found["named_day"])
    return found["after_year"], _month(found["after"]), int(found["first_day"])


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].casefold()) + 1


def _year(text: str, century: int) -> int:
    year = int(text.strip("'"))
    if len(text.strip("'")) == 4:
        return year
    return 2000 + year if year < century else 1900 + year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
