"""Plans of many agencies, in their layouts, read back from real files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from printed import write_docx, write_pdf

from peerlint.documents.read import read
from peerlint.documents.text import document_from_text
from peerlint.records.crisis import crisis_part, find_crisis_plan, read_crisis_plan
from peerlint.records.extent import Extent
from peerlint.records.item_codes import without_item_codes
from peerlint.records.model import Goal, Plan, SignatureForm, SignerRole, Topic
from peerlint.records.plans import read_plan

CASES = sorted((Path(__file__).parent / "plans").glob("*.yaml"))
PARTS = {"member": SignerRole.MEMBER, "professional": SignerRole.PROFESSIONAL, "guardian": SignerRole.GUARDIAN}
WRITERS = {".docx": write_docx, ".pdf": write_pdf}


def extent_of(path: Path) -> Extent:
    document = without_item_codes(read(path))
    return Extent(path.name, 0, document, document.blocks)


def printed_pairs() -> list[Any]:
    """Each case in each format. The font of the test PDFs has no tick boxes, and boxes side by side are a Word form."""
    pairs = []
    for case in CASES:
        text = case.read_text("utf-8")
        for suffix in WRITERS:
            if suffix == ".docx" or not ("☒" in text or "- boxes:" in text):
                pairs.append(pytest.param((case, suffix), id=f"{case.stem}{suffix}"))
    return pairs


@pytest.fixture(params=printed_pairs())
def told(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Plan, dict[str, Any], Extent]:
    case, suffix = request.param
    data = yaml.safe_load(case.read_text("utf-8"))
    extent = extent_of(WRITERS[suffix](data["blocks"], tmp_path / f"plan{suffix}"))
    return read_plan(extent), data["expect"], extent


def test_goals_with_their_interventions(told: tuple[Plan, dict[str, Any], Extent]) -> None:
    plan, expect, _ = told
    assert [_plain(goal.text) for goal in plan.goals] == [goal["text"] for goal in expect["goals"]]
    for goal, wanted in zip(plan.goals, expect["goals"], strict=True):
        _assert_goal(goal, wanted)


def _assert_goal(goal: Goal, wanted: dict[str, Any]) -> None:
    assert goal.number == wanted["number"]
    assert wanted.get("measure", "") in " ".join(goal.measure.split())
    assert wanted.get("baseline", "") in goal.baseline
    assert wanted.get("status", goal.status) == goal.status
    assert (goal.target_date.meaning if goal.target_date else None) == wanted["target"]
    assert [" ".join(i.text.split()) for i in goal.interventions] == [text for text, _ in wanted["interventions"]]
    for intervention, (_, responsible) in zip(goal.interventions, wanted["interventions"], strict=True):
        assert responsible in intervention.responsible


def _plain(text: str) -> str:
    """The text on one line, without the quotation marks around it."""
    text = " ".join(text.split())
    return text[1:-1] if text[0] in '"“' and text[-1] in '"”' else text


def test_dates_of_the_plan(told: tuple[Plan, dict[str, Any], Extent]) -> None:
    plan, expect, _ = told
    for name in ("dated", "starts", "ends"):
        if name in expect:
            value = getattr(plan, name)
            assert value and value.meaning == expect[name], name
    assert [value.meaning for value in plan.reviews] == expect.get("reviews", [])
    assert plan.is_update is expect.get("is_update", False)


def test_what_the_plan_rests_on(told: tuple[Plan, dict[str, Any], Extent]) -> None:
    plan, expect, _ = told
    if "diagnoses" in expect:
        assert [diagnosis.code for diagnosis in plan.diagnoses] == expect["diagnoses"]
        assert all(diagnosis.text for diagnosis in plan.diagnoses)
    if "needs" in expect:
        assert list(plan.needs) == expect["needs"]
    for name, acts in (("assessments", plan.assessments), ("orders", plan.service_orders)):
        if name in expect:
            assert [[act.on, act.by] for act in acts] == expect[name]
    if "services" in expect:
        assert len(plan.services) == expect["services"]
    if "guardian" in expect:
        assert plan.guardian and (plan.guardian.meaning or "none") == expect["guardian"]


def test_sections_by_topic(told: tuple[Plan, dict[str, Any], Extent]) -> None:
    plan, expect, _ = told
    written = {section.topic.value for section in plan.header.sections if section.text}
    assert set(expect["topics"]) <= written
    for topic in expect.get("empty", []):
        assert [section.text for section in plan.sections(Topic(topic))] == [""]


def test_signatures_with_their_dates(told: tuple[Plan, dict[str, Any], Extent]) -> None:
    plan, expect, _ = told
    for part, name, on in expect["signatures"]:
        signed = [s for s in plan.header.signatures if s.role is PARTS[part]]
        assert [(s.name, _date(s)) for s in signed] == [(name, on)], part


def test_signatures_of_an_update_stand_beside_the_first_ones(told: tuple[Plan, dict[str, Any], Extent]) -> None:
    plan, expect, _ = told
    if "signed" in expect:
        wanted = [(PARTS[part], name, on) for part, name, on in expect["signed"]]
        assert [(s.role, s.name, _date(s)) for s in plan.header.signatures] == wanted


def _date(signature: Any) -> date | None:
    return signature.signed_on.meaning if signature.signed_on else None


def test_a_pointer_to_a_crisis_plan_is_none(told: tuple[Plan, dict[str, Any], Extent]) -> None:
    _, expect, extent = told
    assert (find_crisis_plan(extent.blocks) is not None) is expect.get("crisis", False)


def test_parts_of_a_crisis_plan_inside_the_plan(told: tuple[Plan, dict[str, Any], Extent]) -> None:
    plan, expect, extent = told
    part = crisis_part(extent)
    written = (
        {section.topic.value for section in read_crisis_plan(part, plan).header.sections if section.text}
        if part
        else set()
    )
    assert set(expect.get("crisis_topics", [])) <= written


DRAWN = {
    "before the mark": "QUALIFIED PROF. [signature]\tDATE 05/09/25\nRena Stowe, MSW, QP",
    "spelled otherwise": "RESP. PROF. [signature]\tDATE 05/09/25\nRena Stowe, MSW, QP",
}


@pytest.mark.parametrize("case", DRAWN)
def test_a_part_cut_short_before_a_drawn_signature(case: str) -> None:
    text = f"# Service Plan\nClient: Wade Purcell\nGOAL 1: Work.\nPEER SUPPORT DOES: practice.\n{DRAWN[case]}"
    document = document_from_text(text)

    signatures = read_plan(Extent("x.docx", 0, document, document.blocks)).header.signatures

    signed = [s for s in signatures if s.role is SignerRole.PROFESSIONAL and s.form is SignatureForm.DRAWN]
    assert [_date(s) for s in signed] == [date(2025, 5, 9)]
