"""Words, stems and sentences of a narrative, cheap enough for ten thousand notes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+(?:[.,:/]\d+)*")
_QUOTED = re.compile(r"“[^”\n]{1,300}”|\"[^\"\n]{1,300}\"")
_BREAK = re.compile(r"(?<=[.!?;])[\"”’)]*\s+(?=[\"“‘(\[]?[A-Z0-9])|\n\s*\n|\n(?=\s*[•*\-–]\s)")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"“])(?:Mr|Mrs|Ms|Dr|St|Rev|Sr|Jr|Fr|Sgt|Lt|No|vs|approx|appt|wk|min|hr|hrs|[A-Z])\.[\"”’)]*$"
)
_LONGEST_ABBREVIATION = 24  # characters, with what stands before it and the quotation marks and brackets after it
_SUFFIXES = (
    ("ications", "y"), ("ication", "y"), ("ations", "e"), ("ation", "e"), ("iness", "y"), ("ness", ""),
    ("ies", "y"), ("ied", "y"), ("ings", ""), ("ing", ""), ("ments", ""), ("ment", ""),
    ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ed", ""), ("ly", ""), ("s", ""),
)  # fmt: skip


def words(text: str) -> list[str]:
    """Words and numbers in order, in lower case, with a straight apostrophe."""
    return _WORD.findall(text.replace("’", "'").lower())


@cache
def stem(word: str) -> str:
    """A word without its ending ("practising" and "practised" agree); never shorter than three letters."""
    word = word.removesuffix("'s")
    for ending, instead in _SUFFIXES:
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and not (ending == "s" and base[-1] in "siu"):
            return _undouble(base + instead)
    return word.removesuffix("e") if len(word) > 4 else word


def _undouble(base: str) -> str:
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
        return base[:-1]
    return base.removesuffix("e") if len(base) > 4 else base


def stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]


def sentences(text: str) -> list[str]:
    """Sentences as written, split after ``. ! ? ;`` and between list items, not after an abbreviation
    and not inside a quotation."""
    return list(_sentences(text))


@lru_cache(maxsize=2048)
def _sentences(text: str) -> tuple[str, ...]:
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    found: list[str] = []
    start = 0
    for gap in _BREAK.finditer(text):
        inside = any(first < gap.start() < last - 1 for first, last in quoted)
        if inside or _ABBREVIATED.search(text, max(start - 1, gap.start() - _LONGEST_ABBREVIATION, 0), gap.start()):
            continue
        found.append(text[start : gap.end()])
        start = gap.end()
    found.append(text[start:])
    return tuple(" ".join(sentence.split()) for sentence in found if sentence.strip())


def unquoted(text: str) -> str:
    """The text without what stands in quotation marks: words of somebody who is quoted."""
    return _QUOTED.sub(" ", text)
