"""JUnit XML: a suite per document, a case per requirement judged on it, so that build servers show what was checked."""

from __future__ import annotations

from collections import defaultdict
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from peerlint.findings.model import Finding, OutcomeLine
from peerlint.findings.tally import Tally
from peerlint.reports import Options
from peerlint.reports.wording import clause, place, standing


def render(tally: Tally, options: Options) -> str:
    """Violations that stand open are failures; what needs review or was not judged is skipped, with the reason."""
    findings = defaultdict(list)
    for finding in tally.report.findings:
        findings[(finding.subject, finding.rule, finding.citation.ruleset)].append(finding)
    outcomes: dict[str, list[OutcomeLine]] = defaultdict(list)
    for outcome in tally.report.outcomes:
        outcomes[outcome.subject.partition("#")[0]].append(outcome)
    suites = Element("testsuites", name=tally.identity.line)
    for path in sorted(outcomes):
        _suite(suites, path, outcomes[path], findings)
    indent(suites, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _suite(
    suites: Element, path: str, outcomes: list[OutcomeLine], findings: dict[tuple[str, str, str], list[Finding]]
) -> None:
    suite = SubElement(suites, "testsuite", name=path)
    for outcome in outcomes:
        name = f"{outcome.rule} {outcome.citation.clause}"
        case = SubElement(suite, "testcase", classname=outcome.subject, name=name)
        found = findings[(outcome.subject, outcome.rule, outcome.citation.ruleset)]
        _judge(case, outcome, found.pop(0) if found else None)
    cases = list(suite)
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))


def _judge(case: Element, outcome: OutcomeLine, finding: Finding | None) -> None:
    if finding and finding.verdict == "not_met" and finding.disposition == "open":
        failure = SubElement(case, "failure", message=finding.message, type=finding.severity)
        failure.text = "\n".join(
            line
            for line in (standing(finding), place(finding.location), clause(finding.citation), finding.remedy)
            if line
        )
    elif finding and finding.disposition != "open":
        SubElement(case, "skipped", message=f"{finding.disposition}: {finding.message}")
    elif outcome.verdict != "met":
        SubElement(case, "skipped", message=": ".join(part for part in (outcome.verdict, outcome.message) if part))
