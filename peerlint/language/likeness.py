"""Near copies: narratives and crisis plans that are alike once names, dates and numbers are masked.

What a form, a group or a plan repeats by right is set aside first: sentences that stand in many notes beside ever other
neighbours, wording of the member's own goals, and the description that participants of one group session share.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from sys import intern
from typing import Generic, TypeVar

from peerlint.language.lexicon import lexicon
from peerlint.language.model import Copy, PlanCopy
from peerlint.language.words import sentences
from peerlint.records.model import Caseload, Chart, CrisisPlan, Plan, ServiceNote

ALIKE = 0.80
"""Likeness (0 to 1) from which two texts are copies; of 10,000 mixed notes 99 of 100 pairs above it are."""
SHARED = 0.75
"""Share of the shorter text inside long shared passages from which two texts are copies although the rest differs."""
FEWEST_WORDS = 18
"""A shorter text says too little to be told from another: stock phrases repeat by nature."""
_PASSAGE = 7  # words from which a shared run is a passage
_RAREST = 12  # rarest runs of three words kept of each text
_CROWD = 40  # a run that more texts share tells nothing of a pair
_FORM_NEIGHBOURS = 4  # different neighbours from which a repeated sentence is the form's own

_TOKEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d+(?:[.,:/-]\d+)*(?:st|nd|rd|th)?")
K = TypeVar("K")


@dataclass(frozen=True)
class _Text(Generic[K]):
    """One text to compare. ``masked`` and ``written`` run side by side, word for word."""

    owner: K
    masked: tuple[str, ...]
    written: tuple[str, ...]

    @property
    def line(self) -> str:
        return " ".join(self.masked)


@dataclass(frozen=True)
class _Likeness:
    score: float
    passages: tuple[str, ...] = field(default=())


def find_copies(notes: Sequence[ServiceNote], caseload: Caseload) -> Iterator[Copy]:
    """Each later note with the earlier one that it is likest to: one of the member's own, one of other members'."""
    homes = {id(note): chart for chart in caseload.charts for note in chart.notes}
    mask = Mask(_names(caseload))
    split = {id(note): _masked_sentences(note, mask) for note in notes}
    form = _form_sentences(split.values())
    quoted = {id(chart): _plan_wording(chart, mask) for chart in caseload.charts}
    texts: list[_Text[ServiceNote]] = []
    for note in notes:
        plans = quoted.get(id(homes.get(id(note))), frozenset())
        texts.append(_text(note, [s for s in split[id(note)] if s.masked not in form and s.masked not in plans]))
    best: dict[tuple[int, bool], tuple[ServiceNote, ServiceNote, _Likeness]] = {}
    for one, other in _likely_pairs([text for text in texts if len(text.masked) >= FEWEST_WORDS]):
        later, earlier = sorted((one, other), key=lambda text: _age(text.owner), reverse=True)
        if _same_session(later.owner, earlier.owner):
            continue
        likeness = _compare(later, earlier)
        if not likeness:
            continue
        own = homes.get(id(later.owner)) is homes.get(id(earlier.owner))
        known = best.get((id(later.owner), own))
        if known is None or likeness.score > known[2].score:
            best[id(later.owner), own] = (later.owner, earlier.owner, likeness)
    for later_note, earlier_note, likeness in sorted(best.values(), key=lambda found: (_age(found[0]), _age(found[1]))):
        yield Copy(later_note, earlier_note, likeness.score, likeness.passages)


def find_plan_copies(caseload: Caseload) -> Iterator[PlanCopy]:
    """Crisis plans of different members that are alike, each pair once, the later one first."""
    mask = Mask(_names(caseload))
    texts = []
    homes: dict[int, Chart] = {}
    for chart in caseload.charts:
        for plan in chart.crisis_plans:
            homes[id(plan)] = chart
            texts.append(_text(plan, [s for section in plan.header.sections for s in _mask_all(section.text, mask)]))
    for one, other in _likely_pairs([text for text in texts if len(text.masked) >= FEWEST_WORDS]):
        if homes[id(one.owner)] is homes[id(other.owner)]:
            continue
        likeness = _compare(one, other)
        if likeness:
            later, earlier = sorted((one.owner, other.owner), key=_plan_age, reverse=True)
            yield PlanCopy(later, earlier, likeness.score, likeness.passages)


def _age(note: ServiceNote) -> tuple[str, str, int]:
    return (note.date.isoformat() if note.date else "", note.header.path, note.header.index)


def _plan_age(plan: CrisisPlan) -> tuple[str, str, int]:
    return (plan.date.isoformat() if plan.date else "", plan.header.path, plan.header.index)


def _same_session(one: ServiceNote, other: ServiceNote) -> bool:
    """Two participants' notes of one group session share its description by right."""
    return one.date is not None and one.date == other.date and _is_group(one) and _is_group(other)


def _is_group(note: ServiceNote) -> bool:
    marked = " ".join(value.text for value in (note.is_group, note.service, *note.modifiers) if value)
    return bool(re.search(r"\bgroup\b|\bHQ\b", marked, re.IGNORECASE))


def _names(caseload: Caseload) -> frozenset[str]:
    """First and last names of all members, in lower case."""
    full = (chart.member.full for chart in caseload.charts if chart.member)
    return frozenset(part.lower() for name in full for part in re.findall(r"\w+", name) if len(part) > 1)


@dataclass(frozen=True)
class _Sentence:
    masked: tuple[str, ...]
    written: tuple[str, ...]


def _masked_sentences(note: ServiceNote, mask: Mask) -> list[_Sentence]:
    return [sentence for section in note.narrative for sentence in _mask_all(section.text, mask)]


def _mask_all(text: str, mask: Mask) -> Iterator[_Sentence]:
    for sentence in sentences(text):
        if written := tuple(map(intern, _TOKEN.findall(sentence))):
            first, *others = written
            yield _Sentence((mask.first(first), *[mask[word] for word in others]), written)


class Mask(dict[str, str]):
    """What stands for each word met so far inside a sentence: kinds of words for days, numbers and people."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def __missing__(self, word: str) -> str:
        masked = "‹person›" if word[0].isupper() and len(word) > 1 and not word.isupper() else self.first(word)
        self[word] = masked = self._kind(word) or masked
        return masked

    def first(self, word: str) -> str:
        """What stands for the first word of a sentence, whose capital tells nothing."""
        lower = word.lower().replace("’", "'")
        return self._kind(word) or ("‹person›" if lower.removesuffix("'s") in self._names else intern(lower))

    def _kind(self, word: str) -> str:
        return "‹number›" if word[0].isdigit() else _masks().get(word.lower().replace("’", "'"), "")


@cache
def _masks() -> dict[str, str]:
    return {str(word): f"‹{kind}›" for kind in ("day", "person", "number") for word in lexicon("masks")[kind]}


def _form_sentences(narratives: Iterable[list[_Sentence]]) -> frozenset[tuple[str, ...]]:
    """Sentences of the form itself: repeated in note after note, each time beside another neighbour."""
    neighbours: dict[tuple[str, ...], set[tuple[object, object]]] = defaultdict(set)
    times: Counter[tuple[str, ...]] = Counter()
    for narrative in narratives:
        for before, here, after in zip([None, *narrative], narrative, [*narrative[1:], None], strict=False):
            times[here.masked] += 1
            neighbours[here.masked].add((before and before.masked, after and after.masked))
    often = (sentence for sentence, count in times.items() if count > _FORM_NEIGHBOURS)
    return frozenset(sentence for sentence in often if len(neighbours[sentence]) >= _FORM_NEIGHBOURS)


def _text(owner: K, kept: Sequence[_Sentence]) -> _Text[K]:
    return _Text(owner, tuple(w for s in kept for w in s.masked), tuple(w for s in kept for w in s.written))


def _plan_wording(chart: Chart, mask: Mask) -> frozenset[tuple[str, ...]]:
    """Masked sentences of the goals and interventions of the member's plans: quoting them is no copying."""
    wording = [text for plan in chart.plans for text in _goal_texts(plan)]
    return frozenset(s.masked for text in wording for s in _mask_all(text, mask))


def _goal_texts(plan: Plan) -> Iterator[str]:
    for goal in plan.goals:
        yield goal.text
        yield from (intervention.text for intervention in goal.interventions)


def _likely_pairs(texts: Sequence[_Text[K]]) -> Iterator[tuple[_Text[K], _Text[K]]]:
    """Pairs that share at least two of their rarest word runs; among equal texts, each with the first of them."""
    first: dict[tuple[str, ...], _Text[K]] = {}
    different = []
    for text in texts:
        original = first.setdefault(text.masked, text)
        if original is text:
            different.append(text)
        else:
            yield original, text
    holders: dict[int, list[int]] = defaultdict(list)
    for index, shingles in enumerate(_rare_shingles([text.masked for text in different])):
        for shingle in shingles:
            holders[shingle].append(index)
    together: Counter[tuple[int, int]] = Counter()
    for indices in holders.values():
        together.update((a, b) for i, a in enumerate(indices) for b in indices[i + 1 :])
    for (a, b), times in sorted(together.items()):
        if times > 1:
            yield different[a], different[b]


def _rare_shingles(texts: Sequence[tuple[str, ...]]) -> Iterator[list[int]]:
    """For each text the word runs that few other texts share, the rarest first."""
    import numpy as np

    numbers: dict[str, int] = {}
    runs = []
    for text in texts:
        ids = np.fromiter((numbers.setdefault(word, len(numbers)) for word in text), np.int64, len(text))
        runs.append(np.unique(ids[:-2] << 42 | ids[1:-1] << 21 | ids[2:]))
    known, spread = np.unique(np.concatenate(runs or [np.empty(0, np.int64)]), return_counts=True)
    for run in runs:
        places = np.searchsorted(known, run)
        shared = places[(spread[places] > 1) & (spread[places] <= _CROWD)]
        yield shared[np.argsort(spread[shared], kind="stable")][:_RAREST].tolist()


def _compare(one: _Text[K], other: _Text[K]) -> _Likeness | None:
    from rapidfuzz import fuzz

    if one.masked == other.masked:
        return _Likeness(1.0, (" ".join(one.written),))
    score = fuzz.ratio(one.line, other.line, score_cutoff=50) / 100
    if not score:
        return None
    passages = _shared_passages(one, other)
    covered = sum(passage.count(" ") + 1 for passage in passages) / min(len(one.masked), len(other.masked))
    if score >= ALIKE or covered >= SHARED:
        return _Likeness(round(max(score, covered), 3), passages)
    return None


def _shared_passages(one: _Text[K], other: _Text[K]) -> tuple[str, ...]:
    """Runs of words that both texts share once masked, as the first writes them, longest first."""
    from rapidfuzz.distance import LCSseq

    runs = []
    for block in LCSseq.opcodes(one.masked, other.masked):
        if block.tag == "equal" and block.src_end - block.src_start >= _PASSAGE:
            runs.append(" ".join(one.written[block.src_start : block.src_end]))
    return tuple(sorted(runs, key=len, reverse=True))
