"""Cues: short patterns of words that tell an activity, kept as data that a person in the field can read and edit.

A cue is a row of words as they would stand in a note, in lower case:

=================  =====================================================================
``~drive``         every form of the verb: drive, drives, drove, driven, driving
``car|truck``      either word; ``~pick|~scoop`` either verb
``{MEMBER}``       any word of that group in ``words.yaml``
``home_visit``     words that stand together, inside a choice
``up?``            the word may be missing
``..``             up to three words between; ``...`` up to six
``^``              the beginning of a clause; ``^^`` of the sentence; ``$`` the end of a clause
``#``              a number
=================  =====================================================================

No cue reaches across punctuation. Cues are found through the rarest of their words, so a sentence is compared with the
few cues that can match it and not with all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

import yaml

from peerlint.language.lexicon import lexicon
from peerlint.shelf import rulesets_folder

_WORD = r"[^; ]+"
_GAPS = {"..": 3, "...": 6}
_EDGES = {"^": "(?:(?<=^ )|(?<=; ))", "^^": "(?<=^ )", "$": "(?=;|$)"}
_NUMBER = r"[\d$][^; ]*"
_AFTER_OBJECT = "after-object"


class BadCue(ValueError):
    """A cue that cannot be read. Its text says which and why."""


@dataclass(frozen=True)
class Cue:
    """One pattern, matched in the text of a ``WordRow``. ``regex`` is compiled when it is first needed.

    Of each set in ``needs`` one word must occur; the rarest set, the ``anchors``, is the first."""

    text: str
    regex: str
    needs: tuple[frozenset[str], ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.regex)

    def may_be_in(self, words: set[str]) -> bool:
        return not any(map(words.isdisjoint, self.needs))

    @property
    def anchors(self) -> frozenset[str]:
        return self.needs[0] if self.needs else frozenset()


@dataclass(frozen=True, slots=True)
class CueGroup:
    """Cues that tell the same thing. ``anyone`` means that it matters not who did it; ``sure`` that the cue is enough
    where nobody is named. ``unless`` silences the group in a sentence. ``excuses`` names what does not excuse it."""

    name: str
    category: str
    cues: tuple[Cue, ...]
    unless: tuple[Cue, ...] = ()
    anyone: bool = False
    sure: bool = False
    deaf: frozenset[str] = frozenset()
    match: tuple[str, ...] = ()
    innocent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """One not covered activity: the catalogue's name, why it is not covered, and what tells it.

    ``excused_by_goal``: a note that names the plan's goal for it may be in order. ``anybodys``: it counts
    whoever stands as
    the doer ("her partner texted that they slept in"). ``told_by_absence``: "not" and "nobody" tell it, they
    do not deny it.
    """

    name: str
    rule: str
    why: str
    groups: tuple[CueGroup, ...]
    excused_by_goal: bool = False
    anybodys: bool = False
    told_by_absence: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found. ``first`` and ``last`` are the words (inclusive) in the row of words that was searched."""

    group: CueGroup
    cue: Cue
    first: int
    last: int

    def place(self) -> tuple[int, int, str, str]:
        """What hits are ordered by: the first word, then the longest, then names."""
        return self.first, -self.last, self.group.category, self.cue.text


class WordRow:
    """Words of one sentence as cues see them: joined by single blanks, punctuation as ";"."""

    __slots__ = ("text", "words")

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.text = " " + " ".join(words) + " "

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """First and last word of each match."""
        for match in pattern.finditer(self.text):
            first = self._place(match.start())
            yield first, first + len(match.group().split()) - 1

    def _place(self, at: int) -> int:
        """The number of the word that begins at a character of the text."""
        ends = accumulate(len(word) + 1 for word in self.words)
        return sum(end < at for end in ends)


@dataclass(frozen=True, slots=True)
class CueIndex:
    """Cues by two words that must both occur: one of the cue's rarest, then one of its next rarest."""

    by_words: Mapping[str, Mapping[str, Sequence[tuple[CueGroup, Cue]]]] = field(default_factory=dict)

    @classmethod
    def of(cls, groups: Iterable[CueGroup]) -> CueIndex:
        anchored_at: dict[str, list[tuple[CueGroup, Cue]]] = defaultdict(list)
        for group in groups:
            for cue in group.cues:
                for word in cue.anchors:
                    anchored_at[word].append((group, cue))
        alike: dict[tuple[int, ...], Mapping[str, Sequence[tuple[CueGroup, Cue]]]] = {}
        found = {}
        for word, entries in anchored_at.items():
            key = tuple(id(cue) for _, cue in entries)
            found[word] = alike[key] if key in alike else alike.setdefault(key, _by_second_word(entries))
        return cls(found)

    def hits(self, row: WordRow) -> list[Hit]:
        """Every cue in a row of words that nothing in its group's ``unless`` silences, in order of place."""
        words = set(row.words)
        found: list[Hit] = []
        tried: set[int] = set()
        for second in map(self.by_words.__getitem__, words & self.by_words.keys()):
            for group, cue in chain.from_iterable(map(second.__getitem__, words & second.keys())):
                if id(cue) not in tried and cue.may_be_in(words):
                    tried.add(id(cue))
                    found += [Hit(group, cue, first, last) for first, last in row.find(cue.pattern)]
        return sorted((h for h in found if not silenced(h.group, row)), key=Hit.place)


def _by_second_word(entries: Iterable[tuple[CueGroup, Cue]]) -> Mapping[str, Sequence[tuple[CueGroup, Cue]]]:
    found: dict[str, list[tuple[CueGroup, Cue]]] = defaultdict(list)
    for group, cue in entries:
        for word in cue.needs[min(1, len(cue.needs) - 1)]:
            found[word].append((group, cue))
    return found


def silenced(group: CueGroup, row: WordRow) -> bool:
    return any(cue.pattern.search(row.text) for cue in group.unless)


# -- compiling ---------------------------------------------------------------------------------------------------------


@cache
def verbs() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = lexicon("verbs")
    return {verb: (verb, *forms) for verb, forms in table.items()}


@cache
def word_groups() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[Any]] = lexicon("words")
    return {name: tuple(str(word) for word in words) for name, words in table.items()}


def forms(verb: str) -> tuple[str, ...]:
    """All forms of a verb: from the table of irregular verbs, else by the rules of spelling."""
    if verb in verbs():
        return verbs()[verb]
    if verb.endswith("e"):
        return (verb, verb + "s", verb + "d", verb[:-1] + "ing")
    if re.search(r"[^aeiou]y$", verb):
        return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    doubled = verb + verb[-1] if re.search(r"^[^aeiou]*[aeiou][bdgklmnprt]$", verb) else verb
    plural = verb + ("es" if re.search(r"(s|x|z|ch|sh)$", verb) else "s")
    return (verb, plural, doubled + "ed", doubled + "ing")


@cache
def _alternatives(choice: str) -> tuple[str, ...]:
    """The words one place of a cue may hold; groups and verbs spelled out."""
    words: list[str] = []
    for word in choice.split("|"):
        if word.startswith("{") and word.endswith("}"):
            name = word[1:-1]
            if name not in word_groups():
                raise BadCue(f"no group of words is called {name}")
            for member in word_groups()[name]:
                words += _alternatives(member)
        elif word.startswith("~"):
            words += forms(word[1:])
        else:
            words.append(word)
    return tuple(words)


@cache
def _regex(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(_word_regex(w) for w in sorted(set(words), key=len, reverse=True)) + ") "


def _word_regex(word: str) -> str:
    if word == "#":
        return _NUMBER
    if word.endswith(">"):
        return re.escape(word[:-1]) + f"(?= (?:{_object_ends()}))"
    if word.endswith("*"):
        return re.escape(word[:-1]) + "[^; ]*"
    return re.escape(word.replace("_", " "))


@cache
def _object_ends() -> str:
    """What may follow "her" where it means the person and not something of hers."""
    return ";|$|" + "|".join(re.escape(w) + " " for w in _alternatives("{" + _AFTER_OBJECT + "}"))


def compile_cue(text: str) -> Cue:
    """A cue from its text. Raises ``BadCue`` where it names an unknown group of words."""
    parts: list[str] = []
    rows: list[tuple[str, ...]] = []
    for place in str(text).split():
        if place in _GAPS:
            parts.append(f"(?:{_WORD} ){{0,{_GAPS[place]}}}?")
        elif place in _EDGES:
            parts.append(_EDGES[place])
        else:
            optional = place.endswith("?")
            words = _alternatives(place[:-1] if optional else place)
            parts.append(_regex(words) if not optional else f"(?:{_regex(words)})?")
            if not optional and not any(w.endswith("*") or w == "#" for w in words):
                rows.append(words)
    needs = (frozenset(w.split("_")[0].rstrip(">") for w in words) for words in sorted(rows, key=_commonness))
    return Cue(str(text), r"(?<= )" + "".join(parts), tuple(needs))


def anchored(text: str) -> Cue:
    """A cue that the index can find. Raises ``BadCue`` where no word of it must occur."""
    cue = compile_cue(text)
    if not cue.anchors:
        raise BadCue(f"the cue {text!r} holds no word that must occur")
    return cue


@cache
def _common_words() -> frozenset[str]:
    return frozenset(word.rstrip(">") for word in _alternatives("{COMMON}"))


@cache
def _commonness(words: tuple[str, ...]) -> tuple[int, int]:
    """How many sentences a place of a cue would let through: common words first, then the number of choices."""
    return sum(w.split("_")[0].rstrip(">") in _common_words() for w in words), len(words)


def read_group(category: str, entry: Mapping[str, Any]) -> CueGroup:
    try:
        return CueGroup(
            name=str(entry["name"]),
            category=category,
            cues=tuple(anchored(text) for text in entry["say"]),
            unless=tuple(compile_cue(text) for text in entry.get("unless", ())),
            anyone=entry.get("actor") == "anyone",
            sure=bool(entry.get("sure", False)),
            deaf=frozenset(entry.get("even-if", ())),
            match=tuple(entry.get("match", ())),
            innocent=tuple(entry.get("innocent", ())),
        )
    except BadCue as error:
        raise BadCue(f"{category}, {entry.get('name')}: {error}") from error


def read_category(path: Path) -> Category:
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    name = str(data["name"])
    groups = tuple(read_group(name, g) for g in data["cues"])
    flags = (bool(data.get(flag)) for flag in ("excused-by-goal", "anybodys", "told-by-absence"))
    return Category(name, str(data["rule"]), str(data["why"]), groups, *flags)


@cache
def categories() -> tuple[Category, ...]:
    """All not covered activities, one file each, by the code of their rule."""
    folder = rulesets_folder() / "lexicons" / "activities"
    return tuple(sorted((read_category(p) for p in folder.glob("*.yaml")), key=lambda c: c.rule))


@cache
def category_named(name: str) -> Category:
    return next(category for category in categories() if category.name == name)


@cache
def cues_of(category: str) -> CueIndex:
    """The cues of one activity."""
    return CueIndex.of(category_named(category).groups)
