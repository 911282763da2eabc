"""A rule's page for ``peerlint explain``."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from peerlint.policy.model import Requirement
from peerlint.rules.base import Rule

WIDTH = 88


def rule_page(rule: Rule, requirements: Sequence[tuple[str, Requirement]]) -> str:
    """The page as plain text; ``requirements`` pair a ruleset's id with what it asks of this rule."""
    page = rule.page()
    parts = [f"{rule.code} {rule.name}", _paragraph(page["what"])]
    if why := page.get("why"):
        parts.append("Why an auditor asks\n" + _indented(why))
    parts.append("Asked for by\n" + ("\n".join(map(_clause, requirements)) or "  no shipped ruleset"))
    if rule.parameters:
        options = "\n".join(f"  {name} = {value!r}" for name, value in rule.parameters.items())
        parts.append("Options and their defaults\n" + options)
    for title, key in (("A record that fails", "bad"), ("A record that passes", "good")):
        if example := page.get(key):
            parts.append(f"{title}\n" + textwrap.indent(example, "  | ", lambda _: True))
    if mend := page.get("mend"):
        parts.append("The lawful way to mend it\n" + _indented(mend))
    return "\n\n".join(parts)


def _clause(named: tuple[str, Requirement]) -> str:
    ruleset, r = named
    unverified = "" if r.citation == "verified" else ", remembered and not read in the source"
    asks = f": {r.asks}" if r.asks else ""
    return _indented(f"{ruleset} ({r.severity.value}): {r.policy}, {r.clause}{unverified}{asks}", "    ")


def _paragraph(text: str) -> str:
    return textwrap.fill(text, WIDTH)


def _indented(text: str, following: str = "  ") -> str:
    return textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent=following)
