"""The type of a contact, and whether it was a group: what the words of a field mean. The wordings are data
(``contact.yaml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from peerlint.records.model import ContactType
from peerlint.records.ticks import chosen

_MOST_WORDS_OF_A_PLACE = 5
_PREPOSITION = re.compile(r"\s(?:at|behind|beside|by|in|near|of|off|on|over|under)\s")
_NOT = re.compile(r"\b(?:no|not|non)\s+$")


@dataclass(frozen=True, slots=True)
class _Wordings:
    types: dict[str, ContactType]
    finding: re.Pattern[str]
    both: frozenset[str]
    group: re.Pattern[str]
    individual: re.Pattern[str]
    beside_contact: frozenset[str]
    places: frozenset[str]
    kinds_of_place: frozenset[str]


@cache
def _wordings() -> _Wordings:
    data = yaml.safe_load((files("peerlint.records") / "contact.yaml").read_text("utf-8"))
    types = {wording: ContactType(kind) for kind, wordings in data["types"].items() for wording in wordings}
    return _Wordings(
        types,
        _any_of(types),
        frozenset(data["both"]),
        _any_of(data["group"]),
        _any_of([_plain(wording) for wording in data["individual"]]),
        frozenset(data["beside_contact"]),
        frozenset(_plain(place) for place in data["places"]),
        frozenset(data["kinds_of_place"]),
    )


def _any_of(wordings: object) -> re.Pattern[str]:
    ordered = sorted(wordings, key=len, reverse=True)  # type: ignore[call-overload]
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, ordered))})(?![a-z0-9])")


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9:]+", " ", text.casefold().replace("’", "'").replace("'s", "s")).split())


def contact_types(text: str) -> tuple[ContactType, ...]:
    """The types of contact that the words name, each once, in order of appearance."""
    said = chosen(text)
    known = _wordings()
    if said.strip().casefold() in known.both:
        return (ContactType.TELEHEALTH, ContactType.AUDIO_ONLY)
    plain = _plain(said)
    found: list[ContactType] = []
    for match in known.finding.finditer(plain):
        kind = known.types[match[0]]
        if kind not in found and not _NOT.search(plain[: match.start()]):
            found.append(kind)
    return tuple(found)


def names_only_the_contact(text: str) -> bool:
    """Whether the words name types of contact and nothing else: "Audio only (telephone)", "Video and audio"."""
    plain, known = _plain(chosen(text)), _wordings()
    rest = known.finding.sub(" ", plain).split()
    return bool(known.finding.search(plain)) and all(word in known.beside_contact for word in rest)


def says_group(text: str) -> bool:
    """Whether the words name a group service; "group home" and "individual" do not."""
    plain = _plain(chosen(text)).replace("group home", "").replace("group residence", "")
    known = _wordings()
    return bool(known.group.search(plain)) and not known.individual.search(plain)


def names_only_the_size(text: str) -> bool:
    """Whether the words say individual or group and nothing else."""
    known = _wordings()
    rest = known.individual.sub("", known.group.sub("", _plain(text)))
    return not re.search(r"[a-z]", rest)


def is_place(text: str) -> bool:
    """Whether a caption is one of the places that forms offer."""
    return _plain(text) in _wordings().places


def names_a_place(text: str) -> bool:
    """Whether a few words name a kind of place, last or before where it is: "public library", "her sister's porch",
    "bench by the river", "conference room 3"."""
    words = _PREPOSITION.split(_plain(text))[0].split()
    while words and words[-1].isdigit():
        words.pop()
    return 0 < len(words) <= _MOST_WORDS_OF_A_PLACE and words[-1] in _wordings().kinds_of_place
