"""Titles of records: what a title line says that the record is. The wordings are data (``titles.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from peerlint.documents.model import TICKED, UNTICKED, Block, Paragraph, Part
from peerlint.records.labels import label_words

MOST_WORDS_OF_A_TITLE = 14
_MOST_WORDS_BESIDE = 6
_BLOCKS_SEARCHED = 14
_PAGE_NUMBER = re.compile(r"\bpage\s+\d+.*$|\(?\bcontinued\b\)?|\(?\bcont'?d?\b\.?\)?", re.IGNORECASE)
_EDITION = re.compile(
    r"\s*:\s+(?=(?:[a-z]+\s+){0,2}(?:update|revision|addendum|amendment|renewal|review)$)", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_DASHED = re.compile(r"\s+[-–—|]\s+")
_PLAN_OF = re.compile(
    r"(?:(?:[Mm]y|MY|[Oo]ur|OUR|[Tt]he|THE)\s+)?(?:[Pp]lan|PLAN)(?:\s+(?:for|of|FOR|OF)\s+|\s*[:–—-]\s*)[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’.-]+){1,3}"
    r"|(?:[Mm]y|MY|[Oo]ur|OUR)\s+(?:[\w'’-]+\s+){0,2}(?:[Pp]lan|PLAN)"
    r"|[A-Z][\w.-]+(?:\s+[A-Z][\w.-]+)?['’]s\s+(?:[\w'’-]+\s+){0,2}(?:[Pp]lan|PLAN)"
)
_SPEAKS = re.compile(
    r"\b(?:is|was|were|are|has|had|will|did|met|said|i|we|he|she|they|my|his|her|their|you|see|per|in)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title line. ``kind`` is a key of ``titles.yaml``; ``certain`` tells a title that says nothing else."""

    kind: str
    text: str
    certain: bool


def title_at_head(line: str) -> Title | None:
    """ "My Plan: Rosa Diaz", "record of contact", "Wallet card - my crisis plan": titles only at a record's head."""
    text = line.strip()
    parts = map(_read_small, (text, *_DASHED.split(text)[1:]))
    if told := next((part for part in parts if part and (part.certain or part.kind == "crisis-plan")), None):
        return told
    return Title("plan", text, certain=True) if _PLAN_OF.fullmatch(text) else None


@cache
def _wordings() -> dict[str, str]:
    """Wording as plain words -> kind."""
    data = yaml.load(
        (files("peerlint.records") / "titles.yaml").read_text("utf-8"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
    )
    return {
        " ".join(word.plain for word in label_words(wording)): kind
        for kind, wordings in data.items()
        for wording in wordings
    }


@lru_cache(maxsize=4096)
def read_title(line: str) -> Title | None:
    """The title that a line is, or None. A labelled value, a tick box or a sentence is no title."""
    text = _PAGE_NUMBER.sub("", line.strip()).strip(" \t-–—_|•")
    if not text or len(text) > 120 or TICKED in text or UNTICKED in text or text.endswith((".", "!", "?", ";", ",")):
        return None
    text = _EDITION.sub(" ", text)
    if re.search(r":\s*\S", text) and not re.match(r"(?:form|title|document|record)\s*:", text, re.IGNORECASE):
        return None
    words = [word.plain for word in label_words(text)]
    found = _longest(words)
    if not found and (kind := _kind_in_brackets(text)):
        return Title(kind, text, certain=False)
    if not found or len(words) - found[1] > _MOST_WORDS_BESIDE or (_SPEAKS.search(text) and len(words) > found[1] + 2):
        return None
    if not text[0].isupper() and not text[0].isdigit():
        return None
    return Title(found[0], text, len(words) == found[1])


def _kind_in_brackets(text: str) -> str | None:
    """ "My Stay-Well Plan (crisis plan)": what the brackets say that the record is."""
    inside = (" ".join(word.plain for word in label_words(part)) for part in _IN_BRACKETS.findall(text))
    return next((kind for words in inside if " " in words and (kind := _wordings().get(words))), None)


def _longest(words: list[str]) -> tuple[str, int] | None:
    """The kind and length of the longest wording in the words, of equal ones the last; but what ends with "note" is a
    note."""
    if not words or len(words) > MOST_WORDS_OF_A_TITLE:
        return None
    wordings = _wordings()
    if wordings.get(words[-1]) == "note" or wordings.get(" ".join(words[-2:])) == "note":
        return "note", 2 if wordings.get(" ".join(words[-2:])) == "note" else 1
    best: tuple[str, int] | None = None
    for first in range(len(words)):
        for end in range(len(words), first, -1):
            kind = wordings.get(" ".join(words[first:end]))
            if kind and (best is None or end - first >= best[1]):
                best = (kind, end - first)
    return best


def is_title(line: str) -> bool:
    """Whether a line near the head of a form is a title; one in small letters says nothing else."""
    title = _read_small(line.strip())
    return read_title(line) is not None or (title is not None and title.certain)


def _read_small(text: str) -> Title | None:
    """The title that a text is where it may begin with a small letter."""
    return read_title(text[:1].upper() + text[1:])


def titles(blocks: Iterable[Block]) -> Iterator[Title]:
    """The title lines among the first blocks of a record."""
    for line in _first_lines(blocks):
        if title := read_title(line):
            yield title


def title_of(blocks: Iterable[Block]) -> str:
    """The title of a record as written: its first title line, else its first heading, else ""."""
    blocks = list(blocks)
    if title := next(titles(blocks), None):
        return title.text
    body = (block for block in blocks[:_BLOCKS_SEARCHED] if isinstance(block, Paragraph) and block.heading)
    return next((block.text.strip() for block in body if block.text.strip()), "")


def _first_lines(blocks: Iterable[Block]) -> Iterator[str]:
    body = [block for block in blocks if block.place.part is Part.BODY]
    for block in body[:_BLOCKS_SEARCHED]:
        lines = [line for p in block.paragraphs() for line in p.text.split("\n")]
        for line in lines[:8]:
            yield from (part for part in line.split("\t") if part.strip())
    for block in blocks:
        if block.place.part is Part.HEADER:
            yield from (part for p in block.paragraphs() for part in re.split(r"[\t\n|]", p.text) if part.strip())
