"""What becomes of a finding: open, waived or known before. Never removed, never hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from peerlint.dispositions.baseline import NOTHING_KNOWN, Baseline
from peerlint.dispositions.waivers import Waiver
from peerlint.findings.model import Finding, Report
from peerlint.findings.tally import summarize


@dataclass(frozen=True, slots=True)
class Disposal:
    """Waivers and the baseline of one run. ``as_of`` in the report decides whether a waiver has expired."""

    waivers: Sequence[Waiver] = ()
    baseline: Baseline = NOTHING_KNOWN

    def dispose(self, report: Report) -> Report:
        """The same findings, each with its disposition."""
        known = self.baseline.counter()
        findings = []
        for finding in report.findings:
            findings.append(replace(finding, disposition=self._disposition(finding, report, known)))
        disposed = replace(report, findings=findings)
        return replace(disposed, summary=summarize(disposed))

    def _disposition(self, finding: Finding, report: Report, known: dict[str, int]) -> str:
        if any(waiver.covers(finding, report.run["as_of"]) for waiver in self.waivers):
            return "waived"
        if known.get(finding.fingerprint, 0) > 0:
            known[finding.fingerprint] -= 1
            return "baseline"
        return "open"


NOTHING_DISPOSED = Disposal()
