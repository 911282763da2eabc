"""What can be wrong with a ruleset, said at its file, line and key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, read as one line even where it quotes a value that runs over several.

    ``line`` counts from 1 (0: the whole file); ``key`` is the path of keys ("requirements.N110")."""

    file: str
    line: int
    key: str
    what: str
    suggestion: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        key = f" {self.key}:" if self.key else ""
        hint = f" (did you mean {self.suggestion}?)" if self.suggestion else ""
        return " ".join(f"{place}:{key} {self.what}{hint}".split())


class RulesetError(Exception):
    """A ruleset that cannot be used. Reads as one line; ``problems`` has every mistake that was found."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that ``word`` was probably meant to be, "" where none is near."""
    by_lower = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else ""
