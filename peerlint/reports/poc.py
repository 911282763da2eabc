"""The plan of correction in Word: prefilled from violations, with room for what only people know."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.findings.model import Finding
from peerlint.findings.tally import Tally
from peerlint.findings.work import Correction
from peerlint.reports import Options
from peerlint.reports.word import Letter
from peerlint.reports.wording import clause, count, day

_RECORDS_NAMED = 12
_INCHES = (1.5, 1.7, 1.25, 1.9, 1.05, 0.7, 1.2)


def render(tally: Tally, options: Options) -> bytes:
    letter = Letter(tally.identity, options.template, "Plan of correction")
    letter.landscape_from_start()
    write_plan(letter, tally)
    return letter.content()


def write_plan(letter: Letter, tally: Tally) -> None:
    """The heading, the table of corrections and the lines to sign."""
    letter.heading("Plan of correction")
    letter.paragraph(
        f"From {count(sum(len(c.records) for c in tally.corrections), 'violation')} of "
        f"{count(len(tally.corrections), 'requirement')}; waived findings are left out "
        f"({tally.finding_counts['waived']}). Root cause, responsible person, due date and follow-up are for people to "
        "fill in: the records do not show why something happened."
    )
    heads = (
        "Finding",
        "What it violates",
        "Root cause",
        "Corrective action",
        "Responsible",
        "Due",
        "Evidence, follow-up",
    )
    letter.table(heads, (_row(c) for c in tally.corrections), _INCHES)
    letter.table(("Prepared by (name, title)", "Signature", "Date"), [("\n", "", ""), ("\n", "", "")], (4.0, 3.5, 1.8))


def _row(c: Correction) -> tuple[str, ...]:
    stop = "\nHard stop: not billable as it stands" if c.hard_stop else ""
    named = "\n".join(_named(c.records))
    return (
        f"{c.code} {c.name}{stop}\n{count(len(c.records), 'record')}, {count(c.members, 'member')}:\n{named}",
        "\n".join(part for part in (c.asks, clause(c.violates)) if part),
        "",
        c.action,
        f"Records by {'; '.join(c.responsible)}" if c.responsible else "",
        "",
        c.evidence,
    )


def _named(records: tuple[Finding, ...]) -> Iterator[str]:
    for f in records[:_RECORDS_NAMED]:
        yield ", ".join(part for part in (f.member or f.path, day(f.date)) if part)
    if len(records) > _RECORDS_NAMED:
        yield f"and {len(records) - _RECORDS_NAMED} more"
