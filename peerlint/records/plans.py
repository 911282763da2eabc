"""A person-centered plan (Individual Care Plan, recovery plan, service plan) from its layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from peerlint.records.acts import acts_in, assessing, labelled_act, ordering, unique
from peerlint.records.crisis import find_crisis_plan
from peerlint.records.diagnoses import coded_in, read_diagnoses
from peerlint.records.extent import Extent
from peerlint.records.form import Form, read_form
from peerlint.records.goal_tables import is_column_row
from peerlint.records.goals import read_goals
from peerlint.records.header import read_header
from peerlint.records.labels import PLAN_FAMILIES
from peerlint.records.lines import Line, without
from peerlint.records.model import DatedAct, Diagnosis, Plan, Section, Topic, Value
from peerlint.records.passages import Passage, crisis_passages, plan_passages
from peerlint.records.plan_period import read_period
from peerlint.records.signers import read_signers, signed_acts, signing_lines
from peerlint.records.ticks import chosen, has_boxes, ticked, ticks
from peerlint.records.wordlists import any_of, wordlist

_LABELLED_NEED = re.compile(r"(?:^|\s+)\(?[a-h][.)]\s+|;\s*(?=\(?[a-h]\))|;\s+")
_UNSIGNED = Form("", (), ())
_LONGEST_ACT = 600
_OWN_SECTION = (Topic.GOALS, Topic.CRISIS, Topic.SIGNATURES, Topic.PROFILE, Topic.TRANSITION)


def read_plan(extent: Extent) -> Plan:
    """The plan that the extent holds, without a crisis plan that may stand inside it."""
    crisis = find_crisis_plan(extent.blocks)
    if crisis:
        extent = replace(extent, blocks=crisis.around)
    passages = plan_passages(extent.blocks)
    signing = signing_lines(passages)
    form = read_form(tuple(without(extent.blocks, [*signing, *_told_elsewhere(passages)])), PLAN_FAMILIES)
    header = read_header(extent, form, _sections(passages))
    member = header.member.meaning if header.member else None
    signatures = read_signers(signing, form, member)
    if crisis and not any(signature.signed for signature in signatures):
        signatures = (*signatures, *read_signers(signing_lines(crisis_passages(crisis.inside)), _UNSIGNED, member))
    header = replace(header, signatures=signatures)
    period = read_period(form, passages)
    return Plan(
        header=header,
        dated=period.dated,
        starts=period.starts,
        ends=period.ends,
        reviews=period.reviews,
        is_update=_is_update(form, passages),
        goals=read_goals([passage.lines for passage in passages if passage.topic is Topic.GOALS], period.first_day),
        diagnoses=_diagnoses(passages),
        needs=tuple(_needs(passages)),
        assessments=_assessments(passages),
        service_orders=_orders(passages),
        services=tuple(_services(passages)),
        guardian=_guardian(form),
    )


def _told_elsewhere(passages: Sequence[Passage]) -> Iterator[Line]:
    """Lines that hold nothing of the plan's head: tables of goals, and orders, which others sign than the plan."""
    for passage in passages:
        if passage.topic is Topic.SERVICE_ORDER:
            yield from passage.lines
        elif passage.topic is Topic.GOALS:
            yield from (line for line in passage.lines if line.cells)


def _sections(passages: Sequence[Passage]) -> tuple[Section, ...]:
    """The headed parts of the plan; a heading over nothing counts where it asks for something that plans must tell."""
    told = (
        (passage.topic, passage.section()) for passage in passages if passage.heading or passage.topic is Topic.GOALS
    )
    return tuple(section for topic, section in told if section.text or topic is not Topic.OTHER)


def _is_update(form: Form, passages: Sequence[Passage]) -> bool:
    """Whether the title or a ticked box says that this updates an earlier plan."""
    word = _updating()
    boxes = [tick for passage in passages[:5] for line in passage.lines for tick in ticks(line.text)]
    if any(word.search(tick.caption) for tick in boxes):
        return any(tick.ticked and word.search(tick.caption) for tick in boxes)
    kind = form.first("plan_type")
    return bool(word.search(form.title)) or bool(kind and word.search(kind.text))


@cache
def _updating() -> re.Pattern[str]:
    return any_of(wordlist("plans.yaml")["update_title"])


# -- what the plan rests on --------------------------------------------------------------------------------------------


def _diagnoses(passages: Sequence[Passage]) -> tuple[Diagnosis, ...]:
    own = [line for passage in passages if passage.topic is Topic.DIAGNOSIS for line in passage.lines]
    found = read_diagnoses(own)
    if any(diagnosis.code for diagnosis in found):
        return found
    elsewhere = (line for passage in passages if passage.topic not in _OWN_SECTION for line in passage.lines)
    return coded_in([*_above_caption(passages), *elsewhere]) or found


def _above_caption(passages: Sequence[Passage]) -> Iterator[Line]:
    """The lines right above a word for diagnoses, as forms with their captions below the values print them."""
    for above, passage in pairwise(passages):
        if passage.topic is Topic.DIAGNOSIS and above.lines:
            yield above.lines[-1]


def _needs(passages: Sequence[Passage]) -> Iterator[str]:
    """The ticked needs; where the plan has no boxes for them, the needs as described."""
    own = [line for passage in passages if passage.topic is Topic.NEEDS for line in passage.lines]
    boxed = [line for line in own if has_boxes(line.text)]
    if boxed:
        for line in boxed:
            yield from (caption for caption in ticked(line.text) if caption)
        return
    for line in own:
        for need in _LABELLED_NEED.split(line.text):
            if need.strip(" .;") and not _pointer().fullmatch(need.strip(" .;")):
                yield need.strip(" ;")


@cache
def _pointer() -> re.Pattern[str]:
    return re.compile("|".join(wordlist("plans.yaml")["pointer"]), re.IGNORECASE)


def _assessments(passages: Sequence[Passage]) -> tuple[DatedAct, ...]:
    own = [passage for passage in passages if passage.topic is Topic.ASSESSMENT]
    named = [passage for passage in own if not passage.level or assessing().naming.search(passage.heading)]
    told = (
        act
        for passage in named
        if len(passage.text) <= _LONGEST_ACT and (act := labelled_act(passage.text, passage.place))
    )
    return unique([*(act for act in told if act.on or act.pending), *acts_in(_running_lines(passages), assessing())])


def _orders(passages: Sequence[Passage]) -> tuple[DatedAct, ...]:
    """Orders under their label or heading, signed there or told; and orders told in running text."""
    acts: list[DatedAct] = []
    for passage in passages:
        if passage.topic is Topic.SERVICE_ORDER:
            signed = list(signed_acts(passage.lines))
            told = labelled_act(passage.text, passage.place) if len(passage.text) <= _LONGEST_ACT else None
            acts += signed or ([told] if told and (told.on or not passage.level) else [])
    return unique([*acts, *acts_in(_running_lines(passages), ordering())])


def _running_lines(passages: Sequence[Passage]) -> Iterator[Line]:
    """The lines that may tell of an act; a heading may tell of it in brackets ("Diagnosis (CCA of 04/14/2025)")."""
    for passage in passages:
        if passage.topic not in (Topic.GOALS, Topic.CRISIS):
            yield from [Line(passage.heading, passage.place)] if "(" in passage.heading else []
            yield from passage.lines


def _services(passages: Sequence[Passage]) -> Iterator[str]:
    """The services in place, each as one text: a table row, a list item, or a line."""
    for passage in passages:
        if passage.topic is Topic.SERVICES:
            rows: Iterable[Line] = passage.lines
            for line in rows:
                if line.text.strip() and not _heads_services(line) and not line.text.casefold().startswith("order "):
                    yield ", ".join(text for text in line.texts if text) or line.text


def _heads_services(line: Line) -> bool:
    return is_column_row(line.cells) or (
        bool(line.cells)
        and all(len(text.split()) <= 2 and not any(c.isdigit() for c in text) for text in line.texts)
        and any(text.casefold() in ("service", "what", "services", "type") for text in line.texts)
    )


def _guardian(form: Form) -> Value[str] | None:
    """The guardian field as written; its meaning is the guardian, None where it says that there is none."""
    entry = form.first("guardian")
    if entry is None:
        return None
    text = chosen(entry.text)
    meaning = None if not text or _no_guardian().match(text) else text
    return Value(text, meaning, entry.place, entry.label, entry.source)


@cache
def _no_guardian() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(wordlist('plans.yaml')['no_guardian'])})(?!\w)", re.IGNORECASE)
