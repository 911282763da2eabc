"""Words and forms that several formats share."""

from __future__ import annotations

import re
from datetime import date

from peerlint.findings.model import Citation, Finding, Location

_QUOTED = re.compile(r'"([^"]{2,})"|“([^”]{2,})”')

VERDICT_WORDS = {
    "met": "met",
    "not_met": "not met",
    "needs_review": "needs review",
    "not_applicable": "n.a.",
    "not_evaluated": "not evaluated",
}

KIND_WORDS = {"note": "service note", "plan": "plan", "crisis-plan": "crisis plan", "other": "other record"}

HOW_COUNTED = (
    "Percentages are met out of met and not met. What needs review or could not be evaluated is counted apart, "
    "never as met."
)

AT_RISK = (
    "Units at risk are the stated units of contacts with an open error of their own. "
    "An error on the chart's plan may put more at risk."
)


def percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f} %" if value == round(value) else f"{value:.1f} %"


def points(change: float | None) -> str:
    """A change of a percentage in points: "+7.3", "0", "" where there is none to tell."""
    if change is None:
        return ""
    return f"{change:+g}" if change else "0"


def number(value: float | None) -> str:
    """4.0 as "4", 2.5 as "2.5", None as ""."""
    if value is None:
        return ""
    return f"{value:g}"


def count(amount: int, one: str, many: str = "") -> str:
    return f"{amount} {one if amount == 1 else many or one + 's'}"


def clause(cited: Citation) -> str:
    """ "EX.PS.100, 4.f (example-payer-2025)" """
    if cited.status == "general":
        return f"general rule of record keeping ({cited.ruleset})"
    doubt = ", unverified" if cited.status == "unverified" else ""
    return f"{cited.policy}, {cited.clause} ({cited.ruleset}{doubt})"


def place(location: Location) -> str:
    """ "page 1, Effectiveness" """
    return ", ".join(part for part in (f"page {location.page}" if location.page else "", location.label) if part)


def standing(finding: Finding) -> str:
    """What a finding is, in words: "not met, error, hard stop"; its disposition where it is not open."""
    parts = [VERDICT_WORDS.get(finding.verdict, finding.verdict), finding.severity]
    parts += ["hard stop"] if finding.hard_stop else []
    parts += [finding.disposition] if finding.disposition != "open" else []
    return ", ".join(parts)


def day(text: str | None) -> str:
    """An ISO date as people write it, "3 Mar 2025"; other text as it is."""
    try:
        moment = date.fromisoformat(text or "")
    except ValueError:
        return text or ""
    return f"{moment.day} {moment:%b} {moment.year}"


def spoken(finding: Finding) -> list[tuple[str, bool]]:
    """The evidence in stretches; True marks the cue, the words of it that the message quotes."""
    quoted = [next(group for group in found.groups() if group) for found in _QUOTED.finditer(finding.message)]
    cues = [re.escape(words) for words in quoted if words in finding.evidence]
    if not cues:
        return [(finding.evidence, False)] if finding.evidence else []
    stretches = re.split(f"({'|'.join(cues)})", finding.evidence)
    return [(words, index % 2 == 1) for index, words in enumerate(stretches) if words]
