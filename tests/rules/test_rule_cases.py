"""The cases of every rule, as data: ``<CODE>.yaml`` beside this file.

A case says what is in the chart: ``note``, ``plan`` or ``crisis`` changes the standard record of ``hands.yaml``,
``text`` is a document as it stands, ``chart`` lists several records, ``unreadable`` adds a document that could not be
read. It says what the rule must make of it: ``pass``, ``fail``, ``review`` or ``n.a.``, the gravest of its outcomes.
``count`` is the number of findings, ``on`` the document that bears the first, ``says`` words of an outcome.
Every case is judged in every hand.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from judging import AS_OF, FINDINGS, facts, judge, revised
from writing import HANDS, write

from peerlint.records.gather import gather
from peerlint.records.model import DocumentFacts
from peerlint.rules.base import REGISTRY, Verdict

FILES = sorted(Path(__file__).parent.glob("[A-Z][0-9]*.yaml"))
GRAVITY = {"fail": Verdict.NOT_MET, "review": Verdict.NEEDS_REVIEW, "pass": Verdict.MET, "n.a.": Verdict.NOT_APPLICABLE}


def _cases() -> list[Any]:
    cases = []
    for path in FILES:
        for case in yaml.safe_load(path.read_text("utf-8")):
            for hand in case.get("hands", HANDS):
                cases.append(pytest.param(path.stem, case, hand, id=f"{path.stem}-{case['name']}-{hand}"))
    return cases


@pytest.mark.parametrize(("code", "case", "hand"), _cases())
def test_case(code: str, case: dict[str, Any], hand: str) -> None:
    chart = case.get("chart") or [{kind: case[kind]} for kind in ("plan", "crisis", "note", "text") if kind in case]
    as_of = case.get("as_of", AS_OF)
    documents = [facts(f"{number}.txt", write(record, hand)) for number, record in enumerate(chart, 1)]
    caseload = gather([*(revised(d, case.get("revisions", ())) for d in documents), *_unread(case)])
    outcomes = judge(REGISTRY[code], caseload, case.get("parameters"), date.fromisoformat(str(as_of)))
    told = [(outcome.verdict, outcome.message) for outcome in outcomes]
    verdicts = {outcome.verdict for outcome in outcomes}
    found = [outcome for outcome in outcomes if outcome.verdict in FINDINGS]
    assert next((word for word, verdict in GRAVITY.items() if verdict in verdicts), "n.a.") == case["expect"], told
    assert len(found) == case.get("count", len(found)), told
    if "on" in case:
        assert found[0].subject.path == f"{case['on']}.txt", told
    assert case.get("says", "") in " ".join(message for _, message in told)


def _unread(case: dict[str, Any]) -> list[DocumentFacts]:
    if "unreadable" not in case:
        return []
    return [DocumentFacts("9.pdf", "0", unreadable=case["unreadable"], no_text=case.get("no_text", False))]


def test_every_rule_has_cases() -> None:
    assert {path.stem for path in FILES} >= set(REGISTRY)
