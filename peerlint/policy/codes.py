"""The codes a ruleset may ask for, and which of them documents alone cannot decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from peerlint.policy.errors import nearest
from peerlint.policy.source import read_source

_DIGITS = str.maketrans("oOiIl", "00111")


@dataclass(frozen=True, slots=True)
class Codes:
    """``names`` by code; ``attested`` tells what a rule would need that no plan, crisis plan or note holds."""

    names: Mapping[str, str]
    attested: Mapping[str, str]

    def meant(self, word: str) -> str:
        """The code that a word was probably meant to be: one with letters for digits, a near one, or a rule's name."""
        by_name = {name: code for code, name in self.names.items()}
        digits = word[:1].upper() + word[1:].translate(_DIGITS)
        if digits in self.names:
            return digits
        return by_name.get(nearest(word, by_name), "") or nearest(word, self.names)


@cache
def codes() -> Codes:
    data = read_source(Path(__file__).with_name("codes.yaml")).data
    return Codes(data["names"], data["attested"])
