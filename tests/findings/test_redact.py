"""Masking: what a record says of a person goes, what the policy and the rules say stays."""

from __future__ import annotations

import pytest
from agency import earlier_report, sample_report

from peerlint.findings.redact import AliasBook, redact, redact_all
from peerlint.findings.save import dump

BOOK = AliasBook([sample_report()])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Marisol Vega is not named", "Member 03 is not named"),
        ("Vega, Marisol was seen 2025-02-18", "Member 03 was seen 2025-02-18"),
        ("MARISOL’S plan", "Member 03’s plan"),
        ("names O'Dwyer and Siobhan O’Dwyer", "names Member 01 and Member 01"),
        ("signed by Tamika Osei, CPSS", "signed by Staff 01, CPSS"),
        ("signed by Ann Whitfield", "signed by Staff 02"),
        ("born 03/04/1981", "born [date]"),
        ("born March 4, 1981 or 4 March 1981", "born [date] or [date]"),
        ("Medicaid ID 947112233A", "Medicaid ID [id]"),
        ("ID 947-11-2233 and phone 919 555 0133", "ID [number] and phone [number]"),
        ('says "we went to her mother"', "says [quote]"),
        ("says “we went” and ‘came back’", "says [quote] and [quote]"),
        ("same as charts/vega-marisol/note-2025-02-18.docx", "same as file-012.docx"),
        ("same as scan-siobhan.pdf", "same as file-004.pdf"),
        ("in the folder vega-marisol", "in the folder chart-03"),
    ],
)
def test_what_a_record_says_is_masked(text: str, masked: str) -> None:
    assert BOOK.mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "the service of 2025-02-18 came before the signatures of 2025-01-06",
        "6 units are billed for 60 minutes, which make 4",
        "no purpose of the contact; 10:00 to 11:00",
        "remote service of fiscal year 2024-2025 is over 20%: 10 of 40 units",
        "WNC.CP.231, Background.I.A asks for H0038 HQ within 30 days",
        "the CPSS signed in the vega of the sea",
        "the narrative is like that of the member's other notes",
    ],
)
def test_what_rules_say_stays(text: str) -> None:
    assert BOOK.mask(text) == text


def test_a_name_nobody_listed_goes_where_the_evidence_has_it() -> None:
    assert BOOK.mask("the narrative names Lucinda", "Went with Lucinda to the library") == "the narrative names [name]"
    assert BOOK.mask("the PCP names no goal", "PCP of Lucinda") == "the PCP names no goal"


def test_a_masked_report_keeps_what_is_counted() -> None:
    plain, masked = sample_report(), redact(sample_report())
    assert masked.run["redacted"] is True
    assert masked.summary["verdicts"] == plain.summary["verdicts"]
    assert [f.fingerprint for f in masked.findings] == [f.fingerprint for f in plain.findings]
    assert [f.rule for f in masked.findings] == [f.rule for f in plain.findings]
    assert {f.evidence for f in masked.findings} == {"[quote]", ""}


def test_masking_twice_changes_nothing_more() -> None:
    once = redact(sample_report())
    assert redact(once) == once


def test_masking_is_the_same_each_time() -> None:
    assert dump(redact(sample_report())) == dump(redact(sample_report()))


def test_a_member_has_one_alias_in_all_runs() -> None:
    newest, earlier = redact_all([sample_report(), earlier_report()])
    aliases = [{r.chart: r.member for d in run.documents for r in d.records} for run in (newest, earlier)]
    assert aliases[0] == aliases[1]
