"""Crisis plans: found inside a plan, and read from whatever headings a person chose for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from peerlint.documents.model import Block, Cell, Paragraph, Part, Table
from peerlint.records.contacts import read_contacts
from peerlint.records.crisis_tables import OF_CRISIS
from peerlint.records.dates import dates_in
from peerlint.records.extent import Extent
from peerlint.records.form import Form, read_form
from peerlint.records.goal_parts import labelled
from peerlint.records.goal_tables import heads_goals
from peerlint.records.goal_words import numbers_goal
from peerlint.records.header import read_header
from peerlint.records.labels import CRISIS_FAMILIES, labels_of
from peerlint.records.lines import Line, clean, lines, without
from peerlint.records.model import CrisisPlan, Header, Plan, Section, Signature, Topic, Value
from peerlint.records.passages import Passage, crisis_passages, run_in_headings
from peerlint.records.phones import phones_in
from peerlint.records.pieces import cut
from peerlint.records.signers import read_signers, signing_lines
from peerlint.records.titles import read_title
from peerlint.records.topics import crisis_cues, crisis_topic_in, plan_cues
from peerlint.records.wordlists import any_of, wordlist

_BACK_TO_PLAN = frozenset(
    {Topic.GOALS, Topic.TRANSITION, Topic.NEEDS, Topic.SERVICES, Topic.DIAGNOSIS, Topic.ASSESSMENT, Topic.SERVICE_ORDER}
)
_ONCE_ONLY = frozenset({Topic.SUPPORTS, Topic.SIGNATURES})
_GAP = re.compile(r"[\n\t]| {3,}")
_SIGNS = frozenset({Topic.TRIGGERS, Topic.WARNING_SIGNS})
_ANSWERS = frozenset({Topic.WHAT_HELPS, Topic.WHAT_HARMS})
_FEWEST_PARTS = 3
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
_UPDATED = re.compile(r"\b(?:updated?|revised|reviewed|last changed)\b", re.IGNORECASE)
_OF_A_PLAN = re.compile(r"\bplan (?:of|dated)\s*$", re.IGNORECASE)
_BORN = re.compile(r"\b(?:born|birth(?:day|date)?|d\.?o\.?b\.?)\W*(?:on\W*)?$", re.IGNORECASE)
_LONGEST_POINTER = 45
_LINES_BELOW_TITLE = 8
_FEWEST_LINES_OF_A_LETTER = 3
_LONGEST_HEADING = 110


@dataclass(frozen=True, slots=True)
class CrisisPart:
    """Where a crisis plan stands inside a plan. ``inside`` begins with its heading; running headers and footers
    belong to both."""

    inside: tuple[Block, ...]
    around: tuple[Block, ...]


def find_crisis_plan(blocks: Sequence[Block]) -> CrisisPart | None:
    """The crisis plan inside a plan, under any title, even over empty boxes; None where there is none or only a
    pointer to one."""
    running = tuple(block for block in blocks if block.place.part not in (Part.BODY, Part.TEXT_BOX))
    body = [piece for block in blocks if block not in running for piece in _cut_at_heading(block)]
    for start, block in enumerate(body):
        if not _heads_crisis(block):
            continue
        end = _end(body, start)
        if _is_plan(body[start:end]):
            return CrisisPart((*body[start:end], *running), (*body[:start], *body[end:], *running))
    if told := _told_by_parts(body):
        start, end = told
        return CrisisPart((*body[start:end], *running), (*body[:start], *body[end:], *running))
    return None


def crisis_part(extent: Extent) -> Extent | None:
    """The part of a plan's extent that is its crisis plan."""
    part = find_crisis_plan(extent.blocks)
    return replace(extent, blocks=part.inside, sole=False) if part else None


def read_crisis_plan(extent: Extent, plan: Plan | None = None) -> CrisisPlan:
    """The crisis plan that the extent holds. What it does not say of the person is taken from ``plan``, in which it
    stands."""
    passages = crisis_passages(extent.blocks)
    signing = signing_lines(passages)
    form = read_form(tuple(without(extent.blocks, signing)), CRISIS_FAMILIES)
    header = read_header(extent, form, _sections(passages))
    if plan is not None:
        header = _of_the_same_person(header, plan.header)
    member = header.member.meaning if header.member else None
    header = replace(header, signatures=read_signers(signing, form, member))
    return CrisisPlan(
        header, _dated(form, passages, header.signatures), read_contacts(_contact_lines(passages)), plan is not None
    )


# -- finding -----------------------------------------------------------------------------------------------------------


def _cut_at_heading(block: Block) -> Iterator[Block]:
    """A table with a crisis plan among its rows, as one table for each of its headings; any other block as it is."""
    if not isinstance(block, Table) or not any(_heads_crisis_row(row) for row in block.rows[1:]):
        yield block
        return
    starts = [
        0,
        *(n for n, row in enumerate(block.rows) if n and _filled_once(row) and plan_cues().topic_of(_first_cell(row))),
    ]
    for start, end in zip(starts, [*starts[1:], len(block.rows)], strict=True):
        yield Table(block.rows[start:end], block.rows[start][0].place)


def _heads_crisis_row(row: Sequence[Cell]) -> bool:
    return _filled_once(row) and _is_crisis_heading(_first_cell(row), 0)


def _first_cell(row: Sequence[Cell]) -> str:
    return clean(row[0].text.split("\n")[0])


def _filled_once(row: Sequence[Cell]) -> bool:
    return len(row) == 1 or not any(clean(cell.text) for cell in row[1:])


def _heads_crisis(block: Block) -> bool:
    if isinstance(block, Table):
        return bool(block.rows) and _heads_crisis_row(block.rows[0])
    return _is_crisis_heading(clean(_GAP.split(block.text)[0]), block.heading) and (
        block.heading > 0 or not block.bullet
    )


def _is_crisis_heading(text: str, level: int) -> bool:
    if not text or len(text) > _LONGEST_HEADING:
        return False
    title = read_title(text)
    if title and title.kind == "crisis-plan":
        return title.certain or level > 0 or text.isupper()
    return level > 0 and plan_cues().topic_of(text) is Topic.CRISIS


def _told_by_parts(body: Sequence[Block]) -> tuple[int, int] | None:
    """Where the parts of a crisis plan stand one after the other under no title for it, or one that nobody listed:
    signs or triggers, what helps or harms, and one more. A heading right above them belongs to them."""
    told = [_topics_in(block) for block in body]
    start = 0
    while start < len(body):
        if not told[start] & OF_CRISIS:
            start += 1
            continue
        end = start + 1
        while end < len(body) and _goes_on(body[end], told[end]):
            end += 1
        parts = frozenset().union(*told[start:end])
        if (
            parts & _SIGNS
            and parts & _ANSWERS
            and len(parts & OF_CRISIS) >= _FEWEST_PARTS
            and _gives_numbers(body[start:end])
        ):
            above = start and _level(body[start - 1]) and not told[start - 1]
            return (start - 1 if above else start), end
        start = end
    return None


def _gives_numbers(part: Sequence[Block]) -> bool:
    return any(phones_in(line.text) for line in lines(part))


def _goes_on(block: Block, topics: frozenset[Topic | None]) -> bool:
    """Whether a block belongs to the crisis plan begun above it: it names one of its parts, or is no heading at all."""
    if topics & OF_CRISIS:
        return True
    return not topics and not _level(block)


def _topics_in(block: Block) -> frozenset[Topic | None]:
    """The topics named by the labels and headings of a block, as those of a crisis plan where they can be."""
    if any(line.cells and heads_goals(line.cells) for line in lines([block])):
        return frozenset({Topic.GOALS})
    return frozenset(topic for label in _labels_in(block) if (topic := _named_topic(label)))


def _named_topic(label: str) -> Topic | None:
    if numbers_goal(label):
        return Topic.GOALS
    field = labels_of(CRISIS_FAMILIES).named(label)
    within = field.topic if field and field.family == "crisis" else crisis_cues().topic_of(label)
    plan = plan_cues().topic_of(label)
    if field and field.family == "crisis" and within in OF_CRISIS:
        return within
    return plan if plan in _BACK_TO_PLAN | _ONCE_ONLY or within not in OF_CRISIS else within


def _labels_in(block: Block) -> Iterator[str]:
    for line in lines([block]):
        if line.cells:
            yield from line.texts if all(line.texts) and not phones_in(line.text) else line.texts[:1]
        elif line.heading or line.text.endswith("?"):
            yield line.text
        elif found := labelled(line.text):
            yield found.label
        elif "\t" in line.text:
            yield line.text.split("\t")[0]
        else:
            yield from (label for label, _ in run_in_headings(line.text) if label)


def _end(body: Sequence[Block], start: int) -> int:
    """Where the crisis plan ends: at a heading, not below its own, that belongs to the rest of the plan."""
    level = _level(body[start])
    before = {plan_cues().topic_of(_heading(block)) for block in body[:start]}
    for number in range(start + 1, len(body)):
        heading = _heading(body[number])
        if heading and (not level or _level(body[number]) <= level) and _resumes_plan(heading, before):
            return number
    return len(body)


def _level(block: Block) -> int:
    return block.heading if isinstance(block, Paragraph) else 0


def _heading(block: Block) -> str:
    """The heading that a block is or, for a table, begins with; "" where there is none."""
    if isinstance(block, Table):
        first = _first_cell(block.rows[0]) if block.rows else ""
        return first if first and _filled_once(block.rows[0]) and (len(block.rows[0]) == 1 or first.isupper()) else ""
    return clean(block.text) if block.heading else ""


def _first_text(block: Block) -> str:
    return next((paragraph.text for paragraph in block.paragraphs()), "")


def _resumes_plan(heading: str, before: set[Topic | None]) -> bool:
    topic = plan_cues().topic_of(heading)
    if topic in _BACK_TO_PLAN:
        return crisis_cues().topic_of(heading) not in OF_CRISIS
    return topic in _ONCE_ONLY and topic not in before


def _is_plan(part: Sequence[Block]) -> bool:
    """Whether a crisis plan stands under the heading, and not just a word on where it is kept."""
    passages = crisis_passages(part)
    if any(passage.topic in OF_CRISIS and passage.heading for passage in passages):
        return True
    text = "\n".join(line.text for passage in passages for line in passage.lines)
    if not text.strip():
        return any(isinstance(block, Table) for block in part)
    if phones_in(text):
        return True
    pointer = any_of(wordlist("plans.yaml")["crisis_elsewhere"])
    if len(text.split()) <= _LONGEST_POINTER and pointer.search(text):
        return False
    title = read_title(clean(_first_text(part[0])))
    return title is not None and title.certain and crisis_topic_in(text) is not None


# -- reading -----------------------------------------------------------------------------------------------------------


def _sections(passages: Sequence[Passage]) -> Iterator[Section]:
    title = next((p for p in passages if p.heading and _is_crisis_heading(p.heading, p.level)), None)
    told = [passage for passage in passages if passage.heading and not _heads_all(passage, title)]
    topical = [passage for passage in told if _topic(passage) in OF_CRISIS]
    if [*topical] == told[:1] and len(told) == 1 and len(told[0].lines) >= _FEWEST_LINES_OF_A_LETTER:
        yield from _unheaded(passages)
        return
    for passage in told:
        for topic in _topics(passage):
            if topic is not Topic.SIGNATURES:
                yield replace(passage.section(), topic=topic)
    if not topical:
        yield from _unheaded(passages)


def _heads_all(passage: Passage, title: Passage | None) -> bool:
    """Whether a heading is the title of the crisis plan, or the name of the agency above it."""
    if passage.topic in OF_CRISIS:
        return False
    return passage is title or (passage.topic is Topic.OTHER and passage.level > 0 and not passage.text)


def _topic(passage: Passage) -> Topic:
    text = passage.text
    if len(phones_in(text)) >= 2 and passage.topic in (Topic.OTHER, Topic.WHAT_HARMS, Topic.CRISIS):
        return Topic.CONTACTS
    if passage.named:
        return passage.topic
    return crisis_topic_in(text) or Topic.OTHER


def _topics(passage: Passage) -> tuple[Topic, ...]:
    """The topic of a passage, or those that its heading names besides ("What helps / what makes it worse")."""
    topic = _topic(passage)
    if not passage.named or topic not in OF_CRISIS:
        return (topic,)
    further = (other for other in crisis_cues().topics_of(passage.heading) if other in OF_CRISIS)
    return tuple(dict.fromkeys((topic, *further)))


def _unheaded(passages: Sequence[Passage]) -> Iterator[Section]:
    """A crisis plan told in plain prose: its sentences by what they are about."""
    for passage in passages:
        for line in passage.lines:
            if line.cells or any(piece.field for piece in cut(line.text, labels_of(CRISIS_FAMILIES))):
                continue
            for sentence in _SENTENCE.split(line.text):
                if topic := crisis_topic_in(sentence):
                    yield Section(topic, "", sentence, line.place)


def _contact_lines(passages: Sequence[Passage]) -> list[Line]:
    own = [line for passage in passages if _topic(passage) is Topic.CONTACTS for line in _named_lines(passage)]
    if any(line.cells or line.bullet or phones_in(line.text) for line in own):
        return own
    skipped = (Topic.SIGNATURES,)
    return [line for passage in passages if passage.topic not in skipped for line in passage.lines if _calls(line)]


def _named_lines(passage: Passage) -> Iterator[Line]:
    """The lines of a contact part; a label before a bare number ("Mobile crisis: 800-555-0199") is the contact's
    name."""
    for line in passage.lines:
        bare = (
            not passage.level
            and not line.cells
            and bool(phones_in(line.text))
            and not re.search(r"[A-Za-z]{3}", line.text)
        )
        yield replace(line, text=f"{passage.heading}, {line.text}") if bare else line


def _calls(line: Line) -> bool:
    """Whether the line gives a number to call, outside the fields about the person."""
    if not phones_in(line.text):
        return False
    return not any(
        piece.field and piece.field.family == "person"
        for piece in cut(line.text.split("\n")[0], labels_of(CRISIS_FAMILIES))
    )


def _dated(form: Form, passages: Sequence[Passage], signatures: Iterable[Signature]) -> Value[date] | None:
    """The date of the crisis plan: of its last update, else as labelled, else in its opening lines, else of its first
    signature."""
    labelled = [
        Value(written.text, written.meaning, entry.place, entry.label, entry.source)
        for entry in (*form.all("crisis_date"), *form.all("plan_date"))
        for written in dates_in(entry.text)
    ]
    updated = [value for value in labelled if _UPDATED.search(value.label)] or list(_updates(passages))
    opening = [*_opening_dates(passages)]
    signed = sorted(
        (s.signed_on for s in signatures if s.signed_on and s.signed_on.meaning),
        key=lambda value: value.meaning or date.max,
    )
    latest = max(
        (value for value in updated if value.meaning), key=lambda value: value.meaning or date.min, default=None
    )
    return next(iter([*([latest] if latest else []), *labelled, *opening, *signed]), None)


def _updates(passages: Sequence[Passage]) -> Iterator[Value[date]]:
    for passage in passages:
        for line in passage.lines:
            for written in dates_in(line.text):
                if _UPDATED.search(line.text[max(0, written.start - 40) : written.start]):
                    yield Value(written.text, written.meaning, line.place)


def _opening_dates(passages: Sequence[Passage]) -> Iterator[Value[date]]:
    """Dates before the first part of the crisis plan; that of the plan it belongs to comes last."""
    late: list[Value[date]] = []
    for number, passage in enumerate(passages):
        heads_all = number <= 1 and passage.level > 0
        if passage.topic in OF_CRISIS and not heads_all:
            break
        for line in passage.lines[:_LINES_BELOW_TITLE] if heads_all else passage.lines:
            if any(
                piece.field and piece.field.key == "birth_date" for piece in cut(line.text, labels_of(CRISIS_FAMILIES))
            ):
                continue
            for written in dates_in(line.text):
                if _BORN.search(line.text[: written.start]):
                    continue
                value = Value(written.text, written.meaning, line.place)
                if _OF_A_PLAN.search(line.text[: written.start]):
                    late.append(value)
                else:
                    yield value
    yield from late


def _of_the_same_person(header: Header, plan: Header) -> Header:
    return replace(
        header,
        member=header.member if header.member and header.member.label else plan.member or header.member,
        medicaid_id=header.medicaid_id or plan.medicaid_id,
        birth_date=header.birth_date or plan.birth_date,
        record_number=header.record_number or plan.record_number,
        payer=header.payer or plan.payer,
    )
