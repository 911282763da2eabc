"""Cases beside a ruleset, written without Python: records in plain words and the verdicts they must get."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from peerlint.policy.codes import codes
from peerlint.policy.errors import Problem, RulesetError, nearest
from peerlint.policy.source import read_source
from peerlint.shelf import rulesets_folder

VERDICTS = ("not_met", "needs_review", "not_evaluated", "met", "not_applicable")
"""From the gravest; a case that a rule judges several times has the gravest of its verdicts."""


class Case(BaseModel):
    """``records`` are documents in plain text, parted by lines of ``---``; ``expect`` gives a verdict by rule code."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    records: str
    expect: dict[str, str]

    @field_validator("expect")
    @classmethod
    def _known(cls, expect: dict[str, str]) -> dict[str, str]:
        for code, verdict in expect.items():
            if code not in codes().names:
                raise ValueError(f"there is no rule {code}")
            if verdict not in VERDICTS:
                hint = nearest(verdict, VERDICTS)
                raise ValueError(f"{verdict!r} is no verdict" + (f"; did you mean {hint}?" if hint else ""))
        return expect

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.records.split("\n---\n"))

    def disagreements(self, verdicts: Mapping[str, str]) -> list[str]:
        """What the case expected and did not get, in words. ``verdicts`` by rule code, as ``gravest`` gives them."""
        return [
            f"{code}: expected {expected}, got {verdicts.get(code, 'no verdict')}"
            for code, expected in self.expect.items()
            if verdicts.get(code) != expected
        ]


class Cases(BaseModel):
    """The cases of one ruleset. ``as_of`` is the day on which the records are judged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    as_of: date
    cases: tuple[Case, ...]


def cases_beside(ruleset: str | Path) -> Path:
    """Where the cases of a ruleset lie: in ``tests`` beside its file, under the same name."""
    path = Path(ruleset)
    if path.suffix in (".yaml", ".yml"):
        return path.parent / "tests" / path.name
    return rulesets_folder() / "tests" / f"{ruleset}.yaml"


def read_cases(path: Path) -> Cases:
    """The cases in a file. Raises ``RulesetError`` at the line and key of each mistake, or where there is no file."""
    if not path.is_file():
        raise RulesetError(Problem(f"{path.parent.name}/{path.name}", 0, "", "there are no cases beside this ruleset"))
    source = read_source(path)
    try:
        return Cases.model_validate(source.data)
    except ValidationError as error:
        raise RulesetError(*(source.problem(e["loc"], e["msg"]) for e in error.errors())) from None


def gravest(verdicts: Mapping[str, list[str]]) -> dict[str, str]:
    """One verdict for each rule: the gravest that it gave."""
    return {code: min(given, key=VERDICTS.index) for code, given in verdicts.items() if given}
