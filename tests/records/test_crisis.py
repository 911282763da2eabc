"""Crisis plans of many agencies, alone and inside plans, read back from real files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from printed import write_docx, write_pdf

from peerlint.documents.read import read
from peerlint.records.crisis import crisis_part, read_crisis_plan
from peerlint.records.extent import Extent
from peerlint.records.item_codes import without_item_codes
from peerlint.records.model import CrisisPlan, SignerRole
from peerlint.records.plans import read_plan

CASES = sorted((Path(__file__).parent / "crisis_plans").glob("*.yaml"))
WRITERS = {".docx": write_docx, ".pdf": write_pdf}
PLAN: list[dict[str, Any]] = [
    {"title": "Person-Centered Plan"},
    {"table": [["Name", "Nora Pell"], ["Medicaid ID", "911002233S"], ["Date of plan", "01/08/2025"]]},
    {"h1": "Goals"},
    {"p": "Goal 1: I want a job."},
    {"p": "Target date: 12/01/2025"},
]


def extent_of(path: Path) -> Extent:
    document = without_item_codes(read(path))
    return Extent(path.name, 0, document, document.blocks)


@pytest.fixture(
    params=[(case, suffix) for case in CASES for suffix in WRITERS], ids=lambda pair: pair[0].stem + pair[1]
)
def told(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[CrisisPlan, dict[str, Any]]:
    case, suffix = request.param
    data = yaml.safe_load(case.read_text("utf-8"))
    return read_crisis_plan(extent_of(WRITERS[suffix](data["blocks"], tmp_path / f"crisis{suffix}"))), data["expect"]


def test_parts_under_any_heading(told: tuple[CrisisPlan, dict[str, Any]]) -> None:
    plan, expect = told
    written = {section.topic.value for section in plan.header.sections if section.text}
    assert set(expect["topics"]) <= written


def test_contacts_in_order(told: tuple[CrisisPlan, dict[str, Any]]) -> None:
    plan, expect = told
    assert [[contact.name, contact.phone] for contact in plan.contacts] == expect["first"]
    assert [contact.order for contact in plan.contacts] == sorted(contact.order for contact in plan.contacts)


def test_date_and_emptiness(told: tuple[CrisisPlan, dict[str, Any]]) -> None:
    plan, expect = told
    assert plan.date == expect["dated"]
    assert plan.empty is expect.get("empty", False)


def inside(tmp_path: Path, *crisis: dict[str, Any]) -> tuple[Extent, Extent | None]:
    extent = extent_of(write_docx([*PLAN, *crisis], tmp_path / "plan.docx"))
    return extent, crisis_part(extent)


def test_a_crisis_plan_inside_a_plan_is_cut_out(tmp_path: Path) -> None:
    extent, part = inside(
        tmp_path,
        {"h1": "Staying steady: my crisis plan"},
        {"p": "Made with Nora on 01/09/2025"},
        {"h2": "What sets me off"},
        {"p": "Crowded trains."},
        {"h2": "Who to call"},
        {"table": [["City Mobile Crisis", "212-555-0101"], ["My aunt", "212-555-0102"]]},
        {"h1": "Transition"},
        {"p": "Fewer visits from June."},
    )
    assert part is not None
    plan = read_plan(extent)
    crisis = read_crisis_plan(part, plan)
    assert crisis.inside_plan and crisis.date == date(2025, 1, 9)
    assert crisis.header.medicaid_id == plan.header.medicaid_id
    assert "Crowded trains" in crisis.header.text and "Crowded trains" not in plan.header.text
    assert [contact.name for contact in crisis.contacts] == ["City Mobile Crisis", "My aunt"]
    assert [section.text for section in plan.header.sections if section.heading == "Transition"] == [
        "Fewer visits from June."
    ]


@pytest.mark.parametrize(
    "pointer",
    [
        [{"p": "Crisis plan: see the separate document dated 01/08/2025."}],
        [{"h1": "Crisis plan"}, {"p": "Attached. Reviewed with Nora on 01/08/2025."}],
        [{"h1": "Crisis history"}, {"p": "Two hospital stays in 2019. No police contact."}],
    ],
)
def test_no_crisis_plan_stands_behind_a_pointer(tmp_path: Path, pointer: list[dict[str, Any]]) -> None:
    assert inside(tmp_path, *pointer)[1] is None


def test_a_heading_over_empty_boxes_is_an_empty_crisis_plan(tmp_path: Path) -> None:
    _, part = inside(
        tmp_path,
        {"h2": "Crisis Prevention and Intervention Plan"},
        {"table": [["Signs", ""], ["What helps", ""], ["Who to call", ""]]},
    )
    assert part is not None
    crisis = read_crisis_plan(part)
    assert crisis.empty and [section.heading for section in crisis.header.sections] == [
        "Signs",
        "What helps",
        "Who to call",
    ]


def test_the_member_is_known_by_name_where_signatures_have_no_label(tmp_path: Path) -> None:
    blocks = [
        {"title": "Crisis Plan"},
        {"p": "Name: Nora Pell"},
        {"h2": "Triggers"},
        {"p": "Crowds."},
        {"p": "/s/ Nora Pell  01/08/2025"},
        {"p": "/s/ Carl Dean, MSW, QP  01/09/2025"},
    ]
    crisis = read_crisis_plan(extent_of(write_docx(blocks, tmp_path / "crisis.docx")))
    assert [(s.role, s.name) for s in crisis.header.signatures] == [
        (SignerRole.MEMBER, "Nora Pell"),
        (SignerRole.PROFESSIONAL, "Carl Dean"),
    ]
