"""Clock times, durations and units as people write them on forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from peerlint.records.dates import without_dates

_CLOCK = (
    r"(?:(?P<word{0}>noon|midnight)|(?P<military{0}>(?:[01]\d|2[0-3])[0-5]\d)(?:\s?(?:h|hrs?|hours))?\b(?!\s*[/-]\d{{1,2}}[/-])"
    r"|(?P<hour{0}>\d{{1,2}})(?:[:.](?P<minute{0}>[0-5]\d)(?::[0-5]\d)?)?\s*(?P<half{0}>[ap])?(?(half{0})\.?\s?(?:m\b\.?|(?![a-z]))))"
)
_ONE = re.compile(r"(?<![\d:/.])" + _CLOCK.format("") + r"(?![\d/:])", re.IGNORECASE)
_SPAN = re.compile(
    r"(?<![\d:/.])"
    + _CLOCK.format("1")
    + r"(?:\s*\b[ECMP][SD]?T\b)?\s*(?:-|–|—|−|/|to|until|till|thru|through|and|;|,|\||\t|end(?:ed)?:?|out:?|>|→)+\s*"
    + r"(?:(?:to|ended|end|finished|left|stopped|stop|out|time)(?:\s+at)?\s*:?\s*)?"
    + _CLOCK.format("2")
    + r"(?![\d/:])",
    re.IGNORECASE,
)
_HOURS_MINUTES = re.compile(r"(?<![\d:])(\d{0,2}):(\d{2})(?![\d:])(?!\s*[ap]\.?m?\b)", re.IGNORECASE)
_HOURS = re.compile(r"(?<!\d)(\d{1,2}(?:\.\d+)?|\.\d+)(?:\s*(½))?\s*-?\s*h(?:ou)?r?s?\b\.?", re.IGNORECASE)
_FRACTION_HOURS = re.compile(r"(\d+)?\s*(?:[ -](\d)/(\d)|([½¼¾]))\s*h(?:ou)?rs?\b", re.IGNORECASE)
_COMPACT = re.compile(r"(\d+)\s*h\s*(\d{1,2})\s*m?\b", re.IGNORECASE)
_MINUTES = re.compile(r"(\d+)(?:\.0+)?\s*-?\s*m(?:in(?:ute)?s?)?\b\.?", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d./:])(\d+(?:\.\d+)?|\.\d+)(?![\d/:])")
_UNITS = re.compile(r"(?<![\d./:])(\d+(?:\.\d+)?)\)?\s*(?:x\s*15|units?\b|u\b|un\b)", re.IGNORECASE)
_UNITS_AFTER = re.compile(
    r"\bunits?(?:\s+(?:to\s+be\s+)?(?:billed|claimed|charged))?\s*[:=]?\s*(\d+(?:\.\d+)?)\b", re.IGNORECASE
)
_UNITS_OF_CODE = re.compile(r"\b[A-Z]\d{4}(?:[\s,-]+[A-Z][A-Z0-9])*\s*[x×@]\s*(\d{1,2})\b")
_MINUTES_AND_UNITS = re.compile(
    r"(?<![\d:.])(\d{2,3})\s*(?:m(?:in(?:ute)?s?)?\b\.?)?\s*[/;,=x|\t-]\s*(\d{1,2}(?:\.\d+)?)(?![\d:]|\s*[ap]\.?m)",
    re.IGNORECASE,
)
_WORDS = dict(
    zip(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        range(13),
        strict=True,
    )
)
_UNITS_SPELLED = re.compile(rf"\b({'|'.join(_WORDS)})\s+units?\b", re.IGNORECASE)
_NOON = re.compile(r"\b12(?:[:.]00)?\s*noon\b", re.IGNORECASE)
_PART_OF_DAY = re.compile(
    r"\b(?P<clock>\d{1,2}(?:[:.][0-5]\d)?)\s+(?:(?P<morning>in\s+the\s+morning)|in\s+the\s+(?:afternoon|evening)|at\s+night)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"\b(?:(?P<part>half past|(?:a )?quarter (?:past|after|to|till|of))\s+(?P<hour>{'|'.join(_WORDS)}|\d{{1,2}})\b"
    rf"|(?P<whole>{'|'.join(_WORDS)}|\d{{1,2}})\s+o['’]clock)",
    re.IGNORECASE,
)
_FRACTIONS = {"½": 30, "¼": 15, "¾": 45}


@dataclass(frozen=True, slots=True)
class Span:
    """A start and an end as written and as understood."""

    start: time
    end: time
    start_text: str
    end_text: str


def read_time(text: str) -> time | None:
    """The first clock time of the text. Without a.m. or p.m., 7 to 11 are morning and 12 to 6 afternoon."""
    match = _first(text)
    return _time(match, "", _half(match, "") or _guess(match, "")) if match else None


def _first(text: str) -> re.Match[str] | None:
    """The first clock time; a bare number counts only where nothing else stands there."""
    for match in _ONE.finditer(text):
        plain = match["hour"] and not match["minute"] and not match["half"]
        if not plain or text.strip(" .") == match[0].strip():
            return match
    return None


def has_half(text: str) -> bool:
    """Whether the text says a.m. or p.m., or is on the 24-hour clock."""
    match = _first(text)
    return bool(match and (_half(match, "") or _is_24_hour(match, "")))


def read_span(text: str) -> Span | None:
    """The first "9:00 AM - 10:15 AM" of a text; a missing a.m. or p.m. is taken from the other time."""
    for match in _SPAN.finditer(in_figures(without_dates(text))):
        if _bare(match, "1") and _bare(match, "2"):
            continue
        start_half, end_half = _halves(match)
        start, end = _time(match, "1", start_half), _time(match, "2", end_half)
        if start and end:
            return Span(start, end, _text(match, "1"), _text(match, "2"))
    return None


def in_figures(text: str) -> str:
    """The text with "half past one", "12 noon", "two o'clock" and "10:00 in the morning" as clock times in figures."""
    text = _SPOKEN.sub(_figures, _NOON.sub("noon", text))
    return _PART_OF_DAY.sub(lambda match: f"{match['clock']} {'am' if match['morning'] else 'pm'}", text)


def _figures(match: re.Match[str]) -> str:
    said = (match["hour"] or match["whole"]).casefold()
    hour = _WORDS[said] if said in _WORDS else int(said)
    part = (match["part"] or "").casefold()
    if part.endswith(("to", "till", "of")):
        hour = (hour - 2) % 12 + 1
        return f"{hour}:45"
    minutes = "30" if part.startswith("half") else "15" if "quarter" in part else "00"
    return f"{hour}:{minutes}"


def _text(match: re.Match[str], which: str) -> str:
    names = [name + which for name in ("word", "military", "hour", "minute", "half") if match[name + which]]
    start = min(match.start(name) for name in names)
    end = max(match.end(name) for name in names)
    tail = re.match(r"\.?m?\.?", match.string[end:], re.IGNORECASE) if match["half" + which] else None
    return match.string[start : end + (tail.end() if tail else 0)].strip()


def _bare(match: re.Match[str], which: str) -> bool:
    """A number without minutes and without a.m. or p.m."""
    return bool(match["hour" + which]) and not match["minute" + which] and not match["half" + which]


def _halves(match: re.Match[str]) -> tuple[str, str]:
    start, end = _half(match, "1"), _half(match, "2")
    if start and end:
        return start, end
    if end and not start:
        same, other = _time(match, "1", end), _time(match, "2", end)
        later = same is not None and other is not None and same >= other
        return ({"a": "p", "p": "a"}[end] if later and end == "p" else end), end
    if start and not end:
        first, second = _time(match, "1", start), _time(match, "2", start)
        later = first is not None and second is not None and second <= first
        return start, ("p" if later else start)
    start = _guess(match, "1")
    end = _guess(match, "2") if _is_24_hour(match, "2") or not start else start
    first, second = _time(match, "1", start), _time(match, "2", end)
    later = first is not None and second is not None and second <= first
    return start, ("p" if later and end == "a" else end)


def _half(match: re.Match[str], which: str) -> str:
    half = match["half" + which]
    return half.casefold() if half else ""


def _is_24_hour(match: re.Match[str], which: str) -> bool:
    if match["military" + which] or match["word" + which]:
        return True
    hour = match["hour" + which]
    return bool(hour) and (int(hour) > 12 or (hour.startswith("0") and len(hour) == 2))


def _guess(match: re.Match[str], which: str) -> str:
    if _is_24_hour(match, which):
        return ""
    hour = int(match["hour" + which])
    return "a" if 7 <= hour <= 11 else "p"


def _time(match: re.Match[str], which: str, half: str) -> time | None:
    if match["word" + which]:
        return time(12) if match["word" + which].casefold() == "noon" else time(0)
    if match["military" + which]:
        digits = match["military" + which]
        return time(int(digits[:2]), int(digits[2:]))
    hour, minute = int(match["hour" + which]), int(match["minute" + which] or 0)
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 else None


def read_minutes(text: str, label: str = "") -> int | None:
    """The time spent in minutes. A bare number is minutes unless the label says hours or the number is below 5."""
    if match := _COMPACT.search(text):
        return int(match[1]) * 60 + int(match[2])
    if match := _FRACTION_HOURS.search(text):
        part = _FRACTIONS[match[4]] if match[4] else 60 * int(match[2]) // int(match[3])
        return int(match[1] or 0) * 60 + part
    hours, minutes = _HOURS.search(text), _MINUTES.search(text)
    if hours or minutes:
        total = (Decimal(hours[1]) * 60 if hours else Decimal(0)) + (int(minutes[1]) if minutes else 0)
        total += 30 if hours and hours[2] else 0
        return int(total) if total == int(total) else None
    if match := _HOURS_MINUTES.search(text):
        return int(match[1] or 0) * 60 + int(match[2])
    return _bare_minutes(_UNITS.sub(" ", text), label)


def _bare_minutes(text: str, label: str) -> int | None:
    match = _NUMBER.search(text)
    if not match:
        return None
    number = Decimal(match[1])
    in_hours = "hour" in label.casefold() or ("min" not in label.casefold() and number < 5)
    number *= 60 if in_hours else 1
    return int(number) if number == int(number) else None


def minutes_in(text: str) -> int | None:
    """The time spent where the text names hours or minutes; a bare number does not count."""
    has_unit = _HOURS.search(text) or _MINUTES.search(text) or _FRACTION_HOURS.search(text)
    return read_minutes(text) if has_unit else None


def read_units(text: str) -> Decimal | None:
    """The units billed: the number that says so, else the first number."""
    if match := _UNITS.search(text) or _UNITS_AFTER.search(text):
        return Decimal(match[1])
    if _HOURS.search(text) or _MINUTES.search(text):
        return None
    if match := _NUMBER.search(text):
        return Decimal(match[1])
    words = re.findall(r"[a-z]+", text.casefold())
    return next((Decimal(_WORDS[word]) for word in words if word in _WORDS), None)


def units_behind_minutes(text: str) -> Decimal | None:
    """The units of "60 / 4" and "(45 minutes; 3)": the number behind the minutes."""
    match = _MINUTES_AND_UNITS.search(without_times(without_dates(text)))
    return Decimal(match[2]) if match else None


def minutes_before_units(text: str) -> int | None:
    """The minutes of "60/4"."""
    match = _MINUTES_AND_UNITS.search(without_times(without_dates(text)))
    return int(match[1]) if match else None


def without_times(text: str, gap: str = " ") -> str:
    """The text with a gap in place of each start and end."""
    return _SPAN.sub(lambda match: match[0] if _bare(match, "1") and _bare(match, "2") else gap, text)


def units_in(text: str) -> Decimal | None:
    """The units where the text names units ("10:00a-10:45a (3u)"); a bare number does not count."""
    match = _UNITS.search(text) or _UNITS_AFTER.search(text) or _UNITS_OF_CODE.search(text)
    if not match and (spelled := _UNITS_SPELLED.search(text)):
        return Decimal(_WORDS[spelled[1].casefold()])
    return Decimal(match[1]) if match else None
