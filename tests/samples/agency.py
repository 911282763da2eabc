"""A small invented agency as reports, for the tests of tallies and formats. Every person in it is made up."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from peerlint.findings.model import (
    AttestLine,
    Citation,
    DocumentLine,
    Finding,
    LinkLine,
    Location,
    OutcomeLine,
    RecordLine,
    Report,
    RulesetLine,
)
from peerlint.findings.tally import summarize

Told = dict[str, dict[str, Any]]

RULESET = "example-payer-2025"
POLICY = "EX.PS.100"
SPECIALISTS = ("Tamika Osei, CPSS", "Joel Brandt, NCCPSS")

REQUIREMENTS: dict[str, dict[str, Any]] = {
    "D101": {"name": "unreadable-document", "severity": "error", "clause": "general rule", "status": "general"},
    "N105": {"name": "note-contact-type", "severity": "error", "clause": "4.b"},
    "N110": {"name": "note-effectiveness", "severity": "error", "clause": "4.f"},
    "N111": {"name": "note-signature", "severity": "error", "clause": "4.g", "hard_stop": True},
    "N120": {"name": "thin-narrative", "severity": "warning", "clause": "general rule", "status": "general"},
    "P104": {"name": "plan-member-signature", "severity": "error", "clause": "3.a"},
    "P110": {"name": "measurable-goal", "severity": "warning", "clause": "3.c", "status": "unverified"},
    "C105": {"name": "crisis-plan-parts", "severity": "warning", "clause": "3.e"},
    "L101": {"name": "note-goal-link", "severity": "error", "clause": "4.c"},
    "X101": {"name": "transportation", "severity": "error", "clause": "6.a", "hard_stop": True},
    "B104": {"name": "units-match-time", "severity": "error", "clause": "5.b"},
    "Q101": {"name": "cloned-note", "severity": "info", "clause": "general rule", "status": "general"},
}
ASKS = {
    "N110": "The note says how the intervention worked or how the member moved toward the goal.",
    "N111": "The person who served signs the note.",
    "X101": "Driving the member is not peer support.",
}
REMEDIES = {
    "N110": "Add an addendum with today's date that says what the member did or said in answer to the support.",
    "N111": "Sign as a late entry with today's date; never with the date of the service.",
    "X101": "If the time was travel, take it off the claim. If support was given on the way, say so in an addendum.",
    "B104": "Bring units and times into line; if the claim was sent, have it corrected.",
    "P104": "Have the member sign and date the plan with the day of signing.",
}

NOTE_RULES = ("N105", "N110", "N111", "N120", "L101", "X101", "B104", "Q101")
PLAN_RULES = ("P104", "P110")


class Agency:
    """Collects the lines of a report as charts are added."""

    def __init__(self) -> None:
        self.documents: list[DocumentLine] = []
        self.findings: list[Finding] = []
        self.outcomes: list[OutcomeLine] = []
        self.links: list[LinkLine] = []

    def judge(self, record: RecordLine, path: str, rule: str, verdict: str, **told: Any) -> None:
        listed = REQUIREMENTS[rule]
        place = Location(told.get("page"), told.get("label", ""), told.get("block"))
        cited = Citation(RULESET, POLICY, listed["clause"], listed.get("status", "verified"))
        shared = {"evidence": told.get("evidence", ""), "location": place, "citation": cited, "date": record.date}
        shared |= {"rule": rule, "severity": listed["severity"], "chart": record.chart, "subject": record.subject}
        message = told.get("message", "")
        self.outcomes.append(OutcomeLine(verdict=verdict, message=message, **shared))
        if verdict in ("not_met", "needs_review"):
            self.findings.append(
                Finding(
                    verdict=verdict,
                    name=listed["name"],
                    path=path,
                    member=record.member,
                    message=message,
                    remedy=REMEDIES.get(rule, "Look at the record and decide."),
                    fingerprint=sha256_of(f"{rule} {record.subject} {message}")[:24],
                    disposition=told.get("disposition", "open"),
                    specialist=record.specialist,
                    hard_stop=listed.get("hard_stop", False),
                    **shared,
                )
            )

    def chart(self, key: str, member: str, medicaid_id: str, goals: dict[str, str]) -> None:
        path = f"charts/{key}/pcp.docx"
        plan = RecordLine(
            subject=f"{path}#0",
            kind="plan",
            member=member,
            medicaid_id=medicaid_id,
            date="2025-01-02",
            chart=key,
            title="Person-Centered Plan",
            goals=goals,
            period=["2025-01-02", "2026-01-01"],
            signatures=[
                {"role": "member", "name": member, "date": "2025-01-02"},
                {"role": "responsible professional", "name": "Dr. Ann Whitfield", "date": "2025-01-06"},
            ],
            acts=[{"what": "service order", "date": "2024-12-30", "by": "Lorna Quist, LCSW"}],
        )
        crisis = RecordLine(f"{path}#1", "crisis-plan", member, medicaid_id, "2025-01-02", key, "Crisis Plan")
        self.documents.append(DocumentLine(path, sha256_of(path), "read", None, [plan, crisis]))
        self.judge(plan, path, "P104", "met", evidence=f"/s/ {member} 01/02/2025", label="Member signature")
        vague = "goal 3 names nothing to measure" if "3" in goals else ""
        last = goals[max(goals)]
        self.judge(plan, path, "P110", "not_met" if vague else "met", evidence=last, label="Goals", message=vague)
        self.judge(crisis, path, "C105", "met", evidence="Pacing, not sleeping", label="Early warning signs")

    def note(
        self,
        key: str,
        member: str,
        medicaid_id: str,
        day: str,
        specialist: str,
        goals: list[int],
        told: Told,
        units: float | None = 4.0,
        suffix: str = "docx",
    ) -> None:
        path = f"charts/{key}/note-{day}.{suffix}"
        record = RecordLine(
            subject=f"{path}#0",
            kind="note",
            member=member,
            medicaid_id=medicaid_id,
            date=day,
            chart=key,
            title="Service Note",
            specialist=specialist,
            start="10:00",
            end="11:00",
            minutes=60,
            units=units,
            contact="face-to-face",
            pages=[1, 1] if suffix == "pdf" else None,
            signatures=[{"role": "staff who served", "name": specialist, "date": day}],
        )
        self.documents.append(DocumentLine(path, sha256_of(path), "read", None, [record]))
        for rule in NOTE_RULES:
            self.judge(record, path, rule, **({"verdict": "met", "evidence": "as written"} | told.get(rule, {})))
        why = [{"goal": goal, "evidence": "worked on the steps named there", "score": 0.8} for goal in goals]
        self.links.append(LinkLine(path, day, goals, why, record.subject))

    def report(self, as_of: str = "2025-07-31") -> Report:
        report = Report(
            tool={"name": "peerlint", "version": "0.1.0"},
            run={"as_of": as_of, "root": "/srv/agency", "redacted": False},
            rulesets=[RulesetLine(RULESET, "c0ffee" * 10 + "abcd", "Example payer, peer support", POLICY, "in force")],
            documents=sorted(self.documents, key=lambda d: d.path),
            findings=self.findings,
            outcomes=self.outcomes,
            links=self.links,
            attest=[
                AttestLine(RULESET, "2.a", "Eligibility is verified each time a service is rendered."),
                AttestLine(RULESET, "2.d", "Audio-only contacts are suitable and within professional standards."),
            ],
            requirements=[
                {"rule": rule, "ruleset": RULESET, "policy": POLICY, "asks": ASKS.get(rule, ""), "status": "verified"}
                | listed
                for rule, listed in sorted(REQUIREMENTS.items())
            ],
        )
        return replace(report, summary=summarize(report))


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


GAP: Told = {
    "N110": {
        "verdict": "not_met",
        "label": "Effectiveness",
        "page": 1,
        "block": 14,
        "evidence": "Effectiveness: N/A",
        "message": 'the field "Effectiveness" says "N/A" and nothing else',
    }
}
RIDE: Told = {
    "X101": {
        "verdict": "not_met",
        "label": "Intervention",
        "block": 9,
        "evidence": "CPSS drove Marisol to her dentist and waited in the car.",
        "message": 'says that the specialist drove the member ("drove Marisol to her dentist")',
    }
}
UNSURE: Told = {
    "N105": {
        "verdict": "needs_review",
        "label": "Contact type",
        "evidence": "[x] Face-to-face [x] Telephone",
        "message": "two boxes are ticked; a person must say which holds",
    }
}
UNSIGNED: Told = {
    "N111": {
        "verdict": "not_met",
        "label": "Signature",
        "evidence": "Staff signature: ______",
        "message": "the signature line is empty",
    }
}
FORMULA: Told = {
    "N120": {
        "verdict": "not_met",
        "label": "=Data",
        "evidence": '=HYPERLINK("http://evil.example","click")',
        "message": "the narrative is stock phrases; </script><b>100%</b> copied :: twice",
    }
}
BIDI: Told = {
    "Q101": {
        "verdict": "needs_review",
        "label": "Narrative",
        "evidence": "met\u202e with\u0007 him\x1b[31m again",
        "message": "reads like the note of 2025-02-04",
        "disposition": "baseline",
    }
}
UNITS: Told = {
    "B104": {
        "verdict": "not_met",
        "label": "Units",
        "page": 1,
        "evidence": "Units: 6, 10:00 am - 11:00 am",
        "message": "6 units are billed for 60 minutes, which make 4",
        "disposition": "waived",
    }
}
SKIPPED: Told = {
    "L101": {"verdict": "not_applicable"},
    "B104": {"verdict": "not_evaluated", "message": "no times given"},
}


def agency() -> Agency:
    a = Agency()
    marisol = ("vega-marisol", "Marisol Vega", "947112233A")
    desmond = ("pruitt-desmond", "Desmond Pruitt", "948556677B")
    siobhan = ("o-dwyer-siobhan", "Siobhán O’Dwyer", "949001122C")
    a.chart(*marisol, {"1": "Find part-time work", "2": "Call one friend each week"})
    a.chart(*desmond, {"1": "Stay sober through the summer", "2": "Rent an own room", "3": "Feel better"})
    a.chart(*siobhan, {"1": "Ride the bus alone twice a week"})
    tamika, joel = SPECIALISTS
    a.note(*marisol, "2025-01-14", tamika, [1], {})
    a.note(*marisol, "2025-02-04", tamika, [1, 2], GAP)
    a.note(*marisol, "2025-02-18", tamika, [], RIDE | GAP)
    a.note(*marisol, "2025-04-08", joel, [2], UNITS, units=6.0, suffix="pdf")
    a.note(*desmond, "2025-01-21", joel, [1], UNSURE)
    a.note(*desmond, "2025-02-11", joel, [1], UNSIGNED, units=None)
    a.note(*desmond, "2025-03-04", joel, [2], FORMULA | SKIPPED, suffix="pdf")
    a.note(*desmond, "2025-03-11", joel, [2], BIDI)
    a.note(*siobhan, "2025-03-06", tamika, [1], {})
    a.note(*siobhan, "2025-03-20", tamika, [1], UNSURE, suffix="pdf")
    scan = "charts/o-dwyer-siobhan/scan-siobhan.pdf"
    a.documents.append(DocumentLine(scan, sha256_of(scan), "not_evaluated", "encrypted: a password is needed"))
    lost = RecordLine(scan, "other", "", "", None, "o-dwyer-siobhan")
    a.judge(lost, scan, "D101", "not_met", message="encrypted: a password is needed")
    return a


def sample_report() -> Report:
    return agency().report()


def earlier_report() -> Report:
    """The same agency three months before: one finding more on Marisol's first note, and none of Desmond's of March."""
    a = agency()
    first = next(d for d in a.documents if d.path.endswith("vega-marisol/note-2025-01-14.docx"))
    a.judge(first.records[0], first.path, "N110", "not_met", message="mended since")
    a.findings = [f for f in a.findings if "2025-03" not in (f.date or "")]
    return a.report("2025-04-30")


def large_report(findings: int) -> Report:
    """A report of at least ``findings`` findings, for measuring."""
    a = Agency()
    member = 0
    while len(a.findings) < findings:
        member += 1
        who = (f"member-{member:04}", f"Given{member} Surname{member}", f"9{member:08}D")
        a.chart(*who, {"1": "Find part-time work", "2": "Call one friend each week"})
        for day in range(1, 26):
            told = [GAP, RIDE | GAP, UNSURE, UNSIGNED, UNITS | GAP | UNSURE][day % 5]
            a.note(*who, f"2025-{1 + day // 13:02}-{1 + day % 28:02}", SPECIALISTS[day % 2], [1], told)
    return a.report()
