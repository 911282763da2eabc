"""The goals of a plan, with their interventions, from tables, headed paragraphs, lists and prose.

The lines that deal with goals are read one after the other. A line either opens a goal, names columns, fills a part of
the goal that is open (a measure, a target date), or adds an intervention to it. The words are data (``goals.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from peerlint.documents.model import Cell, Place
from peerlint.records.dates import is_bare_date
from peerlint.records.goal_cards import Cards, goal_cards, labels_beside
from peerlint.records.goal_drafts import Draft, Step, finished
from peerlint.records.goal_frames import (
    counted_heading,
    framed_goals,
    label_in,
    part_of,
    recurring_labels,
    without_count,
)
from peerlint.records.goal_outline import Outline, unmarked
from peerlint.records.goal_parts import doer_before, doer_in, helpers_named, is_question, key, labelled
from peerlint.records.goal_tables import columns
from peerlint.records.goal_words import GoalWords, Head, Level, PartOfGoal, Piece, doer_of, goal_words, read_head
from peerlint.records.lines import Line, cell_lines, clean
from peerlint.records.model import Goal, Value
from peerlint.records.placeholders import placeholders_in
from peerlint.records.plan_dates import target_date
from peerlint.records.ticks import has_boxes

_QUOTED = re.compile(r"""\s*["“'‘]""")
_OWN_WORDS = re.compile(r"""\s*["“'‘]?\s*(?:I|My|We)\b""")
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]?")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[A-Z\"“])")
_EVIDENCED = re.compile(
    r"\b(?:as (?:is )?evidenced by|as (?:measured|shown|demonstrated) by|AEB)\b:?\s*", re.IGNORECASE
)
_BY_DATE = re.compile(
    r"\b(?:by|until|before|no later than|through|target (?:completion )?date(?: is| of)?)\s+(?:(?:the\s+)?end\s+of\s+)?"
    r"(?=\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_LEADING_RANK = re.compile(r"^\s*#?(\d{1,2})\s*[.):\-–]\s*(?=\S)")
_RANK_IN_CELL = re.compile(r"^(\d{1,2})\s+(?=[A-Z][^\n]*\n)")
_SHARP = re.compile(r"^#\s?\d{1,2}\s+(?=[A-Z\"“])")
_LEADING_COUNT = re.compile(r"^\s*\d+(?:\.\d+)+\.?\s+")
_ONLY_RANK = re.compile(r"\s*(?:goals?\s*)?#?\s*(\d{1,2})[a-h]?\s*[.):]?\s*", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?P<who>[A-Z][\w.'’-]*(?:[\s,&/]+(?:and\s+|the\s+)?[\w.'’-]+){0,6}?)\s+will\s")
_LETTERED = re.compile(r"(?P<letter>[A-H][.)])\s+(?P<text>[A-Z][\w'’]+\s+(?:[a-z]\S*\s+\S+\s+\S+).*)", re.DOTALL)
_PROMISED = re.compile(r"(?P<who>[A-Z][\w'’.]*(?:\s+[\w'’.]+){0,3})\s+will\s*:\s*(?P<text>\S.*)", re.DOTALL)
_NOTHING = Piece("", "", "")
_LONGEST_PLAIN_LABEL = 4
_LONGEST_SMALL_LABEL = 5


def read_goals(stretches: Sequence[Sequence[Line]], start: date | None = None) -> tuple[Goal, ...]:
    """The goals in the stretches of a plan that deal with goals. ``start`` is the plan date, for dates like "in six
    months"."""
    words = goal_words()
    printed = [line for stretch in stretches for line in stretch]
    recurring = recurring_labels(printed)
    framed = frozenset(map(id, framed_goals(printed, recurring)))
    cards = goal_cards(printed)
    headed = [
        stretch
        for stretch in stretches
        if _has_heads(stretch, words) or any(id(line) in framed or id(line) in cards.rows for line in stretch)
    ]
    helpers = helpers_named(line.text for line in printed if not line.cells)
    reader = _Reader(words, start, recurring, framed, cards, helpers)
    for stretch in headed or stretches:
        reader.read(stretch)
    return tuple(finished(reader.drafts, words))


def _has_heads(stretch: Sequence[Line], words: GoalWords) -> bool:
    return any((head := _head_of(line, words)) and head.level is not Level.WEAK for line in stretch) or any(
        "goal" in roles for line in stretch for roles in columns(line.cells)
    )


def _head_of(line: Line, words: GoalWords) -> Head | None:
    if columns(line.cells):
        return None
    return read_head(clean(line.cells[0].text) if line.cells else line.text)


# -- reading -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    words: GoalWords
    start: date | None
    recurring: frozenset[str] = frozenset()
    framed: frozenset[int] = frozenset()
    cards: Cards = field(default_factory=Cards)
    helpers: Mapping[str, str] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    open: Draft | None = None
    long: Draft | None = None
    mode: str = ""
    columns: list[tuple[str, ...]] = field(default_factory=list)
    headings: tuple[str, ...] = ()
    strong: bool = False
    step: Step | None = None
    listed: bool = False
    style: str = ""
    awaited: tuple[str, ...] = ()
    outline: Outline = field(default_factory=lambda: Outline(()))

    def read(self, stretch: Sequence[Line]) -> None:
        levels = [head.level for line in stretch if (head := _head_of(line, self.words))]
        self.strong = any(level in (Level.GOAL, Level.LONG, Level.SHORT) for level in levels)
        framed = any(id(line) in self.framed for line in stretch)
        self.style = "" if framed or _has_heads(stretch, self.words) or levels else _style(stretch, self.words)
        self.outline = Outline(stretch if self.style else ())
        self.open, self.long, self.mode, self.columns, self.listed = None, None, "", [], False
        known = len(self.drafts)
        for line in self._rejoined(stretch):
            if line.cells:
                self._row(line)
            else:
                self.columns = self.columns if line.bullet else []
                self._line(line)
        self._share(self.drafts[known:])

    def _rejoined(self, stretch: Sequence[Line]) -> Iterator[Line]:
        """The lines, those that only go on with the line before them joined to it, as where print wraps them."""
        open_line: Line | None = None
        for line in stretch:
            if open_line is not None and _goes_on(open_line, line):
                joined = replace(open_line, text=f"{open_line.text} {line.text}")
                if id(open_line) in self.framed:
                    self.framed |= {id(joined)}
                open_line = joined
                continue
            if open_line is not None:
                yield open_line
            open_line = line
        if open_line is not None:
            yield open_line

    def _share(self, drafts: Sequence[Draft]) -> None:
        """A list of goals with one list of interventions behind it: they serve all of them."""
        if self.listed and len(drafts) > 1 and not any(draft.steps for draft in drafts[:-1]):
            for draft in drafts[:-1]:
                draft.steps = list(drafts[-1].steps)

    # -- goals --

    def _begin(self, head: Head, place: Place) -> None:
        if self.open and self._fills(head):
            return
        if head.rank is not None and not head.text and (known := self._known(head.rank)):
            self.open, self.mode = known, ""
            return
        draft = Draft(head.level, head.number, head.rank, "", place)
        if head.level is Level.LONG:
            self.long = draft
        elif head.level is Level.SHORT:
            draft.parent = self.long
        self.drafts.append(draft)
        self.open, self.mode = draft, ""
        self._goal_text(head.text, place)

    def _fills(self, head: Head) -> bool:
        """A word that opens goals elsewhere, and here only tells more of the goal that is open."""
        goal = self.open
        assert goal is not None
        below_goal = goal.level is Level.GOAL and head.level in (Level.OBJECTIVE, Level.SHORT)
        below_short = goal.level in (Level.SHORT, Level.LONG) and head.level is Level.OBJECTIVE
        if head.level is Level.WEAK and self.strong:
            if not goal.text:
                self._goal_text(head.text, goal.place)
                self.mode = "text"
            else:
                goal.tell("measure", head.text)
                self.mode = "measure"
            return True
        if below_goal or below_short:
            if not goal.text and goal.level is not Level.LONG:
                self._goal_text(head.text, goal.place)
            else:
                self._measured(head.text, goal.place)
            self.mode = "" if head.text else "measure"
            return True
        if head.level is Level.GOAL and not head.number and not goal.text:
            self._goal_text(head.text, goal.place)
            return True
        return False

    def _measured(self, text: str, place: Place) -> None:
        """An objective below a goal, and the parts told on the same line."""
        first, *rest = list(self.words.pieces(text)) or [_NOTHING]
        if first.part:
            self._piece(first, place)
        else:
            self._labelled("measure", first.text, place)
        for piece in rest:
            self._piece(piece, place)

    def _known(self, rank: int) -> Draft | None:
        return next((draft for draft in self.drafts if draft.rank == rank and draft.text), None)

    def _goal_text(self, text: str, place: Place) -> None:
        """The goal's own words, and the parts told on the same line."""
        goal = self.open
        assert goal is not None
        first, *rest = list(self.words.pieces(text)) or [Piece("", "", "")]
        if first.part:
            first, rest = Piece("", "", ""), [first, *rest]
        if first.text:
            goal.text, told = self._statement(first.text)
            goal.place = place
            self._dates_in_prose(goal.text, place)
            self._prose(told, place)
        for piece in rest:
            self._piece(piece, place)

    def _statement(self, text: str) -> tuple[str, str]:
        """The goal itself, and the sentences behind it that tell how it will be reached or known."""
        ends = [match.end() for match in _SENTENCE.finditer(text)]
        for start in ends:
            sentence = _SENTENCE.split(text[start:])[0]
            if self.words.measuring.search(sentence) or self.words.acting.search(sentence) or _BY_DATE.search(sentence):
                return text[: ends[0]].strip(), text[ends[0] :]
        return text, ""

    def _dates_in_prose(self, text: str, place: Place) -> None:
        goal = self.open
        assert goal is not None
        if shown := _EVIDENCED.search(text):
            goal.tell("measure", text[shown.end() :])
        if by := _BY_DATE.search(text):
            self._target(target_date(text[by.start() :], place, "", self.start), goal)

    def _target(self, value: Value[date] | None, goal: Draft) -> None:
        """Keep the first target date that is a date; one that is none only where there is no other."""
        if value and (goal.target is None or (goal.target.meaning is None and value.meaning)):
            goal.target = value

    # -- lines --

    def _line(self, line: Line) -> None:
        if id(line) in self.framed:
            self.open = None
            self._begin(_framed_head(line), line.place)
            return
        if self.outline and (depth := self.outline.depth(line)) is not None:
            self._outlined(line, depth)
            return
        if captions := _captions(line):
            self._begin(captions[0], line.place)
            self.awaited = captions[1]
            return
        if self.awaited and self.open and not self.open.text and not read_head(line.text):
            self._below_captions(line)
            return
        if told := self.words.read_part(line.text):
            self._part_by_number(told, line)
            return
        if head := read_head(line.text):
            self._begin(head, line.place)
            return
        if self._starts_unnamed_goal(line):
            text = _LEADING_RANK.sub("", _LEADING_COUNT.sub("", _SHARP.sub("", line.text)))
            number = line.bullet.strip("().") if _NUMBERED.fullmatch(line.bullet) else ""
            self._begin(Head(Level.GOAL, number, text), line.place)
            return
        if self.open is None:
            return
        if lettered := _LETTERED.match(line.text):
            line = replace(line, text=lettered["text"], bullet=lettered["letter"])
        if promised := _PROMISED.match(line.text):
            self.open.steps.append(Step(promised["text"], line.place, {"responsible": promised["who"]}))
            return
        if self.open.text and (done := doer_before(line.text, self.helpers)):
            who = self.helpers.get(key(done.label), done.label)
            self.open.steps.append(Step(done.text, line.place, {"responsible": who}))
            return
        known = len(self.open.steps)
        for piece in self._pieces(line):
            self._piece(piece, line.place, line)
            self.step = self.open.steps[-1] if len(self.open.steps) > known else None
        self.step = None

    def _below_captions(self, line: Line) -> None:
        """The values below a goal's number and the captions beside it, in their order."""
        text, *rest = line.text.split("\t")
        self._goal_text(text.strip(), line.place)
        for part, value in zip(self.awaited, rest, strict=False):
            self._labelled(part, value.strip(), line.place)
        self.awaited = ()

    def _outlined(self, line: Line, depth: int) -> None:
        """A line of an outline: a goal, below it an objective where there is something below that, else a step."""
        text = unmarked(line)
        if depth == 0 or self.open is None:
            self.open = None
            self._begin(Head(Level.GOAL, "", text), line.place)
        elif depth == 1 and self.outline.has_objectives:
            self._labelled("measure", text, line.place)
        else:
            self._piece(Piece("intervention", "", text), line.place, line)

    def _part_by_number(self, told: PartOfGoal, line: Line) -> None:
        """A part told with its goal's number; the goal may have been told before, or may never be."""
        self.open = next((draft for draft in self.drafts if draft.rank == told.rank), None)
        if self.open is None:
            self.open = Draft(Level.GOAL, str(told.rank), told.rank, "", line.place)
            self.drafts.append(self.open)
        self._piece(Piece(told.part, line.text, told.text), line.place, line)

    def _pieces(self, line: Line) -> Iterator[Piece]:
        """The line cut at its labels; the first of them may be one that only asks ("How do I get there?")."""
        first, *rest = list(self.words.pieces(line.text)) or [_NOTHING]
        label = label_in(line) if not first.part else ""
        if label and (line.bullet or not self._asks(label)):
            label = ""
        if not label:
            yield from (first, *rest)
            return
        found = labelled(first.text) if not line.heading else None
        told = found.text if found and found.label == label else ""
        part = part_of(label)
        self.mode = "" if told else part
        if part == "goal":
            yield Piece("", "", told)
        elif told:
            yield Piece(part, label, told)
        else:
            yield Piece(part, label, "")
        yield from rest

    def _asks(self, label: str) -> bool:
        """Whether a label asks for a part of the goal: as the form does for every goal, or in so many words."""
        if not part_of(label):
            return False
        return key(label) in self.recurring or is_question(label) or len(label.split()) <= _LONGEST_PLAIN_LABEL

    def _starts_unnamed_goal(self, line: Line) -> bool:
        if has_boxes(line.text):
            return False
        match self.style:
            case "headings":
                return line.heading > 0 and not self.words.part(line.text)
            case "numbered":
                return bool(_NUMBERED.fullmatch(line.bullet)) and not (self.mode and line.bullet.strip("().") == "1")
            case "bullets":
                return bool(line.bullet) and not self.mode
            case "quotes":
                return not line.bullet and bool(_QUOTED.match(line.text))
            case "own words":
                return not line.bullet and bool(_OWN_WORDS.match(line.text))
            case "paragraphs":
                return (
                    not self.mode
                    and not line.bullet
                    and not self.words.part(line.text)
                    and not any(p.part for p in self.words.pieces(line.text))
                )
        return False

    def _piece(self, piece: Piece, place: Place, line: Line | None = None) -> None:
        if piece.part:
            self.mode = piece.part if not piece.text or piece.part == "intervention" else ""
            self.listed = self.listed or (piece.part == "intervention" and not piece.text)
            if piece.text:
                self._labelled(piece.part, piece.text, place, piece.label)
        elif piece.text:
            self._unlabelled(piece.text, place, line)

    def _labelled(self, part: str, text: str, place: Place, label: str = "") -> None:
        goal = self.open
        assert goal is not None
        match part:
            case "goal" if not goal.text:
                self._goal_text(text, place)
            case "target" if self.step is not None:
                self.step.target = target_date(text, place, label, self.start)
            case "responsible" | "frequency" | "service" if self.step is not None:
                self.step.told[part] = text
            case "target":
                self._target(target_date(text, place, label, self.start), goal)
            case "intervention":
                doer = doer_in(label) or doer_of(label)
                goal.steps.append(_step(text, place, {"responsible": doer} if doer else {}))
            case "measure" if is_bare_date(text):
                self._target(target_date(text, place, label, self.start), goal)
            case "responsible" | "frequency" | "service":
                self._tell_steps(goal, part, text)
            case "measure":
                goal.tell("measure", _without_placeholders(text))
                self._dates_in_prose(text, place) if not _EVIDENCED.search(text) else None
            case _:
                goal.tell(part, text)

    def _tell_steps(self, goal: Draft, part: str, text: str) -> None:
        """Who does it, told once for all steps that do not say it themselves."""
        for step in goal.steps:
            step.told.setdefault(part, text)
        if not goal.steps:
            goal.tell(part, text)

    def _unlabelled(self, text: str, place: Place, line: Line | None) -> None:
        goal = self.open
        assert goal is not None
        if not goal.text or self._is_domain(goal, text):
            self._goal_text(text, place)
        elif self.mode == "text":
            goal.text = f"{goal.text} {text}"
        elif is_bare_date(text):
            self._labelled("target", text, place)
        elif self.mode:
            self._labelled(self.mode, text, place)
        elif line is not None and line.bullet:
            goal.steps.append(Step(text, place))
        else:
            self._prose(text, place)

    def _is_domain(self, goal: Draft, text: str) -> bool:
        """Whether what stands behind the goal's number is only the part of life ("Goal 1 | Home") over its words."""
        return key(goal.text) in self.words.domains and not goal.told and not self.mode and len(text.split()) > 2

    def _prose(self, text: str, place: Place) -> None:
        """Sentences under a goal that no label sorts."""
        goal = self.open
        assert goal is not None
        for sentence in filter(None, _SENTENCE.split(text)):
            if self.words.measuring.search(" ".join(sentence.split()[:5])):
                goal.tell("measure", sentence)
            elif self.words.acting.search(sentence):
                goal.steps.append(Step(sentence, place))
            elif self.words.measuring.search(sentence):
                goal.tell("measure", sentence)
            else:
                goal.tell("baseline", sentence)
            self._dates_in_prose(sentence, place)

    # -- rows --

    def _row(self, line: Line) -> None:
        if headed := columns(line.cells):
            self.columns, self.headings = headed, line.texts
            self.mode = ""
            return
        if id(line) in self.cards.rows:
            self._card_row(line)
            return
        filled = [cell for cell in line.cells if clean(cell.text)]
        if not filled:
            return
        if len(filled) == 1 and filled[0] is line.cells[0] and self._alone(filled[0]):
            return
        if len(filled) == 1 and self._heads_first_column(clean(filled[0].text)):
            return
        if self._label_row(line):
            return
        if self.columns and not self._labels_itself(filled):
            self._column_row(line)
        else:
            for cell in filled:
                for inner in cell_lines(cell):
                    self._line(inner)

    def _labels_itself(self, filled: Sequence[Cell]) -> bool:
        """A row across the columns whose cells bring their own labels ("Target date: 07/07/2025", "Status: O")."""
        pieces = [next(iter(self.words.pieces(clean(cell.text))), _NOTHING) for cell in filled]
        return self.open is not None and all(piece.part and piece.label and piece.text for piece in pieces)

    def _alone(self, cell: Cell) -> bool:
        """A row with text in its first cell only: the title row of a goal, or a labelled line across the table."""
        text = clean(cell.text)
        opening = read_head(text)
        labelled = next(iter(self.words.pieces(text)), None)
        if not opening and not (labelled and labelled.part and labelled.text):
            return False
        for inner in cell_lines(cell):
            self._line(inner)
        return True

    def _heads_first_column(self, text: str) -> bool:
        """A heading over the first column alone; the other columns keep theirs."""
        roles = self.words.exact_roles(text)
        if not self.columns or roles not in (("intervention",), ("goal",), ("objective",)):
            return False
        self.columns = [roles, *self.columns[1:]]
        return True

    def _label_row(self, line: Line) -> bool:
        """A row of labels with their values beside them, two or four to the row."""
        texts = line.texts
        if (
            len(texts) % 2
            or not all(self._names_something(label) or not label for label in texts[0::2])
            or not texts[0]
        ):
            return False
        if self.columns and len(texts) == len(self.columns) and len(texts) > 2:
            return False
        for label, cell in labels_beside(line.cells):
            if head := read_head(label):
                self._begin_beside(head, cell)
            elif label and self.open is not None:
                self._told_beside(part_of(label), label, cell)
        self.mode = ""
        return True

    def _card_row(self, line: Line) -> None:
        """A row on a goal's card: what stands behind a label that is not known is kept out of the goal."""
        for label, cell in labels_beside(line.cells):
            if label == clean(line.cells[0].text) and (head := self.cards.opened.get(id(line))):
                self.open = None
                self._begin_beside(head, cell)
            elif head := read_head(label):
                self._begin_beside(head, cell)
            elif self.open is not None:
                self._told_beside(part_of(label) or "aside", label, cell)
        self.mode = ""

    def _begin_beside(self, head: Head, cell: Cell) -> None:
        self._begin(head, cell.place)
        for inner in cell_lines(cell):
            self._line(inner)

    def _told_beside(self, part: str, label: str, cell: Cell) -> None:
        self.mode = part
        for inner in cell_lines(cell):
            self._labelled_line(part, inner, label)

    def _labelled_line(self, part: str, line: Line, label: str) -> None:
        first, *rest = list(self.words.pieces(line.text)) or [Piece("", "", line.text)]
        if first.part:
            self._piece(first, line.place, line)
        else:
            self._labelled(part, first.text, line.place, label)
        for piece in rest:
            self._piece(piece, line.place, line)

    def _names_something(self, label: str) -> bool:
        head = read_head(label)
        return bool(part_of(label)) or (head is not None and not head.text)

    def _column_row(self, line: Line) -> None:
        cells: dict[str, Cell] = {}
        for cell, roles in zip(line.cells, self.columns, strict=False):
            for role in roles:
                if clean(cell.text):
                    cells.setdefault(role, cell)
        if long := cells.get("long"):
            self.open = None
            self._begin(Head(Level.LONG, "", clean(long.text)), long.place)
        self._goal_cell(cells)
        if self.open is None:
            return
        if objective := cells.get("objective"):
            self._objective_cell(objective)
        steps = self._step_cell(cells)
        steps += self._other_steps(line, cells)
        for part in ("measure", "baseline", "status", "review", "aside"):
            if part in cells:
                self._labelled(part, clean(cells[part].text), cells[part].place)
        self._target_cell(cells.get("target") or self._dated(cells.get("when")), steps)

    def _goal_cell(self, cells: dict[str, Cell]) -> None:
        cell = cells.get("goal")
        if cell is None:
            if "number" in cells and not self._has_goal_column():
                self._reopen(clean(cells["number"].text))
            return
        text = clean(cell.text)
        if self._reopen(text) or (self.open and self.open.text == text):
            return
        printed = clean(cells["number"].text) if "number" in cells else ""
        head = read_head(text)
        if head is None:
            ranked = _LEADING_RANK.match(text) or _RANK_IN_CELL.match(text)
            number = printed.strip("#. ") or (ranked[1] if ranked else "")
            text = text[ranked.end() :] if ranked else text
            head = Head(Level.SHORT if self.long else Level.GOAL, number, text)
        self.open = None
        self._begin(head, cell.place)

    def _has_goal_column(self) -> bool:
        return any("goal" in roles for roles in self.columns)

    def _reopen(self, text: str) -> bool:
        """A cell that only refers to a goal by its number."""
        match = _ONLY_RANK.fullmatch(text)
        if match and (known := self._known(int(match[1]))):
            self.open = known
            return True
        return False

    def _objective_cell(self, cell: Cell) -> None:
        assert self.open is not None
        self._labelled("measure", clean(cell.text), cell.place)

    def _step_cell(self, cells: dict[str, Cell]) -> list[Step]:
        """The interventions of a row: one, or one for each item of a list in the cell."""
        goal = self.open
        assert goal is not None
        cell = cells.get("intervention")
        if cell is None and "responsible" in cells and (doing := doer_before(clean(cells["responsible"].text))):
            goal.steps.append(Step(doing.text, cells["responsible"].place, {"responsible": doing.label}))
            return goal.steps[-1:]
        parts = ("responsible", "service", "frequency")
        told: dict[str, str] = {part: clean(cells[part].text) for part in parts if part in cells}
        if cell is None:
            for part, text in told.items():
                self._tell_steps(goal, part, text)
            return []
        items = list(cell_lines(cell))
        if not _is_list(items):
            items = [Line(" ".join(item.text for item in items), cell.place)]
        when = clean(cells["when"].text) if "when" in cells else ""
        if when and "frequency" not in told:
            told["frequency"] = when
        steps = [_step(item.text, item.place, told) for item in items]
        goal.steps.extend(steps)
        return steps

    def _other_steps(self, line: Line, cells: dict[str, Cell]) -> list[Step]:
        """The steps of further columns, as where the member's stand beside the peer's; the heading says whose they
        are."""
        goal = self.open
        assert goal is not None
        doers = [doer_of(heading) for heading in self.headings]
        steps: list[Step] = []
        for cell, roles, who in zip(line.cells, self.columns, doers, strict=False):
            if roles == ("intervention",) and who and cell is cells.get("intervention"):
                for step in goal.steps[-len(list(cell_lines(cell))) :]:
                    step.told.setdefault("responsible", who)
            elif roles == ("intervention",) and who and clean(cell.text):
                steps.append(Step(clean(cell.text), cell.place, {"responsible": who}))
        goal.steps += steps
        return steps

    def _dated(self, cell: Cell | None) -> Cell | None:
        """A cell under "When" that names a day, and not how often."""
        value = target_date(clean(cell.text), cell.place, "", self.start) if cell else None
        return cell if value and value.meaning else None

    def _target_cell(self, cell: Cell | None, steps: list[Step]) -> None:
        if cell is None:
            return
        assert self.open is not None
        value = target_date(clean(cell.text), cell.place, "", self.start)
        for step in steps:
            step.target = value
        self._target(value, self.open)


def _step(text: str, place: Place, told: Mapping[str, str]) -> Step:
    """An intervention with what is told of it; who does it may stand before a colon."""
    done = None if told.get("responsible") else doer_before(text)
    return Step(done.text, place, {**told, "responsible": done.label}) if done else Step(text, place, dict(told))


def _without_placeholders(text: str) -> str:
    """The text without the form's instructions; "" where no more than a date is left."""
    left = text
    for placeholder in placeholders_in(text):
        left = left.replace(placeholder, " ")
    told = _BY_DATE.sub(" ", left)
    return left.strip() if left == text or re.search(r"[^\W\d_]{3}", told) else ""


def _is_list(items: Sequence[Line]) -> bool:
    """Whether the lines of a cell are several things, and not one that is wrapped."""
    if len(items) < 2:
        return False
    return all(item.bullet or (item.text[0].isupper() and len(item.text.split()) >= 3) for item in items)


def _captions(line: Line) -> tuple[Head, tuple[str, ...]] | None:
    """A goal's number with captions beside it ("Goal 1    Measure and target date"), whose values stand below."""
    first, *rest = line.text.split("\t")
    head = read_head(first.strip()) if rest and not line.cells else None
    parts = tuple(part_of(text.strip()) for text in rest)
    return (head, parts) if head and head.number and not head.text and all(parts) else None


def _goes_on(line: Line, following: Line) -> bool:
    """Whether a line begins in the middle of the sentence of the line before it."""
    if line.cells or following.cells or line.heading or following.heading or following.bullet:
        return False
    return (
        following.text[:1].islower()
        and line.text[-1:] not in ".!?:;"
        and ":" not in following.text[:_LONGEST_SMALL_LABEL]
    )


def _framed_head(line: Line) -> Head:
    """The goal that a line opens by standing over, or being, the labels that come again."""
    label = label_in(line)
    if label and part_of(label) == "goal":
        found = labelled(line.text)
        return Head(Level.GOAL, "", found.text if found else "")
    text = without_count(line.text) if counted_heading(line) else line.text
    return Head(Level.GOAL, "", _LEADING_RANK.sub("", _LEADING_COUNT.sub("", text)))


def _style(stretch: Sequence[Line], words: GoalWords) -> str:
    """How goals without a word or number of their own are told from what stands under them: as the first of them is."""
    lines = [line for line in stretch if not line.cells and not words.part(line.text)]
    first = next((kind for line in lines if (kind := _kind(line))), "")
    if first:
        return first
    return "bullets" if lines and all(line.bullet for line in lines) else "paragraphs"


def _kind(line: Line) -> str:
    """The style of goals to which the line belongs, "" where it may stand under a goal as well."""
    if line.heading:
        return "headings"
    if line.bullet:
        return "numbered" if _NUMBERED.fullmatch(line.bullet) else ""
    if _QUOTED.match(line.text):
        return "quotes"
    return "own words" if _OWN_WORDS.match(line.text) else ""
