"""Goals told by repetition: a form that asks the same of every goal prints the same labels again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from peerlint.records.goal_parts import asked, key, labelled
from peerlint.records.goal_words import Head, doer_of, goal_words, read_head
from peerlint.records.lines import Line, clean
from peerlint.records.wordlists import wordlist

_LONGEST_LABEL = 90
_MOST_WORDS = 12
_TO_REACH = frozenset({"measure", "target", "intervention"})
_CORE = _TO_REACH | {"goal", "responsible", "frequency", "baseline"}
_COUNTED = re.compile(r"^(?P<word>[A-Za-z]{3,12})\s+#?(?P<number>\d{1,2})\s*(?:[-–—:.|]|\s)\s*(?P<text>\S.*)$")


def label_in(line: Line) -> str:
    """The label with which a line begins, or that it is; "" for running text."""
    text = clean(line.cells[0].text) if line.cells else line.text
    if line.cells:
        return text if len(line.cells) == 2 and len(text.split()) <= _MOST_WORDS else ""
    if found := labelled(text):
        return found.label
    short = len(text) <= _LONGEST_LABEL and len(text.split()) <= _MOST_WORDS
    return text if short and not line.bullet and (line.heading or part_of(text)) else ""


def part_of(label: str) -> str:
    """The part of a goal that a label names or asks for; "" where it does neither."""
    return goal_words().part(label) or asked(label) or ("intervention" if doer_of(label) else "")


def recurring_labels(printed: Iterable[Line]) -> frozenset[str]:
    """The labels, as they are looked up, that stand more than once and ask for a part of a goal."""
    counts = Counter(key(label) for line in printed if (label := label_in(line)) and part_of(label))
    return frozenset(label for label, count in counts.items() if count > 1)


def framed_goals(printed: Sequence[Line], recurring: frozenset[str]) -> tuple[Line, ...]:
    """The lines that open goals where no word for a goal does: each stands over, or is, the first of the labels that
    come again for every goal. () where no such labels come again."""
    if any((head := _head_of(line)) and head.number for line in printed):
        return ()
    asking = [(number, key(label)) for number, line in enumerate(printed) if (label := label_in(line))]
    asking = [(number, label) for number, label in asking if label in recurring and _asks_of_goal(label)]
    parts = {part_of(label) for _, label in asking}
    if len(parts & _CORE) < 2 or not parts & _TO_REACH:
        return ()
    first = asking[0][1]
    openings = [number for number, label in asking if label == first]
    if part_of(first) == "goal":
        return tuple(printed[number] for number in openings)
    return tuple(printed[number - 1] for number in openings if number and _may_open(printed[number - 1], recurring))


def _asks_of_goal(label: str) -> bool:
    return part_of(label) in _CORE


def _may_open(line: Line, recurring: frozenset[str]) -> bool:
    """Whether a line may be a goal that stands over the labels of its parts."""
    return not line.cells and key(label_in(line)) not in recurring


def _head_of(line: Line) -> Head | None:
    return None if line.cells else read_head(line.text)


def counted_heading(line: Line) -> str:
    """The word by which a heading is counted ("Stop 2 - Back at work"), "" where it is not, or counts something that
    is no goal."""
    match = _COUNTED.match(line.text) if line.heading else None
    word = match["word"].casefold() if match else ""
    return "" if word in wordlist("goals.yaml")["counts_no_goal"] else word


def without_count(text: str) -> str:
    """A counted heading without its word and number."""
    match = _COUNTED.match(text)
    return match["text"] if match else text
