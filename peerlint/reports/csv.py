"""The findings as a table of comma-separated values, one row a finding, UTF-8 with a mark that Excel knows it by."""

from __future__ import annotations

import csv
import io

from peerlint.findings.model import Finding
from peerlint.findings.tally import Tally
from peerlint.reports import Options
from peerlint.reports.cells import as_text

HEADS = (
    "member",
    "date",
    "specialist",
    "rule",
    "name",
    "verdict",
    "severity",
    "hard stop",
    "disposition",
    "message",
    "evidence",
    "document",
    "page",
    "label",
    "policy",
    "clause",
    "citation",
    "ruleset",
    "remedy",
    "fingerprint",
    "as of",
    "tool",
)

_BYTE_ORDER_MARK = "\ufeff"


def render(tally: Tally, options: Options) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    run = (tally.identity.as_of, f"{tally.identity.tool} {tally.identity.version}")
    for finding in tally.report.findings:
        writer.writerow([as_text(cell) for cell in (*_row(finding), *run)])
    return _BYTE_ORDER_MARK + text.getvalue()


def _row(f: Finding) -> tuple[str, ...]:
    return (
        f.member,
        f.date or "",
        f.specialist,
        f.rule,
        f.name,
        f.verdict,
        f.severity,
        "yes" if f.hard_stop else "",
        f.disposition,
        f.message,
        f.evidence,
        f.path,
        str(f.location.page or ""),
        f.location.label,
        f.citation.policy,
        f.citation.clause,
        f.citation.status,
        f.citation.ruleset,
        f.remedy,
        f.fingerprint,
    )
