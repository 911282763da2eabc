"""Names of people as forms write them: "Alvarez, Rosa M.", "Ms. Rosa Alvarez", "Robert (Bob) Lee Jr.", "K.D."."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

import yaml

from peerlint.records.credentials import find_credentials, first_credential
from peerlint.records.model import PersonName

_TITLES = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|mx|dr|rev|sr|sra|srta|prof|hon|pastor|sister|brother)\b\.?\s+)+", re.IGNORECASE
)
_SUFFIX = re.compile(r"[,\s]+(?:jr|sr|ii|iii|iv|esq)\b\.?", re.IGNORECASE)
_ASIDE = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|[\"“][^\"”]*[\"”]|\s['‘][^'’]+['’](?=\s|$)|\b(?:aka|a\.k\.a\.)\b.*$", re.IGNORECASE
)
_BEHIND = re.compile(
    r"(?:\t|\||;|\n|\s[-–—]\s|\b(?:page|pg|p\.)\s*\d|\b(?:dob|d\.o\.b|mid|medicaid|born|record|date|id)\b|#|\d).*$",
    re.IGNORECASE | re.DOTALL,
)
_INITIALS = re.compile(r"(?:[A-Z]\.?[\s.-]*){2,3}")
_PARTICLES = frozenset(
    ["de", "del", "la", "las", "los", "da", "dos", "van", "von", "der", "den", "di", "du", "le", "el", "al", "bin", "ibn", "mc", "st", "st.", "san", "santa", "y", "e"]
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
_NOT_NAMES = frozenset(
    ["n/a", "na", "none", "unknown", "anonymous", "member", "client", "consumer", "individual", "patient", "participant", "recipient", "beneficiary", "name", "services", "service", "support", "note", "plan", "self", "same", "above", "various", "group", "all", "see"]
)
_MOST_WORDS = 6


def read_name(text: str) -> PersonName | None:
    """The name of one person, titles, credentials and asides removed; None where no name stands there."""
    if text.strip(" .").casefold() in _NOT_NAMES:
        return None
    text = _ASIDE.sub(" ", text.strip())
    text = _BEHIND.sub("", _TITLES.sub("", text.strip())).strip(" ,.:;-_/")
    start = first_credential(text)
    if (
        start is not None
        and re.search(r"\w\s*,?\s*$", text[:start])
        and find_credentials(text)
        and len(text[:start].split()) >= 2
    ):
        text = text[:start].strip(" ,;-–(")
    text = _SUFFIX.sub("", text)
    if (
        _INITIALS.fullmatch(text)
        and len(re.findall(r"[A-Z]", text)) in (2, 3)
        and (len(text) <= 3 or "." in text or " " in text)
    ):
        letters = re.findall(r"[A-Z]", text)
        return PersonName(f"{letters[0]}.", f"{letters[-1]}.", initials_only=True)
    if "," in text:
        return _last_first(text)
    return _in_order(_WORD.findall(text), text)


def _last_first(text: str) -> PersonName | None:
    last, _, first = text.partition(",")
    lasts, firsts = _WORD.findall(last), _WORD.findall(first.split(",")[0])
    if not lasts or not firsts or not _plausible(lasts + firsts):
        return _in_order(lasts, last)
    return PersonName(_cased(firsts[0]), " ".join(map(_cased, lasts)))


def _in_order(words: list[str], text: str) -> PersonName | None:
    if not _plausible(words) or len(text) > 60:
        return None
    if len(words) == 1:
        return PersonName(_cased(words[0]), "")
    lasts = [word for word in words[1:-1] if len(word.strip(".")) > 1] + words[-1:]
    return PersonName(_cased(words[0]), " ".join(map(_cased, lasts)))


def _plausible(words: list[str]) -> bool:
    if not words or len(words) > _MOST_WORDS or any(word.casefold() in _NOT_NAMES for word in words):
        return False
    return (
        all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)
        or (all(word.islower() for word in words)
        and len(words) <= 3)
    )


def _cased(word: str) -> str:
    """ROSA -> Rosa, O'NEAL -> O'Neal; mixed case is left alone."""
    if not (word.isupper() or word.islower()) or (len(word) <= 2 and word.casefold() in _PARTICLES):
        return word.lower() if word.casefold() in _PARTICLES else word.capitalize() if word.islower() else word
    if word.casefold() in _PARTICLES:
        return word.lower()
    return re.sub(
        r"[^\W\d_]+",
        lambda match: match[0].capitalize() if len(match[0]) > 1 or not match.start() else match[0].upper(),
        word,
    )


def folded(name: str) -> str:
    """A name for comparison: lower case, accents and punctuation removed."""
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^a-z ]+", " ", letters.casefold().replace("'", "").replace("’", "")).strip()


def same_person(one: PersonName, other: PersonName) -> bool:
    """Whether two names can be of one person: equal, or the same last name with a first name that shortens the other's, or
    initials that fit."""
    if one.initials_only or other.initials_only:
        return _initial(one.first) == _initial(other.first) and _initial(one.last) == _initial(other.last)
    first, second = folded(one.first), folded(other.first)
    lasts = (set(folded(one.last).split()), set(folded(other.last).split()))
    if not (lasts[0] & lasts[1]):
        return False
    shorter, longer = sorted((first, second), key=len)
    return (bool(shorter) and longer.startswith(shorter)) or _is_nickname(first, second)


def _initial(name: str) -> str:
    return folded(name)[:1]


@cache
def _nicknames() -> tuple[frozenset[str], ...]:
    groups = yaml.safe_load((files("peerlint.records") / "nicknames.yaml").read_text("utf-8"))
    return tuple(frozenset(group) for group in groups)


def _is_nickname(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _nicknames())
