"""The compliance report in Word, with its plan of correction as the second part."""

from __future__ import annotations

from peerlint.findings.charts import ChartPage
from peerlint.findings.model import Finding
from peerlint.findings.scores import GroupScore, RequirementScore
from peerlint.findings.tally import Tally
from peerlint.reports import Options
from peerlint.reports.poc import write_plan
from peerlint.reports.word import Letter
from peerlint.reports.wording import AT_RISK, HOW_COUNTED, clause, count, day, number, percent, place, points, standing

_SCORE_HEADS = ("Met", "Not met", "Review", "Not eval.", "n.a.", "%")
_SCORE_INCHES = (0.45, 0.5, 0.62, 0.55, 0.42, 0.62)


def render(tally: Tally, options: Options) -> bytes:
    letter = Letter(tally.identity, options.template, "Compliance report")
    _summary(letter, tally)
    _hard_stops(letter, tally)
    _requirements(letter, tally)
    _groups(letter, tally)
    _charts(letter, tally)
    _attestations(letter, tally)
    _comparison(letter, tally)
    letter.landscape()
    write_plan(letter, tally)
    return letter.content()


def _summary(letter: Letter, tally: Tally) -> None:
    s, c, units, who = tally.score, tally.finding_counts, tally.events.units, tally.identity
    letter.heading(f"Compliance report, peer support records as of {day(who.as_of)}")
    rows = [("Tool", f"{who.tool} {who.version}")]
    rows += [("Ruleset", f"{r.id}, {r.title} {r.policy}, {r.status}, sha256 {r.sha256[:16]}") for r in who.rulesets]
    rows += [
        ("Documents", f"{who.read} read, {who.not_read} not read"),
        ("Met", f"{percent(s.percent)}: {s.met} met, {s.not_met} not met (threshold {number(tally.threshold)} %)"),
        ("Apart from that", f"{s.needs_review} to review, {s.not_evaluated} not evaluated, {s.not_applicable} n.a."),
        ("Hard stops", str(len(tally.hard_stops))),
        (
            "Units at risk",
            f"{number(units.units_at_risk)} of {number(units.units)} stated units, in {units.contacts_at_risk} of "
            f"{count(units.contacts, 'contact')}; {count(units.unstated, 'contact')} without stated units",
        ),
        (
            "Findings",
            f"{c['error']} errors, {c['warning']} warnings, {c['info']} info; {c['needs_review']} of them to look at; "
            f"{c['waived']} waived, {c['baseline']} known",
        ),
    ]
    letter.table(("This run", ""), rows, (1.4, 5.5))
    letter.paragraph(f"{HOW_COUNTED} {AT_RISK}", soft=True)
    if tally.unread:
        letter.heading("Not read", 2)
        letter.bullets(f"{d.path}: {d.reason or 'no reason given'}" for d in tally.unread)


def _hard_stops(letter: Letter, tally: Tally) -> None:
    if tally.hard_stops:
        letter.heading("Hard stops", 2)
        rows = [(f.member, day(f.date), f"{f.rule} {f.name}", f.message, f.path) for f in tally.hard_stops]
        letter.table(("Member", "Date", "Rule", "What is wrong", "Document"), rows, (1.1, 0.9, 1.2, 2.1, 1.6))


def _requirements(letter: Letter, tally: Tally) -> None:
    letter.heading("Requirements", 2)
    rows = [_requirement(row) for row in tally.scorecard if row.score.total]
    letter.table(("Rule", "What is asked", "Clause", *_SCORE_HEADS), rows, (0.5, 2.1, 1.15, *_SCORE_INCHES))
    unjudged = [row.requirement.code for row in tally.scorecard if not row.score.total]
    if unjudged:
        letter.paragraph(f"Asked for, and without a record to judge in this run: {', '.join(unjudged)}.", soft=True)


def _requirement(row: RequirementScore) -> tuple[str, ...]:
    r, s = row.requirement, row.score
    stop = " (hard stop)" if r.hard_stop else ""
    cited = r.clause if r.status == "general" else f"{r.policy} {r.clause}"
    unsure = " (unverified)" if r.status == "unverified" else ""
    return (r.code, f"{r.asks or r.name}{stop}", f"{cited}{unsure}", *_score(s.as_data()), percent(s.percent))


def _score(data: dict[str, int]) -> tuple[str, ...]:
    return tuple(str(data[v]) for v in ("met", "not_met", "needs_review", "not_evaluated", "not_applicable"))


def _groups(letter: Letter, tally: Tally) -> None:
    for title, head, groups in (
        ("Members", "Member", tally.charts),
        ("Specialists", "Specialist", tally.specialists),
        ("Months of service", "Month", tally.months),
    ):
        letter.heading(title, 2)
        letter.table((head, *_SCORE_HEADS, "Findings"), [_group(g) for g in groups], (2.95, *_SCORE_INCHES, 0.78))


def _group(g: GroupScore) -> tuple[str, ...]:
    return (g.label, *_score(g.score.as_data()), percent(g.score.percent), str(sum(g.findings.values())))


def _charts(letter: Letter, tally: Tally) -> None:
    letter.heading("Findings by chart")
    for page in tally.chart_pages:
        letter.heading(f"{page.member} ({percent(page.score.percent)} met)", 2)
        _goals(letter, page)
        if page.findings:
            heads = ("Record", "Finding and clause", "Evidence", "How to mend it")
            letter.table(heads, [_finding(f) for f in page.findings], (1.4, 2.1, 1.8, 1.6))
        else:
            letter.paragraph("No finding.")


def _goals(letter: Letter, page: ChartPage) -> None:
    unserved = [goal for goal in page.goals if not goal.served_by]
    if page.goals:
        letter.bullets(
            f"Goal {goal.number} ({count(len(goal.served_by), 'note')}): {goal.text}"
            + (" – no note serves it" if goal in unserved else "")
            for goal in page.goals
        )


def _finding(f: Finding) -> tuple[str, ...]:
    evidence = "\n".join(part for part in (place(f.location), f"“{f.evidence}”" if f.evidence else "") if part)
    record = "\n".join(part for part in (day(f.date), f.path) if part)
    return (record, f"{f.rule}: {f.message}\n({standing(f)})\n{clause(f.citation)}", evidence, f.remedy)


def _attestations(letter: Letter, tally: Tally) -> None:
    if tally.attestations:
        letter.heading("To be attested by a person")
        letter.paragraph(
            "The records alone cannot show these duties. Whoever attests one signs for it here.", soft=True
        )
        rows = [(f"{a.clause}\n{a.ruleset}", a.says, "", "") for a in tally.attestations]
        letter.table(("Clause", "Duty", "Name", "Date"), rows, (1.4, 3.2, 1.5, 0.8))


def _comparison(letter: Letter, tally: Tally) -> None:
    comparison = tally.comparison
    if comparison is None:
        return
    letter.heading("Comparison with earlier runs")
    letter.paragraph(
        f"{len(comparison.new)} new, {len(comparison.repeated)} repeated, {len(comparison.fixed)} fixed, "
        f"{len(comparison.gone)} no longer looked at."
    )
    shown = comparison.runs[-4:]
    rows = [
        (
            f"{t.requirement.code} {t.requirement.name}",
            *(percent(s.percent) if s else "" for s in t.scores[-4:]),
            points(t.change),
        )
        for t in comparison.trends
    ]
    heads = ("Requirement", *(day(run.as_of) for run in shown), "Change")
    letter.table(heads, rows, (2.4, *(0.95 for _ in shown), 0.7))
