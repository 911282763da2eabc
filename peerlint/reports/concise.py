"""One line a finding: ``path:page:label CODE message``."""

from __future__ import annotations

from peerlint.findings.model import Finding
from peerlint.findings.tally import Tally
from peerlint.reports import Options


def render(tally: Tally, options: Options) -> str:
    return "".join(f"{line(finding)}\n" for finding in tally.report.findings)


def line(finding: Finding) -> str:
    place = f"{finding.path}:{finding.location.page or ''}:{finding.location.label}"
    known = f" ({finding.disposition})" if finding.disposition != "open" else ""
    look = "needs review: " if finding.verdict == "needs_review" else ""
    return f"{place} {finding.rule} {look}{finding.message}{known}"
