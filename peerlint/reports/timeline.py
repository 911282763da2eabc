"""Where the days of a chart's time line stand on the picture, in units of the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from peerlint.findings.charts import Moment, TimeLine

WIDTH, LEFT, RIGHT = 1000, 92, 16
TOP, BOTTOM = 22, 166
_LANES = {
    "plan": ("Plan", 44),
    "signature": ("Signatures", 78),
    "other": ("Orders, other", 112),
    "note": ("Notes", 146),
}
_LANE_OF = {
    "plan": "plan",
    "crisis-plan": "other",
    "other": "other",
    "note": "note",
    "signature": "signature",
    "act": "other",
}
_SHAPES = {
    "not_met": "M-5 -5L5 5M-5 5L5 -5",
    "signature": "M0 -6L6 0L0 6L-6 0Z",
    "act": "M0 -6L6 5L-6 5Z",
    "dot": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z",
}


@dataclass(frozen=True, slots=True)
class Lane:
    label: str
    y: int


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    y: int
    what: str
    verdict: str
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    x: float
    y: int
    width: float
    height: int
    what: str
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    stretches: tuple[Band, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    height: int = BOTTOM + 12
    left: int = LEFT
    top: int = TOP
    bottom: int = BOTTOM


def drawn(timeline: TimeLine) -> Drawing:
    scale = _Scale(timeline.first, timeline.last)
    return Drawing(
        ticks=tuple(_ticks(timeline, scale)),
        lanes=tuple(Lane(label, y) for label, y in _LANES.values()),
        stretches=tuple(_stretches(timeline, scale)),
        marks=tuple(_mark(moment, scale) for moment in timeline.moments),
    )


class _Scale:
    def __init__(self, first: date, last: date) -> None:
        self._first = first
        self._step = (WIDTH - LEFT - RIGHT) / max(1, (last - first).days)

    def __call__(self, day: date) -> float:
        return round(LEFT + (day - self._first).days * self._step, 1)


def _ticks(timeline: TimeLine, scale: _Scale) -> Iterator[Tick]:
    """The first of each month within the span, thinned out where months stand too close for their names."""
    months = list(_month_starts(timeline.first, timeline.last))
    every = 1 + len(months) // 14
    for index, month in enumerate(months):
        if index % every == 0:
            with_year = index == 0 or month.month == 1 or index // every % 6 == 0
            label = f"{month:%b} {month.year}" if with_year else f"{month:%b}"
            yield Tick(scale(month), label if scale(month) < WIDTH - RIGHT - 6 * len(label) else "")


def _month_starts(first: date, last: date) -> Iterator[date]:
    month = first if first.day == 1 else _next_month(first)
    while month <= last:
        yield month
        month = _next_month(month)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _stretches(timeline: TimeLine, scale: _Scale) -> Iterator[Band]:
    y = _LANES["plan"][1]
    for year in timeline.plan_years:
        label = f"Plan in force {year.first} to {year.last}"
        yield Band(scale(year.first), y - 6, max(2, round(scale(year.last) - scale(year.first), 1)), 12, "year", label)
    y = _LANES["note"][1]
    for gap in timeline.gaps:
        start, end = scale(gap.first) + 7, scale(gap.last) - 7
        if end > start:
            text = f"{gap.days} d" if end - start > 24 else ""
            yield Band(round(start, 1), y - 4, round(end - start, 1), 8, "gap", gap.label, text)


def _mark(moment: Moment, scale: _Scale) -> Mark:
    shape = "not_met" if moment.verdict == "not_met" else moment.what if moment.what in _SHAPES else "dot"
    verdict = {"not_met": ": not met", "needs_review": ": needs review"}.get(moment.verdict, "")
    return Mark(
        x=scale(moment.day),
        y=_LANES[_LANE_OF.get(moment.what, "other")][1],
        what=moment.what,
        verdict=moment.verdict,
        path=_SHAPES[shape],
        label=f"{moment.day} {moment.label}{verdict}",
    )
