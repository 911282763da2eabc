"""The labels that forms print, as data: which words stand for which field, however they are written.

Wordings live in ``labels.yaml``. They are compared by their words alone: case, punctuation, numbering, brackets,
plurals and small words do not matter, so "1. DATE(S) OF SERVICE:" and "Service date" differ only in the order of
"date" and "service".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from peerlint.records.model import Topic
from peerlint.records.words import word_list

NOTE_FAMILIES = ("note", "signature", "person")
PLAN_FAMILIES = ("plan", "signature", "person", "crisis")
CRISIS_FAMILIES = ("crisis", "signature", "person", "plan")
SIGNING_FAMILIES = ("signing", "signature")
ALL_FAMILIES = ("note", "signature", "person", "plan", "crisis")

LONGEST_LABEL = 12
"""The most words that a label has."""

_NUMERIC = frozenset({"units", "duration"})
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|#")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PLURAL_BRACKET = re.compile(r"\((e?s|ies)\)", re.IGNORECASE)
_NUMBERING = re.compile(
    r"[\s•\-–*▪]*(?:(?:section|part)\s+)?(?:\d{1,2}(?:\.\d+)*|[a-z]|[ivx]{1,4})\s*[.)]\s+(?=\w)", re.IGNORECASE
)
_NUMERAL = re.compile(r"\d{1,2}[a-z]?|[ivx]{1,3}")
_WORDS_ALIKE = {
    **dict.fromkeys(("#", "no", "num", "nbr", "nr"), "number"),
    "signatures": "signature",
    "datetime": "date time",
    "behaviour": "behavior",
    "programme": "program",
    "center": "centered",
    "pcp's": "pcp",
}


@dataclass(frozen=True, slots=True)
class Field:
    """What a label asks for. ``shape`` is one of the shapes of ``labels.yaml``."""

    key: str
    family: str
    shape: str
    topic: Topic | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line in the form in which labels are compared, with its place in the line."""

    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """The labels of some families. The first family wins a wording that several share."""

    fields: dict[str, Field]
    reordered: dict[tuple[str, ...], Field]
    first_words: frozenset[str]
    last_words: frozenset[str]

    def find(self, words: Sequence[str]) -> Field | None:
        """The field that the words stand for, or None."""
        if not words or len(words) > LONGEST_LABEL:
            return None
        return self.fields.get(" ".join(words)) or self._shortened(words) or self.reordered.get(tuple(sorted(words)))

    def named(self, text: str) -> Field | None:
        """The field that a whole text stands for as a label ("Start/End Time:"), or None."""
        if len(text) > 120 or ":" in text.rstrip(" :*_"):
            return None
        return _named(self, text)

    def named_afresh(self, text: str) -> Field | None:
        words = [word.plain for word in label_words(_NUMBERING.sub("", text, count=1))]
        return self.find(words) or self._first_of_several(text)

    def _shortened(self, words: Sequence[str]) -> Field | None:
        end = len(words)
        while end > 1 and (words[end - 1] in word_list("label_endings")):
            end -= 1
            if field := self.fields.get(" ".join(words[:end])):
                return field
        return self._numbered(words)

    def _numbered(self, words: Sequence[str]) -> Field | None:
        """ "Goal 2" and "Objective #1a" are the label with a number behind it; "Units 4" is a label and its value."""
        if len(words) < 2 or not _NUMERAL.fullmatch(words[-1]):
            return None
        end = len(words) - (2 if words[-2] == "number" and len(words) > 2 else 1)
        field = self.fields.get(" ".join(words[:end]))
        return None if field and field.shape in _NUMERIC else field

    def _first_of_several(self, text: str) -> Field | None:
        """ "Response / Client progress": the first part, where each is a label; else the first that has a topic. Prose
        that is to tell several things ("Why we met, what I did, how it went") is the narrative."""
        parts = [part for part in re.split(r"[/&,;]| and ", text) if part.strip()]
        if not 2 <= len(parts) <= 4:
            return None
        fields = [self.find([word.plain for word in label_words(part)]) for part in parts]
        if all(fields):
            topics = {field.topic for field in fields if field and field.shape == "prose"}
            return self.fields["narrative"] if len(topics) > 1 and "narrative" in self.fields else fields[0]
        worded = all(re.fullmatch(r"[A-Za-z' ]{4,30}", part.strip()) for part in text.split("/"))
        return next((field for field in fields if field and field.topic), None) if worded and "/" in text else None


@lru_cache(maxsize=16384)
def _named(labels: Labels, text: str) -> Field | None:
    return labels.named_afresh(text)


@cache
def labels_of(families: tuple[str, ...] = ALL_FAMILIES) -> Labels:
    """The labels of the families, in order of precedence."""
    fields: dict[str, Field] = {}
    for family in families:
        for wording, field in _all_fields().get(family, {}).items():
            fields.setdefault(wording, field)
    reordered = {tuple(sorted(wording.split())): field for wording, field in reversed(fields.items()) if " " in wording}
    return Labels(
        fields,
        reordered,
        frozenset(wording.split()[0] for wording in fields),
        frozenset(wording.split()[-1] for wording in fields),
    )


@cache
def _all_fields() -> dict[str, dict[str, Field]]:
    """Family -> wording as plain words -> field."""
    data = yaml.load((files("peerlint.records") / "labels.yaml").read_text("utf-8"), Loader=_loader())
    return {family: dict(_wordings(family, entries)) for family, entries in data.items()}


def _loader() -> type[yaml.SafeLoader]:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _wordings(family: str, entries: dict[str, dict[str, object]]) -> Iterable[tuple[str, Field]]:
    for key, entry in entries.items():
        field = Field(key, family, str(entry["shape"]), Topic(str(entry["topic"])) if "topic" in entry else None)
        labels = entry["labels"]
        assert isinstance(labels, list)
        for label in labels:
            wording = " ".join(word.plain for word in label_words(str(label)))
            yield wording, field
            if family == "signing" and key.endswith("_signature"):
                yield f"{wording} signature", field


@lru_cache(maxsize=8192)
def label_words(text: str) -> tuple[Word, ...]:
    """The words of a text as labels compare them: lower case, singular, small words and bracketed remarks left out."""
    text = _PLURAL_BRACKET.sub(lambda match: match[1] + "  ", text)
    text = _BRACKETED.sub(lambda match: " " * len(match[0]), text)
    words = (Word(_plain(match[0]), match.start(), match.end()) for match in _WORD.finditer(text))
    found = tuple(
        word for word in words if word.plain not in word_list("small_words") or text[word.start : word.end + 1] == "A:"
    )
    return found or tuple(Word(match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(text))


@lru_cache(maxsize=16384)
def _plain(word: str) -> str:
    word = word.casefold().replace("’", "'")
    if not word.isascii():
        word = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    word = _WORDS_ALIKE.get(word, word)
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return _WORDS_ALIKE.get(word, word)
