"""Procedure codes and modifiers as forms write them ("H0038-HQ-GT", "H0038 HQ", "Modifier KX")."""

from __future__ import annotations

import re
from collections.abc import Iterator

CODE = re.compile(r"(?<![A-Za-z0-9])([A-Z]\d{4}|90\d{3}|99\d{3})(?![A-Za-z0-9])")
_BEFORE_DIGITS = re.compile(
    r"(?:^|[\n\t|]|\b(?:CPT|HCPCS|codes?|procedure|proc|services?|svc|billed|as)\b[\s.:#(-]*)\s*$", re.IGNORECASE
)
_MODIFIER = r"HQ|GT|KX|GQ|FQ|FR|93|95|U[1-9A-D]|H[A-Z]|T[A-Z]|22|25|59|76|77|XE|XP|XS|XU"
_BEHIND_CODE = re.compile(rf"[A-Z]\d{{4}}((?:\s*[-–:/,|+&(]?\s*\(?(?:{_MODIFIER})(?![A-Za-z0-9])\)?)+)")
_BEHIND_DESCRIPTION = re.compile(
    rf"[A-Z]\d{{4}}[^\n|]{{3,60}}?\s[-–—]\s*((?:(?:{_MODIFIER})(?![A-Za-z0-9])[\s,/&+-]*)+)$"
)
_BEHIND_WORD = re.compile(
    rf"\bmod(?:ifier)?s?\b\.?[\s:#-]*((?:(?:{_MODIFIER})(?![A-Za-z0-9])[\s,/&+-]*)+)", re.IGNORECASE
)
_ALONE = re.compile(rf"(?<![A-Za-z0-9])(?:{_MODIFIER})(?![A-Za-z0-9])")


def codes_in(text: str) -> Iterator[str]:
    """Procedure codes in order of appearance."""
    for match in CODE.finditer(text):
        yield match[1]


def codes_named_in(text: str) -> Iterator[str]:
    """The codes of a text that no label calls one: bare digits may count anything ("Encounter 90366") unless they stand
    first or behind a word for a code."""
    for match in CODE.finditer(text):
        if not match[1].isdigit() or _BEFORE_DIGITS.search(text[: match.start()]):
            yield match[1]


def modifiers_behind(text: str) -> Iterator[str]:
    """Modifiers that stand behind a procedure code, behind its description or behind the word modifier."""
    told = [match for pattern in (_BEHIND_CODE, _BEHIND_DESCRIPTION, _BEHIND_WORD) for match in pattern.finditer(text)]
    for match in sorted(told, key=lambda match: match.start()):
        yield from (found[0].upper() for found in _ALONE.finditer(match[1].upper()))


def modifiers_in(text: str) -> Iterator[str]:
    """Modifiers in a field that holds nothing but modifiers."""
    for match in _ALONE.finditer(text.upper()):
        yield match[0]
