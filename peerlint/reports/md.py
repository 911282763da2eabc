"""The report as Markdown: for a wiki, a ticket or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from peerlint.findings.model import Finding
from peerlint.findings.tally import Tally
from peerlint.findings.work import PROMISE
from peerlint.reports import Options
from peerlint.reports.wording import AT_RISK, HOW_COUNTED, clause, count, day, number, percent, place, points, standing

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&@])|(?<=:)(?=//)|(?<=\bwww)(?=\.)|^(?=[-+=])|(?<=^\d)(?=[.)]\s)")


def render(tally: Tally, options: Options) -> str:
    parts = [_head(tally), _requirements(tally), _people(tally), _charts(tally), _worklists(tally), _corrections(tally)]
    parts += [_attestations(tally), _comparison(tally)]
    return "\n".join(line for part in parts for line in part) + "\n"


def plain(text: str) -> str:
    """``text`` with every mark escaped that Markdown would read, also those that make a link or a mention."""
    return _MARKS.sub(r"\\\1", text)


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]], numbers_from: int) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "| " + " | ".join("---:" if i >= numbers_from else "---" for i in range(len(heads))) + " |"
    for row in rows:
        yield "| " + " | ".join(plain(str(cell)) for cell in row) + " |"
    yield ""


def _head(tally: Tally) -> Iterator[str]:
    s, units = tally.score, tally.events.units
    yield "# Compliance report"
    yield ""
    yield plain(tally.identity.line)
    yield ""
    yield f"- **{percent(s.percent)} met**: {s.met} met, {s.not_met} not met (threshold {number(tally.threshold)} %)"
    yield f"- {s.needs_review} to review, {s.not_evaluated} not evaluated, {s.not_applicable} not applicable"
    yield f"- {count(len(tally.hard_stops), 'hard stop')}"
    yield (
        f"- {number(units.units_at_risk)} of {number(units.units)} stated units at risk in {units.contacts_at_risk} of "
        f"{count(units.contacts, 'contact')}"
    )
    for document in tally.unread:
        yield f"- not read: {plain(document.path)}: {plain(document.reason or 'no reason given')}"
    yield ""
    yield f"{HOW_COUNTED} {AT_RISK}"
    yield ""


def _requirements(tally: Tally) -> Iterator[str]:
    yield "## Requirements"
    yield ""
    heads = ("Rule", "Name", "Clause", "Met", "Not met", "Review", "Not evaluated", "n.a.", "% met")
    rows = (
        (
            row.requirement.code,
            row.requirement.name + (" (hard stop)" if row.requirement.hard_stop else ""),
            row.requirement.clause,
            row.score.met,
            row.score.not_met,
            row.score.needs_review,
            row.score.not_evaluated,
            row.score.not_applicable,
            percent(row.score.percent),
        )
        for row in tally.scorecard
    )
    yield from _table(heads, rows, numbers_from=3)


def _people(tally: Tally) -> Iterator[str]:
    for head, groups in (("Member", tally.charts), ("Specialist", tally.specialists), ("Month", tally.months)):
        rows = (
            (g.label, g.score.met, g.score.not_met, g.score.needs_review, percent(g.score.percent), g.hard_stops)
            for g in groups
        )
        yield from _table((head, "Met", "Not met", "Review", "% met", "Hard stops"), rows, numbers_from=1)


def _charts(tally: Tally) -> Iterator[str]:
    yield "## Findings by chart"
    yield ""
    for page in tally.chart_pages:
        if not page.findings:
            continue
        yield f"### {plain(page.member)}"
        yield ""
        for document in page.documents:
            if document.findings:
                yield f"**{plain(document.path)}**"
                yield ""
                for finding in document.findings:
                    yield from _finding(finding)
                yield ""


def _finding(f: Finding) -> Iterator[str]:
    yield f"- `{f.rule}` ({standing(f)}) {plain(f.message)}  "
    where, quote = place(f.location), f"“{f.evidence}”" if f.evidence else ""
    if where or quote:
        yield f"  {plain(': '.join(part for part in (where, quote) if part))}  "
    yield f"  *{plain(clause(f.citation))}*  "
    if f.remedy:
        yield f"  To mend: {plain(f.remedy)}"


def _worklists(tally: Tally) -> Iterator[str]:
    yield "## Worklists"
    yield ""
    yield PROMISE
    yield ""
    for work in tally.worklists:
        yield f"### {plain(work.who)}"
        yield ""
        for f in work.items:
            who = ", ".join(part for part in (f.member, day(f.date)) if part) or f.path
            yield f"- [ ] {plain(who)}: {plain(f.message)} (`{f.rule}`). {plain(f.remedy)}"
        yield ""


def _corrections(tally: Tally) -> Iterator[str]:
    yield "## Plan of correction"
    yield ""
    heads = (
        "Finding",
        "What it violates",
        "Root cause",
        "Corrective action",
        "Responsible",
        "Due",
        "Evidence",
        "Records",
    )
    rows = (
        (f"{c.code} {c.name}", clause(c.violates), "", c.action, "", "", c.evidence, len(c.records))
        for c in tally.corrections
    )
    yield from _table(heads, rows, numbers_from=7)


def _attestations(tally: Tally) -> Iterator[str]:
    yield "## To be attested by a person"
    yield ""
    rows = ((a.clause, a.says, a.ruleset, "", "") for a in tally.attestations)
    yield from _table(("Clause", "Duty", "Ruleset", "Name", "Date"), rows, numbers_from=5)


def _comparison(tally: Tally) -> Iterator[str]:
    comparison = tally.comparison
    if comparison is None:
        return
    yield "## Comparison"
    yield ""
    yield (
        f"{len(comparison.new)} new, {len(comparison.repeated)} repeated, {len(comparison.fixed)} fixed, "
        f"{len(comparison.gone)} no longer looked at."
    )
    yield ""
    heads = ("Rule", "Name", *(run.as_of for run in comparison.runs), "Change")
    rows = (
        (
            t.requirement.code,
            t.requirement.name,
            *(percent(s.percent) if s else "" for s in t.scores),
            points(t.change),
        )
        for t in comparison.trends
    )
    yield from _table(heads, rows, numbers_from=2)
