"""Names of people as forms write them: "Alvarez, Rosa M.", "Ms. Rosa Alvarez", "Robert (Bob) Lee Jr.", "K.D."."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

import yaml

from peerlint.records.credentials import find_credentials, first_credential
from peerlint.records.model import PersonName
from peerlint.records.wordlists import wordlist
from peerlint.records.words import word_list

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
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
_MOST_WORDS = 6


def read_name(text: str) -> PersonName | None:
    """The name of one person, titles, credentials and asides removed; None where no name stands there."""
    if text.strip(" .").casefold() in word_list("no_names"):
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


def _in_order(parts: list[str], text: str) -> PersonName | None:
    parts = _up_to_form_words(parts)
    if not _plausible(parts) or len(text) > 60:
        return None
    if len(parts) == 1:
        return PersonName(_cased(parts[0]), "")
    lasts = [part for part in parts[1:-1] if len(part.strip(".")) > 1] + parts[-1:]
    return PersonName(_cased(parts[0]), " ".join(map(_cased, lasts)))


def _up_to_form_words(parts: list[str]) -> list[str]:
    """ "Kevin Dang Coverage ID": what the next column says is cut from behind a first and last name."""
    end = next((n for n, part in enumerate(parts) if part.casefold() in _everyday_words()), len(parts))
    return parts[:end] if end > 1 and not parts[0].islower() else parts


def _plausible(parts: list[str]) -> bool:
    if not parts or len(parts) > _MOST_WORDS or any(_is_no_name(part.casefold()) for part in parts):
        return False
    if all(part.islower() for part in parts):
        return len(parts) <= 3
    return all(part[0].isupper() or part.casefold() in word_list("name_particles") for part in parts)


def _is_no_name(word: str) -> bool:
    return word in word_list("no_names") or word in _everyday_words()


@cache
def _everyday_words() -> frozenset[str]:
    return frozenset(wordlist("names.yaml")["no_part_of_a_name"])


def _cased(word: str) -> str:
    """ROSA -> Rosa, O'NEAL -> O'Neal; mixed case is left alone."""
    if not (word.isupper() or word.islower()) or (len(word) <= 2 and word.casefold() in word_list("name_particles")):
        return (
            word.lower()
            if word.casefold() in word_list("name_particles")
            else word.capitalize()
            if word.islower()
            else word
        )
    if word.casefold() in word_list("name_particles"):
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
    """Whether two names can be of one person: equal, or the same last name with a first name that shortens the
    other's, the same words with the last name first or with a first name that one of them leaves out, or initials that
    fit."""
    if one.initials_only or other.initials_only:
        return _initial(one.first) == _initial(other.first) and _initial(one.last) == _initial(other.last)
    first, second = folded(one.first), folded(other.first)
    lasts = (set(folded(one.last).split()), set(folded(other.last).split()))
    if lasts == ({second}, {first}):
        return True
    if not (lasts[0] & lasts[1]):
        return False
    shorter, longer = sorted((first, second), key=len)
    middle = first in lasts[1] - lasts[0] or second in lasts[0] - lasts[1]
    return (bool(shorter) and longer.startswith(shorter)) or middle or _is_nickname(first, second)


def _initial(name: str) -> str:
    return folded(name)[:1]


@cache
def _nicknames() -> tuple[frozenset[str], ...]:
    groups = yaml.safe_load((files("peerlint.records") / "nicknames.yaml").read_text("utf-8"))
    return tuple(frozenset(group) for group in groups)


def _is_nickname(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _nicknames())
