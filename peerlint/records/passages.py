"""A plan or crisis plan cut into passages: the lines that stand under one heading or behind one label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from peerlint.documents.model import PICTURE, TICKED, UNTICKED, Block, Cell, Place
from peerlint.records.credentials import find_credentials
from peerlint.records.crisis_tables import OF_CRISIS, part_headed, parts_apart
from peerlint.records.dates import dates_in
from peerlint.records.goal_cards import goal_cards
from peerlint.records.goal_frames import counted_heading, framed_goals, label_in, part_of, recurring_labels
from peerlint.records.goal_parts import doer_before, is_question, key
from peerlint.records.goal_tables import columns_apart, heads_goals, is_column_row
from peerlint.records.goal_words import column_roles, names_goal, numbers_goal, opens_goal, read_head, tells_of_goal
from peerlint.records.labels import Labels, labels_of
from peerlint.records.lines import Line, cell_lines, clean, lines
from peerlint.records.model import Section, Topic
from peerlint.records.named_signers import ROLES, is_signing_row, signing_columns
from peerlint.records.phones import phones_in
from peerlint.records.pieces import Piece, Setting, cut
from peerlint.records.placeholders import emptied
from peerlint.records.signed_lines import says_signed
from peerlint.records.titles import read_title
from peerlint.records.topics import Cues, crisis_cues, plan_cues
from peerlint.records.wordlists import any_of, wordlist

_COLON = re.compile(r"^(?P<label>[A-Z\"'“][^:.!?\n\t]{1,70}?)\s*:(?=\s|$)\s*(?P<text>.*)$", re.DOTALL)
_SIGNED = re.compile(
    r"\(signed\)|(?:^|[\s:])/s/\s|\b(?:electronically|digitally) signed\b|\bsigned (?:electronically|digitally)\b"
    r"|\(e-?signed\)|\(electronic signature\)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"^(?P<who>[QA])\d{0,2}[.:)]\s+(?=\S)")
_RUN_IN = re.compile(r"(?:^|(?<=[.!?]\s))(?P<label>[A-Z][\w'’ ,/-]{2,45}?)[.]\s+(?=\S)")
_LABEL_WITHIN = re.compile(r"(?:(?<=[.;!?]\s)|(?<=\t))(?P<label>[A-Z][\w'’ -]{3,40}):\s+(?=\S)")
_GOAL_WITHIN = re.compile(r"(?<=[^\s(])\s+(?=GOAL\s*#?\d{1,3}\s*[:\t])")
_DAY = re.compile(r"\d{1,4}[/-]\d")
_RULED = re.compile(r"[\s\-=_*~·.]{4,}")
_PLAN = re.compile(r"\b(?:plan|card)\b", re.IGNORECASE)
_OF_PLANS = ("plan", "crisis-plan")
_SOURCE = re.compile(r"(?:(?:as )?per|from|according to|based on|taken from)\s", re.IGNORECASE)
_LISTED = (Topic.SIGNATURES, Topic.CONTACTS, Topic.SERVICES, Topic.SERVICE_ORDER, Topic.DIAGNOSIS)
_SIGNED_IN = (Topic.SIGNATURES, Topic.SERVICE_ORDER)
_OF_SIGNERS = (None, Topic.SERVICES, Topic.PROFILE, Topic.OTHER)
_OF_GOALS = (None, Topic.GOALS, Topic.PROFILE, Topic.OTHER)
_OWN_WORDS = ('"', "“", "I ")
_TOLD_OF_GOALS = frozenset({"intervention", "measure", "target", "frequency"})
_APART_FROM_GOALS = frozenset(
    {
        Topic.TRANSITION,
        Topic.SUPPORTS,
        Topic.CRISIS,
        Topic.SIGNATURES,
        Topic.DIAGNOSIS,
        Topic.ASSESSMENT,
        Topic.SERVICE_ORDER,
    }
)
_LONGEST_HEADING = 130
_LONGEST_BARE_HEADING = 45
_LONGEST_QUESTION = 90
_LONGEST_CUED_LABEL = 9
_LONGEST_SIGNED_LINE = 240
_LONGEST_DRAWN_LINE = 60
_LONGEST_RUN_IN = 8
_LONGEST_LABEL_ALONE = 5
_MOST_WORDS_IN_CAPITALS = 8
_FEWEST_LEADS = 3
_FEWEST_LABELS_ALONE = 2
_LABELLED_LISTS = (Topic.OTHER, Topic.PROFILE, Topic.ASSESSMENT, Topic.NEEDS, Topic.DIAGNOSIS)
_ALONE = frozenset({Topic.NEEDS, Topic.SUPPORTS, Topic.TRANSITION, Topic.DIAGNOSIS, Topic.ASSESSMENT})


@dataclass(slots=True)
class Passage:
    """The lines under one heading. ``level`` is that of the heading, 0 for a label; ``named`` tells whether its topic
    comes from the heading itself."""

    topic: Topic
    heading: str
    place: Place
    level: int = 0
    lines: list[Line] = field(default_factory=list)
    named: bool = False

    @property
    def text(self) -> str:
        """What is written there, column headings of goal tables and labels beside blank cells left out; "" where only
        blanks and headings stand."""
        written = (line for line in self.lines if not is_column_row(line.cells) and not _asks_in_vain(line))
        return emptied("\n".join(text for line in written if (text := line.text)))

    def section(self) -> Section:
        return Section(self.topic, self.heading, self.text, self.place)


def plan_passages(blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """The passages of a plan without its crisis plan, in reading order. The first one, before any heading, has no
    heading."""
    printed = list(_with_leads_labelled(list(spoken(lines(columns_apart(blocks))))))
    recurring = recurring_labels(printed)
    framed = frozenset(map(id, framed_goals(printed, recurring))) | goal_cards(printed).rows
    return tuple(_Walk(plan_cues(), recurring=recurring, framed=framed).walk(printed))


def _with_leads_labelled(printed: Sequence[Line]) -> Iterator[Line]:
    """The lines of a plan, with a colon behind the first words of those that such words head ("My own people. Her
    aunt."), where the plan heads several of its parts so."""
    leads = {number: lead for number, line in enumerate(printed) if (lead := _lead(line))}
    several = len({plan_cues().topic_of(lead[0]) for lead in leads.values()}) >= _FEWEST_LEADS
    for number, line in enumerate(printed):
        yield replace(line, text=": ".join(leads[number])) if several and number in leads else line


def _lead(line: Line) -> tuple[str, str] | None:
    """The words that head a line and what follows them, None where the line begins with a sentence."""
    match = None if line.cells or line.heading or line.bullet else _RUN_IN.match(line.text)
    heads = match and plan_cues().topic_of(match["label"]) and not _opens_sentence().match(match["label"])
    return (match["label"], line.text[match.end() :]) if match and heads else None


@cache
def _opens_sentence() -> re.Pattern[str]:
    return any_of(wordlist("topics.yaml")["sentence"])


def crisis_passages(blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """The passages of a crisis plan, in reading order."""
    printed = [part for line in spoken(lines(parts_apart(blocks))) for part in _at_run_in_headings(line)]
    return tuple(_Walk(crisis_cues(), every_label=True).walk(printed))


def _at_run_in_headings(line: Line) -> Iterator[Line]:
    if line.cells or line.heading:
        yield line
        return
    for label, text in run_in_headings(line.text):
        yield replace(line, text=f"{label}: {text}" if label else text)


@dataclass(slots=True)
class _Walk:
    """One walk over the lines. ``every_label`` also cuts at labels that are known by their cue alone. ``recurring`` are
    the labels that come again for every goal, ``framed`` the lines that open goals by standing over them, and those on
    the cards of goals."""

    cues: Cues
    every_label: bool = False
    recurring: frozenset[str] = frozenset()
    framed: frozenset[int] = frozenset()
    done: list[Passage] = field(default_factory=list)
    above: int = 0
    """The level of the heading under which the goals began."""

    @property
    def labels(self) -> Labels:
        return labels_of(self.cues.families)

    @property
    def open(self) -> Passage:
        return self.done[-1]

    def walk(self, printed: Iterable[Line]) -> Iterator[Passage]:
        for line in printed:
            if not self.done:
                self.done.append(Passage(Topic.OTHER, "", line.place))
            self._line(line)
        yield from self.done

    def _begin(self, topic: Topic | None, heading: str, place: Place, level: int = 0) -> None:
        if topic is Topic.GOALS and self.done and self.open.topic is not Topic.GOALS:
            self.above = level or self._level_above()
        self.done.append(Passage(topic or Topic.OTHER, heading.strip(" :\t"), place, level, named=topic is not None))

    def _level_above(self) -> int:
        return next((passage.level for passage in reversed(self.done) if passage.level), 0)

    def _line(self, line: Line) -> None:
        if id(line) in self.framed:
            if self.open.topic is not Topic.GOALS:
                self._begin(Topic.GOALS, "", line.place, line.heading)
            self.open.lines.append(line)
            return
        if not line.cells and self._heading(line):
            return
        if self._opens_goals(line):
            if self.open.topic is not Topic.GOALS:
                self._begin(Topic.GOALS, "", line.place, line.heading)
            self.open.lines.append(line)
        elif line.cells:
            self._row(line)
        elif not self._labelled(line):
            if self._signs(line) and self.open.topic is not Topic.SIGNATURES:
                self._begin(Topic.SIGNATURES, "", line.place)
            self.open.lines.append(line)

    def _signs(self, line: Line) -> bool:
        """Whether somebody signs on the line."""
        if self._drawn(line):
            return True
        return (
            bool(_SIGNED.search(line.text) or says_signed(line.text))
            and len(line.text) < _LONGEST_SIGNED_LINE
            and not self._signs_order()
        )

    def _drawn(self, line: Line) -> bool:
        """Whether a picture stands on a line of its own, or in a name, behind the goals: there people sign."""
        told = self.every_label or any(passage.topic is Topic.GOALS for passage in self.done)
        drawn = line.paragraph is not None and PICTURE in line.paragraph.text
        return told and drawn and len(line.text) <= _LONGEST_DRAWN_LINE and not self._signs_order()

    def _signs_order(self) -> bool:
        """Whether a service order still waits for who gave it and when, so that the next signature is its own."""
        order = self.open.text if self.open.topic is Topic.SERVICE_ORDER else None
        return order is not None and not (find_credentials(order) and next(dates_in(order), None))

    def _belongs_to_goal(self, line: Line) -> bool:
        """Whether a line within the goals tells of one: it names a part of one, or asks for one as the form does for
        every goal, or in so many words."""
        if tells_of_goal(clean(line.cells[0].text) if line.cells else line.text):
            return True
        if not line.cells and doer_before(line.text) and not self._signs(line):
            return True
        label = label_in(line)
        if not label or not part_of(label):
            return False
        if key(label) in self.recurring:
            return True
        topic = self.cues.topic_of(label)
        if topic in _APART_FROM_GOALS:
            return False
        return topic in (None, Topic.GOALS) or (is_question(label) and part_of(label) in _TOLD_OF_GOALS)

    def _opens_goals(self, line: Line) -> bool:
        if self.every_label:
            return False
        if line.cells:
            return heads_goals(line.cells) or (
                opens_goal(f"{clean(line.cells[0].text)}: ") and len(line.cells) % 2 == 0
            )
        if self.open.topic is Topic.GOALS and self._belongs_to_goal(line):
            return True
        reported = self.open.topic is Topic.OTHER and self.open.named and not line.heading and numbers_goal(line.text)
        dreaming = self.open.topic is Topic.PROFILE and not numbers_goal(line.text)
        if line.heading and names_goal(line.text) and self.open.topic is not Topic.SIGNATURES:
            return True
        return opens_goal(line.text) and not (reported or dreaming or self.open.topic is Topic.SIGNATURES)

    # -- headings and labels --

    def _heading(self, line: Line) -> bool:
        """Open a passage at a heading; within the goals, a heading that names no other part of a plan is one of
        theirs."""
        text = line.text
        if (
            len(text) > _LONGEST_HEADING
            or (line.bullet and not line.heading)
            or TICKED in text
            or UNTICKED in text
            or _SIGNED.search(text)
            or says_signed(text)
        ):
            return False
        if not (line.heading or self._bare_heading(text)) or _is_sentence(text):
            return False
        if read_head(text) is not None and not self.every_label:
            return False
        if (labelled := _COLON.match(text)) and labelled["text"] and self.cues.topic_of(labelled["label"]):
            return False
        topic = None if self._is_title(text) or self._opens_record(line) else self.cues.topic_of(text)
        if self.open.topic is Topic.SIGNATURES and self._heads_a_signer(line, topic):
            return False
        if self.open.topic is Topic.GOALS and not self.every_label and self._within_goals(line, topic):
            return False
        self._begin(topic, text, line.place, line.heading)
        return True

    def _heads_a_signer(self, line: Line, topic: Topic | None) -> bool:
        """Whether a heading within the signatures tells who signs below it ("I. Person receiving services")."""
        within = 0 < self.open.level < line.heading or not line.heading
        return topic in _OF_SIGNERS if within else topic is None and line.heading >= self.open.level

    def _is_title(self, text: str) -> bool:
        """The title of the whole record ("Recovery Action Plan"), before anything that belongs to one part of it."""
        title = read_title(text)
        return title is not None and title.kind in _OF_PLANS and not any(passage.named for passage in self.done)

    def _opens_record(self, line: Line) -> bool:
        """A heading over everything else that calls what follows a plan ("My plan for hard times")."""
        first = len(self.done) == 1 and not self.done[0].heading and not self.done[0].lines
        return first and self.every_label and bool(_PLAN.search(line.text)) and line.place == self.done[0].place

    def _within_goals(self, line: Line, topic: Topic | None) -> bool:
        if self._names_open_goal(line) or (counted_heading(line) and topic not in _APART_FROM_GOALS):
            return True
        if (label := label_in(line)) and key(label) in self.recurring:
            return True
        deeper = not line.heading or line.heading > (self.open.level or self.above)
        if deeper and self._belongs_to_goal(line):
            return True
        if line.text.startswith(_OWN_WORDS) or (
            topic in _OF_GOALS and topic is not Topic.OTHER and tells_of_goal(line.text)
        ):
            return True
        if topic is Topic.GOALS:
            return False
        if topic is None and self._flat(line):
            return True
        return deeper and (topic in _OF_GOALS or tells_of_goal(line.text))

    def _names_open_goal(self, line: Line) -> bool:
        """Whether a heading follows a number of a goal without words ("Goal 1 of 3"): it is the goal."""
        last = self.open.lines[-1] if self.open.lines else None
        head = read_head(last.text) if last and not last.cells else None
        return head is not None and bool(head.number) and not head.text

    def _flat(self, line: Line) -> bool:
        """Whether headings of goals are set like the heading over them, as the first of them shows by following it at
        once."""
        inner = self.open.lines[0] if self.open.lines else line
        return bool(self.open.heading) and inner.heading == line.heading == self.open.level > 0

    def _bare_heading(self, text: str) -> bool:
        """A line that is printed like any other, and yet a heading: nothing but a known label."""
        if self._asks(text):
            return True
        field = self.labels.named(text)
        if field and field.key in ROLES:
            return False
        known = field is not None and field.shape == "prose" and len(text) <= _LONGEST_HEADING
        if (len(text) > _LONGEST_BARE_HEADING and not known) or text.rstrip().endswith((".", ",", ";", "?", "!")):
            return False
        if not self.every_label and self._stands_like_labels(text):
            return True
        return bool(field and field.topic) or (
            text.isupper() and len(text.split()) <= _MOST_WORDS_IN_CAPITALS and self.cues.topic_of(text) is not None
        )

    def _stands_like_labels(self, text: str) -> bool:
        """A few words that name a topic, in a form whose labels stand alone over their values."""
        alone = sum(passage.named and not passage.level and ":" not in passage.heading for passage in self.done)
        bare = text[:1].isupper() and len(text.split()) <= _LONGEST_LABEL_ALONE and text.replace(" ", "").isalpha()
        return alone >= _FEWEST_LABELS_ALONE and bare and self.cues.topic_of(text) in _ALONE

    def _asks(self, text: str) -> bool:
        """A question of the form that names a topic ("What calms you down?")."""
        return text.endswith("?") and len(text) <= _LONGEST_QUESTION and self.cues.topic_of(text) is not None

    def _labelled(self, line: Line) -> bool:
        """Open a passage for every label in the line that has a topic."""
        if self.open.topic is Topic.GOALS and not self.every_label and self._belongs_to_goal(line):
            return False
        if self._signs(line):
            return False
        pieces = [part for text in self._side_by_side(line.text) for part in self._cut(replace(line, text=text))]
        topics = [self._topic_of(piece, line) for piece in pieces]
        if not any(topics):
            return self._signing_label(pieces, line)
        for piece, topic in zip(pieces, topics, strict=True):
            if topic:
                self._begin(topic, piece.label, line.place)
            text = piece.text if topic or not piece.label else f"{piece.label}: {piece.text}"
            if text:
                self.open.lines.append(Line(text, line.place, 0, line.bullet, (), line.paragraph))
        return True

    def _pieces(self, line: Line) -> list[Piece]:
        pieces = cut(line.text, self.labels, Setting(prose=not self.every_label and len(line.text) > 200))
        match = _COLON.match(line.text)
        told = any(piece.field and piece.field.topic for piece in pieces)
        if self.every_label and match and not told and part_headed(match["label"]) and not _DAY.match(match["text"]):
            return [Piece(match["label"], None, match["text"])]
        whole = len(pieces) == 1 and not pieces[0].label
        match = match if whole or (self._begins_part(line.text) and not told) else None
        if self.every_label and not match and not line.bullet and "\t" in line.text and not pieces[0].field:
            label, _, text = line.text.partition("\t")
            if part_headed(label) and not text[:1].isdigit():
                return [Piece(label, None, text)]
        if match and _SOURCE.match(match["label"]):
            return [Piece("", None, line.text)]
        if match and (self.every_label or self._asks_for(match["label"])):
            return [Piece(match["label"], None, match["text"])]
        return list(pieces)

    def _side_by_side(self, text: str) -> list[str]:
        """The columns of a line, cut where one begins with a label for a part of a plan."""
        columns: list[str] = []
        for chunk in text.split("\t"):
            if columns and not self._begins_part(chunk):
                columns[-1] += f"\t{chunk}"
            else:
                columns.append(chunk)
        return columns

    def _begins_part(self, text: str) -> bool:
        match = None if self.every_label else _COLON.match(text)
        return match is not None and self.cues.topic_of(match["label"]) in _ALONE

    def _cut(self, line: Line) -> Iterator[Piece]:
        return (part for piece in self._pieces(line) for part in self._cut_within(piece))

    def _cut_within(self, piece: Piece) -> Iterator[Piece]:
        """A piece of running text cut where a sentence of it is a label for a part of a plan ("Needs: ...")."""
        start, label = 0, piece.label
        for match in () if self.every_label else _LABEL_WITHIN.finditer(piece.text):
            if self.cues.topic_of(match["label"]) in _ALONE:
                yield Piece(label, piece.field if not start else None, piece.text[start : match.start()].rstrip())
                start, label = match.end(), match["label"]
        yield replace(piece, label=label, field=piece.field if not start else None, text=piece.text[start:])

    def _asks_for(self, label: str) -> bool:
        return self.cues.topic_of(label) is not None and not any(letter.isdigit() for letter in label)

    def _topic_of(self, piece: Piece, line: Line) -> Topic | None:
        if not piece.label:
            return None
        if piece.field:
            return piece.field.topic
        if self.open.topic is Topic.SIGNATURES:
            return None
        if self.open.topic is Topic.CONTACTS:
            part = part_headed(piece.label) if self.every_label and not phones_in(piece.text) else None
            return part if part is not Topic.CONTACTS else None
        if not self.every_label and len(piece.label.split()) > _LONGEST_CUED_LABEL:
            return None
        topic = self.cues.topic_of(piece.label)
        if topic is Topic.GOALS and self.open.named and self.open.topic in _APART_FROM_GOALS:
            return None
        listed = line.bullet and not self.every_label
        return None if listed and not (topic in _ALONE and self.open.topic in _LABELLED_LISTS) else topic

    def _signing_label(self, pieces: Sequence[Piece], line: Line) -> bool:
        if (
            pieces
            and pieces[0].shape == "signature"
            and self.open.topic is not Topic.SIGNATURES
            and not (self.open.topic is Topic.CONTACTS and phones_in(line.text))
            and line.text.count(" ") < 25
        ):
            self._begin(Topic.SIGNATURES, "", line.place)
            self.open.lines.append(line)
            return True
        return False

    # -- tables --

    def _row(self, line: Line) -> None:
        """A row of labels with topics opens a passage for each; any other row belongs to the passage that is open."""
        if self.open.topic is Topic.GOALS and self.open.lines and not self.every_label and self._belongs_to_goal(line):
            self.open.lines.append(line)
            return
        pairs = list(_pairs(line.cells))
        topics = [self._row_topic(label) for label, _ in pairs]
        if len(pairs) == 1 and self._heads_columns(clean(pairs[0][1].text)):
            topics = []
        listed = self.open.topic is Topic.CONTACTS and not self._ends_contacts(pairs, topics)
        if self.open.topic is Topic.SIGNATURES or listed or not any(topics) or not all(topics[:1]):
            self._signing_row(line)
            self.open.lines.append(line)
            return
        for (label, value), topic in zip(pairs, topics, strict=True):
            if topic:
                self._begin(topic, label, value.place)
            self.open.lines.extend(cell_lines(value))

    def _ends_contacts(self, pairs: Sequence[tuple[str, Cell]], topics: Sequence[Topic | None]) -> bool:
        """Whether a row below the contacts is none of them: it gives no number and its label heads another part."""
        if not pairs or any(phones_in(f"{label} {value.text}") for label, value in pairs):
            return False
        if topics[:1] == [Topic.OTHER]:
            return True
        return self.every_label and part_headed(pairs[0][0]) not in (None, Topic.CONTACTS)

    def _heads_columns(self, value: str) -> bool:
        """Whether the cell beside a label is a label, too: two column headings, no label with its value."""
        return bool(value) and len(value) < 40 and (self.labels.named(value) is not None or bool(column_roles(value)))

    def _row_topic(self, label: str) -> Topic | None:
        of_goal = self.open.topic is Topic.GOALS and bool(self.open.text) and tells_of_goal(label)
        if not label or len(label) > _LONGEST_HEADING or of_goal:
            return None
        if field := self.labels.named(label):
            return self.cues.topic_of(label) if field.topic else None
        if self.every_label or label.endswith(":"):
            return self.cues.topic_of(label)
        telling = self.open.topic not in _LISTED and len(label.split()) <= _LONGEST_CUED_LABEL
        topic = self.cues.topic_of(label) if telling else None
        within_goals = self.open.topic is Topic.GOALS and topic in (Topic.GOALS, Topic.PROFILE)
        return None if within_goals or topic is Topic.OTHER else topic

    def _signing_row(self, line: Line) -> None:
        label = clean(line.cells[0].text)
        first = self.labels.named(label)
        asked = self.open.topic is Topic.GOALS or (not self.open.level and not self.open.lines)
        named = first is not None and first.shape == "signature" and asked and self.open.topic not in _SIGNED_IN
        named = named or (
            self.open.topic not in _LISTED
            and any(p.topic is Topic.GOALS for p in self.done)
            and is_signing_row(line.cells)
        )
        headed = "signature" in signing_columns(line.cells)
        if named or ((headed or self._signs(line)) and self.open.topic not in _SIGNED_IN):
            self._begin(Topic.SIGNATURES, "", line.place)


def _asks_in_vain(line: Line) -> bool:
    """Whether a row is a label with nothing beside it."""
    if len(line.cells) != 2 or line.texts[1]:
        return False
    label = line.texts[0]
    return is_question(label) or bool(part_of(label)) or names_goal(label) or plan_cues().topic_of(label) is not None


def run_in_headings(text: str) -> list[tuple[str, str]]:
    """A line of a crisis plan cut at sentences that are no more than a heading ("What helps me. Quiet."), each with
    what stands behind it; the first heading is "" where the line begins without one."""
    cuts = [match for match in _RUN_IN.finditer(text) if _heads_part(match["label"])]
    ends = [*(match.start() for match in cuts[1:]), len(text)]
    parts = (
        [(match["label"], text[match.end() : end].strip()) for match, end in zip(cuts, ends, strict=True)]
        if cuts
        else []
    )
    before = text[: cuts[0].start()].strip() if cuts else text
    return [("", before), *parts] if before else parts


def _at_goals(line: Line) -> Iterator[Line]:
    """A printed line cut where a counted goal in capitals begins in it, as print-outs run lines together."""
    parts = [line.text] if line.cells else _GOAL_WITHIN.split(line.text)
    yield from [line] if len(parts) == 1 else (replace(line, text=part) for part in parts)


def _heads_part(label: str) -> bool:
    asks = label.split()[0].casefold() in ("what", "how", "who", "when", "where", "call", "signs", "triggers")
    return asks and len(label.split()) <= _LONGEST_RUN_IN and crisis_cues().topic_of(label) in OF_CRISIS


def spoken(printed: Iterable[Line]) -> Iterator[Line]:
    """The lines without ruled ones; those of an interview without the letters for question and answer in front."""
    told = [part for line in printed if line.cells or not _RULED.fullmatch(line.text) for part in _at_goals(line)]
    letters = {match["who"] for line in told if not line.cells and (match := _SPOKEN.match(line.text))}
    for line in told:
        match = _SPOKEN.match(line.text) if letters == {"Q", "A"} and not line.cells else None
        yield replace(line, text=line.text[match.end() :]) if match else line


def _is_sentence(text: str) -> bool:
    """A line that looks set apart and yet is running text, as in a print where tables are set in smaller type."""
    return text.endswith(".") and len(text.split()) > 3 and not text.startswith(_OWN_WORDS)


def _pairs(cells: Sequence[Cell]) -> Iterator[tuple[str, Cell]]:
    """Labels with the cells beside them, in a row of two or four cells."""
    if len(cells) in (2, 4):
        yield from ((clean(label.text), value) for label, value in zip(cells[0::2], cells[1::2], strict=True))
