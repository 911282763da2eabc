"""How a record reads, whatever its title says: a linear model over words, word pairs and the marks of its structure.

Names, dates and numbers are masked. ``scripts/train_kinds.py`` trains the model; a record is read with a dictionary of
weights and no other library.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp, sqrt

from peerlint.records.model import Kind

WEIGHTS = "kind_weights.json.gz"
KINDS = (Kind.NOTE, Kind.PLAN, Kind.CRISIS_PLAN, Kind.OTHER)

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_MASKS = (
    ("<date>", rf"\b\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}\b|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b"),
    ("<date>", rf"\b\d{{1,2}} {_MONTH} \d{{4}}\b|\b{_MONTH} \d{{4}}\b"),
    ("<time>", r"\b\d{1,2}(?::\d{2})? ?[ap]\.?m?\b\.?|\b[012]?\d:\d{2}\b"),
    ("<phone>", r"(?:\b1-)?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b"),
    ("<diagnosis>", r"\b[f]\d{2}(?:\.\d{1,3})?\b"),
    ("<code>", r"\b[ht]\d{4}\b"),
    ("<id>", r"\b\d{8,}[a-z]?\b"),
    ("<money>", r"\$ ?\d[\d,.]*"),
    ("<tick>", r"[☐☒☑]"),
)
_MASK = re.compile("|".join(f"(?P<m{n}>{pattern})" for n, (_, pattern) in enumerate(_MASKS)), re.IGNORECASE)
_WORD = re.compile(r"<[a-z]+>|911|988|\d+|[^\W\d_]+(?:['’][^\W\d_]+)?|/s/")
_LABEL = re.compile(r"\s*(?:[-•*\d.)]+\s+)?([^:|.!?\t]{2,60})\s*(?::|\?|$)")
_MOST_WORDS_OF_A_LABEL = 7
_COUNTED = {
    "goals": re.compile(
        r"^\W*(?:goal|objective|outcome|hope)\b\s*(?:#|no\.?)?\s*(?:\d|[a-f]\b|one|two|three)", re.MULTILINE
    ),
    "signers": re.compile(r"\bsign(?:ed|ature)\b|/s/"),
    "phones": re.compile("<phone>"),
    "dates": re.compile("<date>"),
    "times": re.compile("<time>"),
    "first person": re.compile(r"\b(?:i|my|me)\b"),
    "wishes": re.compile(r"\bi (?:want|hope|would like|will)\b|\bwill\b"),
    "past": re.compile(r"\b\w{3,}ed\b|\b(?:said|told|went|did|was|were|had|made|gave|took)\b"),
    "questions": re.compile(r"\?"),
    "ticks": re.compile("<tick>"),
}
_STEPS = (1, 2, 4, 8, 16)


def likeness(lines: Sequence[str]) -> dict[Kind, float]:
    """How much a record of these lines reads like each kind: chances that sum to 1."""
    scale, weights = _weights()
    found = [weights[feature] for feature in features(lines) if feature in weights]
    length = sqrt(len(found)) or 1.0
    bias = weights[""]
    margins = [scale * (bias[n] + sum(row[n] for row in found) / length) for n in range(len(KINDS))]
    highest = max(margins)
    odds = [exp(margin - highest) for margin in margins]
    return {kind: odd / sum(odds) for kind, odd in zip(KINDS, odds, strict=True)}


@cache
def _weights() -> tuple[float, dict[str, list[int]]]:
    """What one point is worth, and feature -> points for each of ``KINDS``; "" -> what each begins with."""
    stored = json.loads(gzip.decompress((files("peerlint.records") / WEIGHTS).read_bytes()))
    return stored["scale"], stored["weights"]


def features(lines: Sequence[str]) -> set[str]:
    """Words, pairs of words, what lines begin with as labels ("^"), and how often marks of structure occur ("#")."""
    masked = [_MASK.sub(_mask, line).casefold() for line in lines]
    found: set[str] = set()
    for line in masked:
        words = list(_words(line))
        found.update(words)
        found.update(f"{one} {other}" for one, other in pairwise(words))
        found.update(_label(line))
    found.update(_counts("\n".join(masked)))
    return found


def _mask(match: re.Match[str]) -> str:
    return f" {_MASKS[int(str(match.lastgroup)[1:])][0]} "


def _words(line: str) -> Iterator[str]:
    for match in _WORD.finditer(line):
        word = match[0].replace("’", "'")
        yield "<n>" if word.isdigit() and word not in ("911", "988") else word


def _label(line: str) -> Iterator[str]:
    match = _LABEL.match(line)
    words = [word for word in _words(match[1]) if word != "<n>"] if match else []
    if 0 < len(words) <= _MOST_WORDS_OF_A_LABEL:
        yield "^" + " ".join(words)


def _counts(text: str) -> Iterable[str]:
    """ "#goals 4": at least so many."""
    for name, pattern in _COUNTED.items():
        count = sum(1 for _ in pattern.finditer(text))
        yield from (f"#{name} {step}" for step in _STEPS if count >= step)
        if not count:
            yield f"#{name} 0"
