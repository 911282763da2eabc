"""Whether a narrative tells of its own member: another member's name, or the other pronouns throughout.

Both are what a copied narrative leaves behind. Names that belong to the member's own life are no slips: relatives,
friends and staff named in the chart, people introduced by what they are ("her cousin Rosa"), names in titles, places
and quotations.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from peerlint.language.lexicon import lexicon
from peerlint.language.model import Slip, WrongPerson
from peerlint.language.words import sentences, unquoted
from peerlint.records.model import Caseload, Chart, Section, ServiceNote, Topic

FEWEST_PRONOUNS = 3
"""Pronouns of the other kind, and none of the right kind, from which a narrative tells of the wrong person."""
THROUGHOUT = 4
"""The same where they stand anywhere in a sentence and no other person is named at all."""
KNOWN_FROM = 6
"""Pronouns in the rest of the chart from which the member's own are known ..."""
KNOWN_SHARE = 0.75
"""... where at least this share of them agrees."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]")
_CAPITALISED = re.compile(r"\b[A-Z][^\W\d_]+(?:['’-][^\W\d_]+)*")
_TELLING = (Topic.PURPOSE, Topic.INTERVENTION, Topic.RESPONSE, Topic.NARRATIVE, Topic.NEXT_STEP)


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
    _lasts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _staff: set[str] = field(default_factory=set)
    _pronouns: dict[tuple[str, int], Counter[str]] = field(default_factory=dict)
    _usual: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _at_home: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for chart in self.caseload.charts:
            if chart.member and not chart.member.initials_only:
                if len(chart.member.first) > 2:
                    self._firsts[chart.member.first.casefold()][chart.key] = chart.member.last.casefold()
                self._lasts[chart.member.last.casefold()].add(chart.key)
            for note in chart.notes:
                key = (note.header.path, note.header.index)
                self._homes[key] = chart
                self._pronouns[key] = _pronouns(note.sections(*_TELLING), chart)
                self._usual[chart.key] += self._pronouns[key]
                self._staff |= {name.casefold() for s in note.header.signatures for name in _TOKEN.findall(s.name)}

    def slips(self, note: ServiceNote) -> Iterator[WrongPerson]:
        """What in one note tells of another person, names first."""
        chart = self._homes.get((note.header.path, note.header.index))
        if chart is None or chart.member is None:
            return
        yield from self._names(note, chart)
        yield from self._wrong_pronouns(note, chart)

    def _names(self, note: ServiceNote, chart: Chart) -> Iterator[WrongPerson]:
        named = {_bare(word) for s in note.sections(*_TELLING) for word in _CAPITALISED.findall(s.text)}
        firsts = {name for name in named if self._is_other_member(name, self._firsts.get(name, ()), chart)}
        lasts = {name for name in named if self._is_other_member(name, self._lasts.get(name, ()), chart)}
        if not firsts | lasts:
            return
        told, known = list(_told(note)), self._known_in(chart, note)
        for name in sorted(firsts - known):
            yield from self._first_name(name, told)
        for name in sorted(lasts - known):
            yield from _titled(name, told)

    def _first_name(self, name: str, told: list[_Told]) -> Iterator[WrongPerson]:
        """A member's first name that nothing in the narrative explains."""
        last_names = set(self._firsts[name].values())
        places = [
            (s, at) for s in told for at, token in enumerate(s.tokens) if _bare(token) == name and _is_name(token)
        ]
        if not places or any(_introduced(s.tokens, at, last_names) for s, at in places):
            return
        full = [s for s, at in places if _bare(" ".join(s.tokens[at + 1 : at + 2])) in last_names]
        served = [s for s, at in places if at and s.tokens[at - 1].casefold() in _words("served")]
        first, at = places[0]
        why = f"another member is called {first.tokens[at]}; the chart knows nobody of that name"
        yield _slip(Slip.NAME, next(iter(full or served), first), why, sure=bool(full))

    def _is_other_member(self, name: str, charts: Collection[str], chart: Chart) -> bool:
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

    def _wrong_pronouns(self, note: ServiceNote, chart: Chart) -> Iterator[WrongPerson]:
        here = self._pronouns[note.header.path, note.header.index]
        rest = self._usual[chart.key] - here
        if not rest:
            rest = _pronouns((section for plan in chart.plans for section in plan.header.sections), chart)
        right, share = max(rest.items(), key=lambda item: item[1], default=("", 0))
        wrong = "she" if right == "he" else "he"
        if rest.total() < KNOWN_FROM or share < KNOWN_SHARE * rest.total() or here[wrong] < FEWEST_PRONOUNS:
            return
        told = list(_told(note))
        found = Counter(opening for sentence in told if (opening := _subject(sentence)))
        opens = found[wrong] >= FEWEST_PRONOUNS and not found[right]
        throughout = here[wrong] >= THROUGHOUT and not here[right] and not _names_somebody(told, chart)
        if not (opens or throughout) or _company(told, wrong):
            return
        sentence = next(s for s in told if _kinds("pronouns").keys() & {token.casefold() for token in s.tokens})
        why = f'"{wrong}" stands {here[wrong]} times and "{right}" {here[right]}, unlike the member\'s other records'
        yield _slip(Slip.PRONOUNS, sentence, why, sure=not here[right])


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


def _titled(name: str, told: Iterable[_Told]) -> Iterator[WrongPerson]:
    """A member's last name behind a title ("Mr. Stone")."""
    for sentence in told:
        lower = [_bare(token) for token in sentence.tokens]
        for at, token in enumerate(lower):
            if token == name and _kinds("honorifics").keys() & set(lower[max(at - 2, 0) : at]):
                why = f"another member's name is {sentence.tokens[at]}; the chart knows nobody of that name"
                yield _slip(Slip.NAME, sentence, why, sure=False)
                return


def _bare(token: str) -> str:
    return token.casefold().removesuffix("'s").removesuffix("’s")


def _is_name(token: str) -> bool:
    return token[0].isupper()


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


def _pronouns(sections: Iterable[Section], chart: Chart) -> Counter[str]:
    """How often each kind of pronoun stands outside quotation marks, the member's honorific included."""
    last = chart.member.last.casefold() if chart.member else ""
    counted: Counter[str] = Counter()
    for section in sections:
        lower = unquoted(section.text).casefold().replace("’", "'")
        counted.update(_kinds("pronouns")[word] for word in _any_of("pronouns").findall(lower))
        titled = _any_of("honorifics").finditer(lower) if last and last in lower else ()
        counted.update(_kinds("honorifics")[m[1]] for m in titled if lower[m.end() :].lstrip(". ").startswith(last))
    return counted


@cache
def _any_of(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(sorted(map(re.escape, _kinds(kind)), key=len, reverse=True))})\b")


def _subject(sentence: _Told) -> str:
    """The kind of pronoun that a sentence opens with, "" for none: it means the member as a rule."""
    return _kinds("pronouns").get(sentence.tokens[0].casefold(), "") if sentence.tokens else ""


def _names_somebody(told: Iterable[_Told], chart: Chart) -> bool:
    """Whether a name stands inside a sentence that is not the member's own."""
    own = {part.casefold() for part in chart.member.full.split()} if chart.member else set()
    inside = (token for sentence in told for token in sentence.tokens[1:] if _is_name(token) and len(token) > 1)
    return any(_bare(token) not in own for token in inside)


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
