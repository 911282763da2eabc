"""SARIF, JUnit, GitHub annotations and Markdown: well formed, escaped, and true to dispositions."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from agency import sample_report

from peerlint.reports import Options, render
from peerlint.reports.github import annotation
from peerlint.reports.md import plain

OPEN = Options(redact=False)


@pytest.fixture(scope="module")
def run() -> dict[str, Any]:
    log = json.loads(str(render(sample_report(), "sarif", OPEN)))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    found: dict[str, Any] = log["runs"][0]
    return found


def test_sarif_results_point_at_their_rules(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(sample_report().findings)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_kind_and_level_agree(run: dict[str, Any]) -> None:
    """By the standard, a level other than "none" belongs to kind "fail" alone."""
    assert {(r["kind"], r["level"]) for r in run["results"]} == {
        ("review", "none"),
        ("fail", "error"),
        ("fail", "warning"),
    }


def test_sarif_suppresses_what_is_known(run: dict[str, Any]) -> None:
    suppressed = {r["ruleId"]: r["suppressions"] for r in run["results"] if "suppressions" in r}
    assert set(suppressed) == {"B104", "Q101"}
    assert suppressed["B104"] == [{"justification": "waived", "kind": "external", "status": "accepted"}]


def test_sarif_rules_tell_their_clause(run: dict[str, Any]) -> None:
    rule = next(r for r in run["tool"]["driver"]["rules"] if r["id"] == "N110")
    assert "EX.PS.100 4.f (example-payer-2025)" in rule["help"]["text"]
    assert rule["name"] == "note-effectiveness"


def test_sarif_places_are_relative_and_escaped(run: dict[str, Any]) -> None:
    report = sample_report()
    odd = replace(report, findings=[replace(report.findings[0], path="a b/100% ü.docx")])
    log = json.loads(str(render(odd, "sarif", OPEN)))
    place = log["runs"][0]["results"][0]["locations"][0]
    assert place["physicalLocation"]["artifactLocation"] == {
        "uri": "a%20b/100%25%20%C3%BC.docx",
        "uriBaseId": "RECORDS",
    }
    assert place["logicalLocations"] == [{"kind": "element", "name": "Goals"}]
    assert set(run["originalUriBaseIds"]) == {"RECORDS"}


def test_sarif_fingerprints_are_those_of_the_report(run: dict[str, Any]) -> None:
    assert [r["partialFingerprints"]["peerlint/v1"] for r in run["results"]] == [
        f.fingerprint for f in sample_report().findings
    ]


def test_junit_counts_agree_with_its_cases() -> None:
    suites = ElementTree.fromstring(str(render(sample_report(), "junit", OPEN)))
    for suite in suites:
        assert int(suite.get("tests", "")) == len(suite)
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
    assert sum(len(suite) for suite in suites) == len(sample_report().outcomes)
    assert len(suites.findall(".//failure")) == 7
    skipped = [s.get("message", "") for s in suites.iterfind(".//skipped")]
    assert "waived: 6 units are billed for 60 minutes, which make 4" in skipped
    assert "not_evaluated: no times given" in skipped


def test_github_annotations_cannot_be_broken_out_of() -> None:
    finding = replace(sample_report().findings[0], path="a,b:c/100%.docx", message="two\nlines\r::error::100% ")
    line = annotation(finding)
    assert line.startswith("::warning file=a%2Cb%3Ac/100%25.docx,title=P110 measurable-goal::")
    assert "\n" not in line
    assert line.count("::") == 2
    assert "two%0Alines%0D%3A%3Aerror%3A%3A100%25" in line


def test_github_shows_known_findings_as_notices() -> None:
    lines = str(render(sample_report(), "github", OPEN)).splitlines()
    assert [line.split(" ")[0] for line in lines if "B104" in line or "Q101" in line] == ["::notice", "::notice"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a | b", r"a \| b"),
        ("<b>bold</b> & *stars*", r"\<b\>bold\</b\> \& \*stars\*"),
        ("- not a list", r"\- not a list"),
        ("5. b", r"5\. b"),
        ("5.b and 88.9 %", "5.b and 88.9 %"),
        ("http://evil.example", r"http:\//evil.example"),
        ("@somebody #12", r"\@somebody \#12"),
    ],
)
def test_markdown_shows_words_as_words(text: str, written: str) -> None:
    assert plain(text) == written
