"""What a label within the goals of a plan asks for where it is none of the known ones, told by the words that ask
(``goals.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from peerlint.records.labels import label_words
from peerlint.records.wordlists import any_of, wordlist

LEADING_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d+)*|[A-Za-z]|[IVXivx]{1,4})[.)]\s+(?=\w)")

_TRAILING_NUMBER = re.compile(r"(?:\s*(?:#|no\.?|number)?\s*\d{1,3}(?:\.\d+)*[a-h]?)\s*:?\s*$", re.IGNORECASE)
_LONGEST_LABEL = 14
_LONGEST_PLAIN_LABEL = 9
_MOST_WORDS_OF_A_DOER = 7
_BETWEEN_PARTS = re.compile(r"\s*[/,;&+\n]\s*|\s+and\s+")
_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_BESIDE_NAME = re.compile(r"\s*[,()]\s*")
_ACTING = frozenset({"will", "doe", "do", "can", "help"})
_LABELLED = re.compile(
    r"^(?P<label>[A-Z\"'“(][^:?.!;\n\t]{0,80}?)\s*(?::(?!\d)|\?|\s[-–—](?=\s|$))\s*(?P<text>.*)$", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line that begins with a label: "By when? March", "Steps -". ``text`` is "" where nothing stands behind it."""

    label: str
    text: str


@lru_cache(maxsize=8192)
def asked_parts(label: str) -> tuple[str, ...]:
    """The parts of a goal that the words of a label ask for, in their order; () where they ask for none."""
    if not label or not _may_ask(label):
        return ()
    pieces = [piece for piece in _BETWEEN_PARTS.split(_IN_BRACKETS.sub(" ", label).strip(" :?-–—")) if piece]
    return tuple(dict.fromkeys(part for piece in pieces if (part := _asked(piece)))) or _whole(label, pieces)


def _may_ask(label: str) -> bool:
    """Whether a text is short enough for a label; a question may be longer."""
    if label.endswith((".", ",", ";")):
        return False
    words = _IN_BRACKETS.sub(" ", label).split()
    return bool(words) and len(words) <= (_LONGEST_LABEL if is_question(label) else _LONGEST_PLAIN_LABEL)


def is_question(label: str) -> bool:
    """Whether a label begins as questions do ("How we get there")."""
    return (
        label_words(label)[:1] != ()
        and label.split()[0].strip("“\"'").casefold() in wordlist("goals.yaml")["asking_words"]
    )


def asked(label: str) -> str:
    """The part of a goal that a label asks for first, "" where it asks for none."""
    return next(iter(asked_parts(label)), "")


def doer_before(text: str, known: Container[str] = ()) -> Labelled | None:
    """Who does what stands behind the colon ("Peer: goes along", "Outpatient therapist, weekly: ...", "Ines (PSS)",
    "PSS 2x month"), None where no word for somebody who helps, and none of the ``known`` ones, stands before one."""
    found = labelled(text)
    if found is None or not found.text or len(found.label.split()) > _MOST_WORDS_OF_A_DOER:
        return None
    parts = [key(part) for part in _BESIDE_NAME.split(_how_often().sub(" ", found.label)) if key(part)]
    return found if parts and (parts[0] in known or any(map(_helps, parts))) else None


def _helps(who: str) -> bool:
    return who in _doers("doers") or who.split()[-1] in _doers("helpers")


def helpers_named(texts: Iterable[str]) -> dict[str, str]:
    """Names that stand before a colon with the bearer's part in brackets ("Ines (peer specialist): ..."), as they are
    looked up -> with the part: so named once, the bare name tells who does what, too."""
    labels = [found.label for text in texts if (found := doer_before(text)) and "(" in found.label]
    return {name: label for label in reversed(labels) if (name := key(label.partition("(")[0]))}


def doer_in(label: str) -> str:
    """Who acts by a label that says so ("PEER SUPPORT DOES", "What my peer will do"); "" for any other label."""
    words = [(label[word.start : word.end], word.plain) for word in label_words(label)]
    acting = next((n for n, (_, plain) in enumerate(words) if plain in _ACTING), 0)
    for first in range(acting):
        if " ".join(plain for _, plain in words[first:acting]) in _doers("doers"):
            return " ".join(said for said, _ in words[first:acting])
    return ""


@cache
def _how_often() -> re.Pattern[str]:
    return any_of(wordlist("goals.yaml")["sentences"]["frequency"])


@cache
def _doers(words: str) -> frozenset[str]:
    return frozenset(key(word) for word in wordlist("goals.yaml")[words])


def labelled(text: str) -> Labelled | None:
    """The label with which a line begins, and what stands behind it."""
    match = _LABELLED.match(text)
    if match is None or len(match["label"].split()) > _LONGEST_LABEL:
        return None
    return Labelled(match["label"].strip(), match["text"].strip())


def _whole(label: str, pieces: list[str]) -> tuple[str, ...]:
    part = _asked(label) if len(pieces) > 1 else ""
    return (part,) if part else ()


def _asked(label: str) -> str:
    words = key(label)
    return next((part for part, pattern in _asking() if pattern.search(words)), "") if words else ""


@cache
def _asking() -> tuple[tuple[str, re.Pattern[str]], ...]:
    entries = [entry for group in wordlist("goals.yaml")["asks"] for entry in group.items()]
    return tuple((part, re.compile("|".join(_bounded(pattern) for pattern in patterns))) for part, patterns in entries)


def _bounded(pattern: str) -> str:
    """A pattern that begins and ends with whole words."""
    return rf"(?<!\w)(?:{pattern})(?!\w)"


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The words of a label by which it is looked up: "2. Target date(s):" is "target date"."""
    text = _TRAILING_NUMBER.sub("", LEADING_NUMBER.sub("", text)) or text
    return " ".join(word.plain for word in label_words(text))
