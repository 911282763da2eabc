"""The same record in two files: told once by D106, counted once everywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from peerlint.records.model import CrisisPlan, Record, ServiceNote

R = TypeVar("R", bound=Record)


def content(record: Record) -> tuple[str, ...]:
    """What makes a record the same record in another file or another format."""
    header = record.header
    whose = header.member.text.casefold() if header.member else ""
    if isinstance(record, ServiceNote) and record.narrative:
        times = [str(value.meaning) for value in (record.start, record.end, record.minutes, record.units) if value]
        return (whose, str(record.date), *times, _plain(" ".join(section.text for section in record.narrative)))
    return (record.kind, whose, _plain(header.text))


def copies_of(records: Iterable[Record]) -> Iterator[tuple[Record, Record]]:
    """Each second and further copy of a record with the first; the first has the shortest path.

    A crisis plan inside a plan goes with its plan."""
    first: dict[tuple[str, ...], Record] = {}
    for record in sorted(records, key=_plainest_path):
        if isinstance(record, CrisisPlan) and record.inside_plan:
            continue
        original = first.setdefault(content(record), record)
        if original is not record:
            yield record, original


def once(records: Iterable[R]) -> tuple[R, ...]:
    """The records without second copies, in the order given."""
    records = list(records)
    extra = {id(copy) for copy, _ in copies_of(records)}
    return tuple(record for record in records if id(record) not in extra)


def _plain(text: str) -> str:
    return " ".join(sorted(text.casefold().split()))


def _plainest_path(record: Record) -> tuple[int, str, int]:
    return (len(record.header.path), record.header.path, record.header.index)
