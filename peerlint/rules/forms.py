"""Which notes of a caseload are written on the same form, told by the labels that they bear.

What no note on a form shows, the form may have no place for, or its place was not recognised: a doubt about the form,
to be said once, and no fault of each note on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from peerlint.records.model import ServiceNote, Value

ALIKE = 0.6
A_FORM = 3
"""Records that look alike from which one may say what their form shows."""

Labels = frozenset[str]


class Forms:
    """The forms in use among ``notes``: notes whose labels overlap by ``ALIKE`` or more, of the same kind of file."""

    def __init__(self, notes: Iterable[ServiceNote] = ()) -> None:
        self._notes = sorted(notes, key=lambda note: (note.header.path, note.header.index))
        labels = [_labels(note) for note in self._notes]
        patterns = list(_patterns(labels))
        self._form: dict[tuple[str, int], Labels] = {}
        self._members: dict[Labels, list[ServiceNote]] = {}
        for note, own in zip(self._notes, labels, strict=True):
            form = next(pattern for pattern in patterns if _alike(pattern, own))
            self._form[note.header.path, note.header.index] = form
            self._members.setdefault(form, []).append(note)

    def on_the_form_of(self, note: ServiceNote) -> list[ServiceNote]:
        """All notes on the form of this one, itself among them, in the order of their paths."""
        form = self._form.get((note.header.path, note.header.index))
        return self._members[form] if form is not None else [note]


def _patterns(labels: Iterable[Labels]) -> Iterator[Labels]:
    """One set of labels for each form, the most frequent first; the same whatever the order of the notes."""
    chosen: list[Labels] = []
    for own, _ in sorted(Counter(labels).items(), key=lambda item: (-item[1], sorted(item[0]))):
        if not any(_alike(pattern, own) for pattern in chosen):
            chosen.append(own)
            yield own


def _alike(one: Labels, other: Labels) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


def _labels(note: ServiceNote) -> Labels:
    header = note.header
    values: list[Value[Any] | None] = [header.member, header.medicaid_id, header.birth_date, note.service_date]
    values += [note.service, note.contact]
    values += [note.place_of_service, note.start, note.end, note.minutes, note.units, note.goals_cited]
    written = [value.label for value in values if value]
    written += [section.heading for section in note.narrative]
    words = {"".join(c for c in label.casefold() if c.isalpha()) for label in written}
    return frozenset(words - {""}) | {PurePosixPath(header.path).suffix.casefold()}
