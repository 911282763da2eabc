"""What a label that is not in the table asks for: the field whose known wordings it is nearest to.

Wordings are compared by their words. A word weighs the more the fewer wordings hold it, words that stand for one
another count as one, and some words must stand in both wordings or in neither ("next", "birth"). The lists are data
(``nearest.yaml``). A label that is near to nothing stays unknown.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from peerlint.records.contact import contact_types, is_place, names_a_place
from peerlint.records.credentials import first_credential
from peerlint.records.labels import Field, Labels, label_words
from peerlint.records.shapes import blank, fits

_NEAR_ENOUGH = 0.66
_AS_NEAR = 0.08
_SHARE_OF_SPELLING = 0.06
_COST_OF_A_WORD = 0.001
_FAMILIES = frozenset({"note", "person", "signature"})
_RECOGNISABLE = frozenset({"date", "time", "times", "duration", "units", "id", "code", "phone"})
_LONGEST_LABEL = 110
_MOST_WORDS = 16
_FEWEST_LETTERS = 4
_LIGHT = 0.5
_OPEN_END = re.compile(r" (?:at|by|for|from|in|on|to|until|via|with)$")
_NUMBERING = re.compile(r"^\W*(?:(?:section|part)\s+)?(?:\d{1,2}(?:\.\d+)*|[a-z]|[ivx]{1,4})\s*[.)]\s+", re.IGNORECASE)
_FURTHER_QUESTION = re.compile(r"\?\s.*")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_ASKS = re.compile(r"\W*(?:what|how|why|where)\b", re.IGNORECASE)
_BETWEEN_QUESTIONS = re.compile(r"\s*[,;/&]\s*(?:and\s+)?|\s+and\s+")
_BRACKETED = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Speech:
    """How words of labels are read."""

    phrases: re.Pattern[str]
    said: Mapping[str, str]
    alike: Mapping[str, str]
    idle: frozenset[str]
    deciding: frozenset[str]
    light: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Wording:
    words: frozenset[str]
    spelled: frozenset[str]
    field: Field
    weight: float
    heaviest: str


@cache
def _speech() -> _Speech:
    data = yaml.safe_load((files("peerlint.records") / "nearest.yaml").read_text("utf-8"))
    said: dict[str, str] = data["phrases"]
    longest_first = sorted(said, key=len, reverse=True)
    return _Speech(
        re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"),
        said,
        {word: read_as for read_as, words in data["alike"].items() for word in words},
        frozenset(data["idle"]),
        frozenset(data["deciding"]),
        frozenset(data["light"]),
    )


def nearest(labels: Labels, label: str, value: str = "") -> Field | None:
    """The field that a text in the place of a label asks for, or None. ``value`` decides between fields that are
    about as near, and rules out those whose values look otherwise."""
    label = _FURTHER_QUESTION.sub("?", label)
    if asked := _as_question(labels, label) or _of_a_contact(labels, label, value):
        return asked
    other = _in_other_words(labels, label)
    named = other if other and other[0][1].shape == "name" else ()
    near = named or _nearest(labels, label) or other or _in_first_part(labels, label)
    if blank(value):
        return near[0][1] if near else None
    fitting = [(score, field) for score, field in near if field.shape not in _RECOGNISABLE or fits(field.shape, value)]
    if not fitting:
        return None
    best = fitting[0][0]
    told = (field for score, field in fitting if best - score <= _AS_NEAR and _is_told(field, value))
    return next(told, fitting[0][1])


def _of_a_contact(labels: Labels, label: str, value: str) -> Field | None:
    """A label that says no more than that there was a contact ("Encounter", "We met") asks for what its value is."""
    words, _ = _words(label)
    if "contact" not in words or not words <= {"contact", "staff", "member"}:
        return None
    if label.casefold().rstrip().endswith(" with"):
        return labels.find(["member"]) if fits("name", value) else None
    if fits("date", value):
        return labels.find(["date", "time"])
    if fits("times", value):
        return labels.find(["service", "time"])
    if contact_types(value):
        return labels.find(["type", "contact"])
    return labels.find(["place"]) if names_a_place(value) or is_place(value) else None


def _is_told(field: Field, value: str) -> bool:
    """Whether the value by itself looks like what the field asks for."""
    if field.key == "contact_type":
        return bool(contact_types(value))
    if field.key == "place_of_service":
        return is_place(value)
    if field.key == "title":
        return first_credential(value) == 0
    return field.shape in _RECOGNISABLE


@lru_cache(maxsize=1024)
def _as_question(labels: Labels, label: str) -> Field | None:
    """The field of a question that the table holds word for word."""
    return labels.named(label.rstrip(" ?")) if label.rstrip().endswith("?") and _index(labels)[1] else None


@lru_cache(maxsize=1024)
def _in_other_words(labels: Labels, label: str) -> tuple[tuple[float, Field], ...]:
    """A known label beside words in another language, or in brackets: "Numero de Medicaid / Medicaid number",
    "Called (member)"."""
    if len(label) > _LONGEST_LABEL or not _index(labels)[1] or any(letter.isdigit() for letter in label):
        return ()
    parts = [
        part
        for part in (*label.split("/"), *_IN_BRACKETS.findall(label))
        if _FEWEST_LETTERS <= len(part.strip()) < len(label)
    ]
    return tuple((1.0, field) for part in parts if (field := labels.named(part)))


@lru_cache(maxsize=1024)
def _in_first_part(labels: Labels, label: str) -> tuple[tuple[float, Field], ...]:
    """What a question of several parts asks for first: "What came of it, and where the goal stands"."""
    if not _ASKS.match(label) or len(label) > _LONGEST_LABEL:
        return ()
    first, *rest = _BETWEEN_QUESTIONS.split(label)
    return tuple(found for found in _nearest(labels, first) if found[1].shape == "prose") if rest else ()


@lru_cache(maxsize=4096)
def _nearest(labels: Labels, label: str) -> tuple[tuple[float, Field], ...]:
    """The fields that are near enough, the nearest first, with how near they are (1 for the same words)."""
    words, spelled = _words(label)
    if not words or not _index(labels)[1] or len(label) > _LONGEST_LABEL or len(label.split()) > _MOST_WORDS:
        return ()
    if translated := labels.find([_speech().alike.get(word.plain, word.plain) for word in label_words(label)]):
        return ((1.0, translated),)
    index, weights = _index(labels)
    unseen = max(weights.values(), default=1.0)
    deciding = _deciding(words)
    own = sum(weights.get(word, unseen) for word in words)
    best: dict[str, tuple[float, Field]] = {}
    for wording in {id(w): w for word in words for w in index.get(word, ())}.values():
        if _deciding(wording.words) != deciding or wording.heaviest not in words:
            continue
        shared = sum(weights[word] for word in words & wording.words)
        score = 2 * shared / (own + wording.weight)
        if score < _NEAR_ENOUGH:
            continue
        alike = len(spelled & wording.spelled) / len(spelled | wording.spelled)
        score += _SHARE_OF_SPELLING * alike - _COST_OF_A_WORD * len(wording.spelled)
        if score > best.get(wording.field.key, (0.0,))[0]:
            best[wording.field.key] = (score, wording.field)
    return tuple(sorted(best.values(), key=lambda found: -found[0]))


def _deciding(words: frozenset[str]) -> frozenset[str]:
    """The words that must stand in both labels. A place to sign may ask for a printed name and a title too."""
    deciding = words & _speech().deciding
    return deciding - {"name", "credential"} if "sign" in deciding and "date" not in deciding else deciding


def _words(label: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that tell what a label asks for, as they are read and as they are spelled; none where it holds
    digits."""
    plain = _BRACKETED.sub(" ", _NUMBERING.sub("", label.casefold().replace("’", "'"), count=1))
    speech = _speech()
    if any(letter.isdigit() for letter in plain):
        return frozenset(), frozenset()
    plain = speech.phrases.sub(lambda match: speech.said[match[0]], plain)
    spelled = frozenset(word.plain for word in label_words(plain)) - speech.idle
    return frozenset(speech.alike.get(word, word) for word in spelled), spelled


def _tells(wording: str, field: Field) -> bool:
    """Whether a known wording is told by its words; "Session" could be anything of a session, and "Provided at" asks by
    its last word."""
    words, _ = _words(wording)
    return (words != {"contact"} or field.shape == "ticks") and not (
        _OPEN_END.search(wording) and not _speech().phrases.search(wording)
    )


@cache
def _index(labels: Labels) -> tuple[dict[str, tuple[_Wording, ...]], dict[str, float]]:
    """Word -> the known wordings that hold it, and word -> its weight. A table without the labels of notes has none."""
    families = {field.family for field in labels.fields.values()}
    known = [(wording, field) for wording, field in labels.fields.items() if field.family in _FAMILIES]
    spoken = [(*_words(wording), field) for wording, field in known if "note" in families and _tells(wording, field)]
    counts = Counter(word for words, _, _ in spoken for word in words)
    light = _speech().light
    weights = {
        word: (1 + math.log(len(spoken) / count)) * (_LIGHT if word in light else 1) for word, count in counts.items()
    }
    index: dict[str, list[_Wording]] = {}
    for words, spelled, field in spoken:
        heaviest = max(sorted(words), key=lambda word: weights[word], default="")
        wording = _Wording(words, spelled, field, sum(weights[word] for word in words), heaviest)
        for word in words:
            index.setdefault(word, []).append(wording)
    return {word: tuple(wordings) for word, wordings in index.items()}, weights
