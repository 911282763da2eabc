"""Records built by hand for the tests of the language stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from peerlint.documents.model import Place
from peerlint.records.model import (
    Caseload,
    Chart,
    CrisisPlan,
    Goal,
    Header,
    Intervention,
    PersonName,
    Plan,
    Section,
    ServiceNote,
    Signature,
    SignatureForm,
    SignerRole,
    Topic,
    Value,
)

PLACE = Place(0)
TOPICS = {topic.value: topic for topic in Topic}


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of ``tests/language/<name>.yaml``."""
    loaded: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def note(
    told: Mapping[str, str] | str,
    *,
    path: str = "note.docx",
    member: str = "Ana Ruiz",
    day: date = date(2025, 3, 4),
    goals: Sequence[int] | str | None = None,
    service: str = "Peer Support Services (individual)",
    signer: str = "",
) -> ServiceNote:
    """A note that tells ``told``: text by topic, or loose prose."""
    by_topic = {"narrative": told} if isinstance(told, str) else told
    sections = tuple(Section(TOPICS[topic], topic.title(), text, PLACE) for topic, text in by_topic.items())
    signature = Signature(SignerRole.STAFF, SignatureForm.TYPED, signer, "CPSS", None, PLACE)
    cited = None
    if goals is not None:
        cited = Value(str(goals), () if isinstance(goals, str) else tuple(goals), PLACE)
    return ServiceNote(
        header=header(path, member, "\n".join(by_topic.values()), sections, (signature,)),
        service_date=Value(day.isoformat(), day, PLACE),
        service=Value(service, service, PLACE),
        goals_cited=cited,
        narrative=sections,
    )


def header(
    path: str, member: str, text: str, sections: tuple[Section, ...] = (), signatures: tuple[Signature, ...] = ()
) -> Header:
    first, _, last = member.partition(" ")
    name = Value(member, PersonName(first, last), PLACE)
    return Header(path, 0, None, PLACE, "", text, name, None, None, None, None, sections, signatures)


def plan(goals: Mapping[int, Sequence[str]], member: str = "Ana Ruiz") -> Plan:
    """A plan of goals by number: the goal's text, then its interventions."""
    told = tuple(
        Goal(number, text, PLACE, interventions=tuple(Intervention(line, PLACE) for line in lines))
        for number, (text, *lines) in goals.items()
    )
    return Plan(header("plan.docx", member, "\n".join(line for lines in goals.values() for line in lines)), goals=told)


def crisis_plan(told: Mapping[str, str], member: str, path: str = "crisis.docx") -> CrisisPlan:
    sections = tuple(Section(TOPICS[topic], topic.title(), text, PLACE) for topic, text in told.items())
    return CrisisPlan(header(path, member, "\n".join(told.values()), sections))


def chart(
    member: str,
    *notes: ServiceNote,
    plans: tuple[Plan, ...] = (),
    crisis_plans: tuple[CrisisPlan, ...] = (),
) -> Chart:
    first, _, last = member.partition(" ")
    return Chart(member.casefold(), PersonName(first, last), (), notes, plans, crisis_plans)


def caseload(*charts: Chart) -> Caseload:
    return Caseload(charts, ())
