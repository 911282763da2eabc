"""Whether a narrative tells of its own member: another member's name, or the other pronouns throughout.

Both are what a copied narrative leaves behind. Names that belong to the member's own life are no slips: relatives,
friends and staff named in the chart, people introduced by what they are ("her cousin Rosa"), names in titles, places
and quotations.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from peerlint.language.lexicon import lexicon
from peerlint.language.model import Slip, WrongPerson
from peerlint.language.words import sentences, unquoted
from peerlint.records.model import Caseload, Chart, Section, ServiceNote, Topic

FEWEST_PRONOUNS = 3
"""Pronouns of the other kind, and none of the right kind, from which a narrative tells of the wrong person."""
KNOWN_FROM = 6
"""Pronouns in the rest of the chart from which the member's own are known ..."""
KNOWN_SHARE = 0.75
"""... where at least this share of them agrees."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]")
_TELLING = (Topic.PURPOSE, Topic.INTERVENTION, Topic.RESPONSE, Topic.NARRATIVE)


@dataclass(frozen=True)
class _Told:
    """One sentence outside quotation marks, as tokens with punctuation."""

    text: str
    tokens: tuple[str, ...]
    section: Section


@dataclass
class Cast:
    """The people of a caseload: members' names by chart, names at home in each chart, and each member's pronouns."""

    caseload: Caseload
    _homes: dict[tuple[str, int], Chart] = field(default_factory=dict)
    _firsts: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _staff: set[str] = field(default_factory=set)
    _pronouns: dict[str, dict[tuple[str, int], Counter[str]]] = field(default_factory=lambda: defaultdict(dict))
    _at_home: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for chart in self.caseload.charts:
            if chart.member and not chart.member.initials_only and len(chart.member.first) > 2:
                self._firsts[chart.member.first.casefold()][chart.key] = chart.member.last.casefold()
            for note in chart.notes:
                key = (note.header.path, note.header.index)
                self._homes[key] = chart
                self._pronouns[chart.key][key] = _pronouns(_told(note), chart)
                self._staff |= {name.casefold() for s in note.header.signatures for name in _TOKEN.findall(s.name)}

    def slips(self, note: ServiceNote) -> Iterator[WrongPerson]:
        """What in one note tells of another person, names first."""
        chart = self._homes.get((note.header.path, note.header.index))
        if chart is None or chart.member is None:
            return
        told = list(_told(note))
        yield from self._names(note, told, chart)
        yield from self._wrong_pronouns(note, told, chart)

    def _names(self, note: ServiceNote, told: list[_Told], chart: Chart) -> Iterator[WrongPerson]:
        seen: dict[str, list[tuple[_Told, int]]] = defaultdict(list)
        for sentence in told:
            for at, token in enumerate(sentence.tokens):
                if token[0].isupper() and self._is_other_member(token.casefold().removesuffix("'s"), chart):
                    seen[token.casefold().removesuffix("'s")].append((sentence, at))
        for name, places in seen.items():
            last_names = set(self._firsts[name].values())
            if name in self._known_in(chart, note) or any(_introduced(s.tokens, at, last_names) for s, at in places):
                continue
            served = [s for s, at in places if at and s.tokens[at - 1].casefold() in _words("served")]
            first, at = places[0]
            why = f"another member is called {first.tokens[at]}; the chart knows nobody of that name"
            yield _slip(Slip.NAME, served[0] if served else first, why, sure=bool(served))

    def _is_other_member(self, name: str, chart: Chart) -> bool:
        charts = self._firsts.get(name, {})
        own = {part.casefold() for part in chart.member.full.split()} if chart.member else set()
        return bool(charts) and chart.key not in charts and name not in own and name not in self._staff

    def _known_in(self, chart: Chart, note: ServiceNote) -> frozenset[str]:
        """Names that the member's other records hold: people of the member's own life."""
        key = f"{note.header.path}#{note.header.index}"
        if key not in self._at_home:
            others = (r.header.text for r in chart.records() if r.header is not note.header)
            names = (token for text in others for token in _TOKEN.findall(text) if token[0].isupper())
            self._at_home[key] = frozenset(name.casefold().removesuffix("'s") for name in names)
        return self._at_home[key]

    def _wrong_pronouns(self, note: ServiceNote, told: list[_Told], chart: Chart) -> Iterator[WrongPerson]:
        here = (note.header.path, note.header.index)
        rest: Counter[str] = Counter()
        for key, counted in self._pronouns[chart.key].items():
            if key != here:
                rest += counted
        if not rest:
            rest = _pronouns((t for plan in chart.plans for t in _split(plan.header.sections)), chart)
        right, share = max(rest.items(), key=lambda item: item[1], default=("", 0))
        if rest.total() < KNOWN_FROM or share < KNOWN_SHARE * rest.total():
            return
        found = Counter(opening for sentence in told if (opening := _subject(sentence)))
        wrong = "she" if right == "he" else "he"
        if found[right] or found[wrong] < FEWEST_PRONOUNS or _company(told, wrong):
            return
        sentence = next(s for s in told if _subject(s) == wrong)
        why = f'"{wrong}" opens {found[wrong]} sentences and "{right}" none, unlike the member\'s other records'
        sure = not self._pronouns[chart.key][here][right]
        yield _slip(Slip.PRONOUNS, sentence, why, sure=sure)


def wrong_people(note: ServiceNote, cast: Cast) -> tuple[WrongPerson, ...]:
    """Slips in one note that a copied text leaves behind, in document order."""
    return tuple(cast.slips(note))


def _slip(slip: Slip, sentence: _Told, why: str, *, sure: bool) -> WrongPerson:
    return WrongPerson(slip, sentence.text, sentence.section.place, sentence.section.heading, sure, why)


def _told(note: ServiceNote) -> Iterator[_Told]:
    return _split(note.sections(*_TELLING))


def _split(sections: Iterable[Section]) -> Iterator[_Told]:
    for section in sections:
        for text in sentences(section.text):
            yield _Told(text, tuple(_TOKEN.findall(unquoted(text).replace("’", "'"))), section)


def _introduced(tokens: tuple[str, ...], at: int, members: set[str]) -> bool:
    """Whether a name stands beside what the person is, in a title, in a place's name or in the full name of
    nobody among the ``members`` (last names)."""
    before = tokens[at - 1] if at else ""
    behind = tokens[at + 1] if at + 1 < len(tokens) else ""
    if behind.casefold() in members:
        return False
    beside = {token.casefold() for token in (before, behind) if token}
    if beside & (_words("relations") | _words("titles")):
        return True
    if before == "." and at > 1 and tokens[at - 2].casefold() in _words("titles"):
        return True
    if behind == "," and at + 3 < len(tokens) and {t.casefold() for t in tokens[at + 2 : at + 5]} & _words("relations"):
        return True
    named_after = behind[:1].isupper() and len(behind) > 1
    part_of_name = before[:1].isupper() and at > 1 and len(before) > 1
    return named_after or part_of_name


def _pronouns(told: Iterable[_Told], chart: Chart) -> Counter[str]:
    """How often each kind of pronoun stands in the text, the member's honorific included."""
    last = chart.member.last.casefold() if chart.member else ""
    counted: Counter[str] = Counter()
    for sentence in told:
        lower = [token.casefold() for token in sentence.tokens]
        for at, token in enumerate(lower):
            if token in _kinds("pronouns"):
                counted[_kinds("pronouns")[token]] += 1
            elif token in _kinds("honorifics") and last and last in lower[at + 1 : at + 3]:
                counted[_kinds("honorifics")[token]] += 1
    return counted


def _subject(sentence: _Told) -> str:
    """The kind of pronoun that a sentence opens with, "" for none: it means the member as a rule."""
    return _kinds("pronouns").get(sentence.tokens[0].casefold(), "") if sentence.tokens else ""


def _company(told: Iterable[_Told], kind: str) -> bool:
    """Whether somebody else is about whom such a pronoun may mean."""
    known = _kinds("company")
    return any(known.get(token.casefold()) in (kind, "either") for sentence in told for token in sentence.tokens)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in lexicon("people")[name])


@cache
def _kinds(name: str) -> dict[str, str]:
    return {str(word): kind for kind, found in lexicon("people")[name].items() for word in found}
