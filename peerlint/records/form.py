"""A record as a form: its labels with what stands under, beside, below or above them.

Forms print the same facts in many layouts. ``read_form`` knows the layouts and nothing of notes or plans: it returns
one ``Entry`` for each label, in reading order, and one without a label for each stretch of text that has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from peerlint.documents.model import Block, Paragraph, Part, Table
from peerlint.records.entries import Entry, Gatherer
from peerlint.records.form_lines import LineReader, lines_of
from peerlint.records.form_tables import TableReader
from peerlint.records.labels import ALL_FAMILIES, labels_of
from peerlint.records.model import Topic
from peerlint.records.titles import title_of


@dataclass(frozen=True, slots=True)
class Form:
    """The entries of a record in reading order, and the blocks they were read from."""

    title: str
    entries: tuple[Entry, ...]
    blocks: tuple[Block, ...]

    def first(self, *keys: str) -> Entry | None:
        """The first entry with one of the keys that holds something, else the first one at all."""
        found = self.all(*keys)
        return next((entry for entry in found if entry.text), found[0] if found else None)

    def all(self, *keys: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.key in keys)


def read_form(blocks: Sequence[Block], families: tuple[str, ...] = ALL_FAMILIES) -> Form:
    """The form that the blocks print; ``families`` of labels in order of precedence (see ``labels.py``)."""
    gathered = Gatherer(labels_of(families))
    for part, stretch in groupby(blocks, key=lambda block: block.place.part):
        if part in (Part.HEADER, Part.FOOTER):
            _read_running(list(stretch), gathered)
        else:
            _read(list(stretch), gathered)
        gathered.close()
    return Form(title_of(blocks), tuple(_as_soap(list(gathered.entries()))), tuple(blocks))


def _as_soap(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries, where "Objective" beside "Subjective" is a part of the narrative and cites no goal."""
    labels = {entry.label.casefold() for entry in entries}
    for entry in entries:
        soap = entry.key == "goals" and entry.label.casefold() == "objective" and "subjective" in labels
        yield replace(entry, key="narrative", shape="prose", topic=Topic.NARRATIVE) if soap else entry


def _read(blocks: Iterable[Block], gathered: Gatherer) -> None:
    """Blocks of one part of the document, in order."""
    reader = LineReader(gathered)
    for tabular, group in groupby(blocks, key=lambda block: isinstance(block, Table)):
        if tabular:
            for table in group:
                TableReader(gathered, reader).read(table)  # type: ignore[arg-type]
        else:
            reader.read(list(lines_of(group)))  # type: ignore[arg-type]
            gathered.close_value()


def _read_running(blocks: Iterable[Block], gathered: Gatherer) -> None:
    """Headers and footers, whose lines stand each by itself."""
    for block in blocks:
        for line in lines_of([block]) if isinstance(block, Paragraph) else ():
            LineReader(gathered).read([line])
            gathered.close_value()
        if isinstance(block, Table):
            TableReader(gathered, LineReader(gathered)).read(block)
