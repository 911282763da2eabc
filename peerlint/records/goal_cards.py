"""Goals on cards: tables that hold one goal each, labels at the left and their values beside them. Whatever stands on a
card belongs to its goal, also behind a label that is not known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from peerlint.documents.model import Cell
from peerlint.records.goal_frames import part_of
from peerlint.records.goal_parts import asked, is_question, key
from peerlint.records.goal_tables import is_column_row
from peerlint.records.goal_words import Head, Level, read_head
from peerlint.records.lines import Line, clean
from peerlint.records.model import Topic
from peerlint.records.topics import plan_cues
from peerlint.records.wordlists import wordlist

_FEWEST_ROWS = 3
_MOST_WORDS = 14
_TO_REACH = frozenset({"measure", "target", "intervention"})
_CORE = _TO_REACH | {"goal", "responsible", "frequency", "baseline"}
_APART = frozenset({Topic.SIGNATURES, Topic.SERVICE_ORDER, Topic.DIAGNOSIS, Topic.ASSESSMENT, Topic.CRISIS})
_NUMBER = re.compile(r"(?:#|\bno\.?|\bnumber)?\s*\b(?P<number>\d{1,2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cards:
    """The rows that stand on cards, and the goals that some of them open, by the identity of their lines."""

    rows: frozenset[int] = frozenset()
    opened: Mapping[int, Head] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows that may be a card, and whether a goal stands over them."""

    rows: tuple[Line, ...]
    under_goal: bool


def goal_cards(printed: Sequence[Line]) -> Cards:
    """The cards among the lines of a plan."""
    runs = [run for run in _runs_of_rows(printed) if len(run.rows) >= _FEWEST_ROWS]
    shared = Counter(name for run in runs for name in {_counted(_label(row)) for row in run.rows})
    cards = [run for run in runs if _asks_of_goal(run.rows, shared)]
    opened: dict[int, Head] = {}
    rows: set[int] = set()
    for card in cards:
        heads = {} if card.under_goal else _heads(card.rows, shared)
        first = next((number for number, row in enumerate(card.rows) if card.under_goal or id(row) in heads), None)
        if first is not None:
            opened |= heads
            rows |= {id(row) for row in card.rows[first:]}
    return Cards(frozenset(rows), opened)


def labels_beside(cells: Sequence[Cell]) -> Iterator[tuple[str, Cell]]:
    """The labels of a row with the cells beside them."""
    for label, value in zip(cells[0::2], cells[1::2], strict=False):
        yield clean(label.text), value


def _runs_of_rows(printed: Sequence[Line]) -> Iterator[_Rows]:
    """Rows of labels and values that follow one another in one table."""
    above: Line | None = None
    for _, run in groupby(printed, key=lambda line: line.place.block if line.cells else None):
        lines = list(run)
        if lines[0].cells:
            rows = () if is_column_row(lines[0].cells) else tuple(takewhile(_may_stand_on_card, lines))
            yield _Rows(rows, above is not None and _is_goal(above))
        above = lines[-1]


def _is_goal(line: Line) -> bool:
    head = read_head(line.text) if not line.cells else None
    return head is not None and bool(head.number)


def _may_stand_on_card(row: Line) -> bool:
    labels = [label for label, _ in labels_beside(row.cells)]
    if len(row.cells) not in (2, 4) or not labels[0]:
        return False
    return all(_is_label(label) for label in labels) and plan_cues().topic_of(labels[0]) not in _APART


def _is_label(text: str) -> bool:
    return len(text.split()) <= _MOST_WORDS and not text.endswith((".", "!", ",", ";"))


def _asks_of_goal(rows: Sequence[Line], shared: Mapping[str, int]) -> bool:
    """Whether the labels of a table ask for what goals are made of: for two such things, or for one where they come
    again in another table."""
    parts = {part_of(label) for row in rows for label, _ in labels_beside(row.cells)}
    return bool(parts & _TO_REACH) and (len(parts & _CORE) >= 2 or _recur(rows, shared))


def _recur(rows: Sequence[Line], shared: Mapping[str, int]) -> bool:
    """Whether most labels of a table come again in another one."""
    return 2 * sum(shared[_counted(_label(row))] > 1 for row in rows) >= len(rows)


def _heads(rows: Sequence[Line], shared: Mapping[str, int]) -> dict[int, Head]:
    """The goals that rows of a card open: by a word for a goal; else the first by a label that comes again, with most
    of the others, on the next card."""
    told = {id(row): head for row in rows if (head := _worded(row))}
    if told or not _recur(rows, shared):
        return told
    label = _label(rows[0])
    opens = shared[_counted(label)] > 1 and part_of(label) in ("", "goal") and not _counts_other(label)
    return {id(rows[0]): Head(Level.GOAL, _number_in(label), "")} if opens else {}


def _worded(row: Line) -> Head | None:
    """The goal that a row opens by a word for one in its label ("Goal 1, in my words"), beside the goal itself."""
    head = read_head(_label(row))
    if head is None or head.level is not Level.GOAL:
        return None
    told_beside = bool(row.texts[1]) or is_question(head.text) or asked(head.text) == "goal"
    return Head(head.level, head.number, "" if told_beside else head.text)


def _counts_other(label: str) -> bool:
    """Whether a label counts what is no goal ("Step 1")."""
    return any(word in wordlist("goals.yaml")["counts_no_goal"] for word in _counted(label).split()[:2])


def _counted(label: str) -> str:
    """A label as it is compared with those of other cards, without its number."""
    return key(_NUMBER.sub("", label, count=1))


def _number_in(label: str) -> str:
    found = _NUMBER.search(label)
    return found["number"] if found else ""


def _label(row: Line) -> str:
    return clean(row.cells[0].text)
