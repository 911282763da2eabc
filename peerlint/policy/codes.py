"""The codes a ruleset may ask for, and which of them documents alone cannot decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from peerlint.policy.errors import nearest
from peerlint.policy.source import read_source


@dataclass(frozen=True, slots=True)
class Codes:
    """``names`` by code; ``attested`` tells what a rule would need that no plan, crisis plan or note holds."""

    names: Mapping[str, str]
    attested: Mapping[str, str]

    def meant(self, word: str) -> str:
        """The code that a word was probably meant to be: a near code, or the code of the rule so named."""
        by_name = {name: code for code, name in self.names.items()}
        return nearest(word, self.names) or by_name.get(nearest(word, by_name), "")


@cache
def codes() -> Codes:
    data = read_source(Path(__file__).with_name("codes.yaml")).data
    return Codes(data["names"], data["attested"])
