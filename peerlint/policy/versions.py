"""Which version of a payer's policy binds a date of service, and which payer a chart's words name.

Rulesets without dates (bases, look-backs) are chosen by name only and do not count as versions.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from peerlint.policy.errors import Problem, RulesetError
from peerlint.policy.load import load_many, shipped
from peerlint.policy.model import Period, Ruleset


@cache
def versions() -> tuple[Ruleset, ...]:
    """The shipped policy versions that bind by date, by payer and time."""
    dated = [ruleset for ruleset in load_many(shipped()) if ruleset.in_effect != Period()]
    return tuple(sorted(dated, key=lambda r: (r.payer, r.in_effect.since or date.min)))


def payers() -> tuple[str, ...]:
    """The payers that have versions."""
    return tuple(dict.fromkeys(ruleset.payer for ruleset in versions()))


def payer_named(words: str) -> str:
    """The payer that the words name by its own name or an alias; "" where they name none or more than one."""
    named = {r.payer for r in versions() for name in (r.payer, *r.aliases) if _mentions(words, name)}
    return named.pop() if len(named) == 1 else ""


def for_date(payer: str, day: date | None) -> Ruleset:
    """The payer's version in effect on ``day``, the latest where the day is unknown. Raises ``RulesetError``."""
    in_effect = [ruleset for ruleset in versions() if ruleset.payer == payer and ruleset.in_effect.covers(day)]
    if not in_effect:
        when = f"in effect on {day.isoformat()}" if day else "at hand"
        raise RulesetError(Problem(payer, 0, "", f"no version of this payer's policy is {when}"))
    return in_effect[-1]


def _mentions(words: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE) is not None
