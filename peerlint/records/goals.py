"""The goals of a plan, with their interventions, from tables, headed paragraphs, lists and prose.

The lines of the plan's goal stretches are read one after the other. A line either opens a goal, names columns, fills a part
of the goal that is open (a measure, a target date), or adds an intervention to it. Which words do that is data (``goals.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from peerlint.documents.model import Block, Cell, Place, Table
from peerlint.records.goal_words import GoalWords, Head, Level, Piece, goal_words
from peerlint.records.lines import Line, cell_lines, clean, lines
from peerlint.records.model import Goal, Intervention, Value
from peerlint.records.plan_dates import target_date

_QUOTED = re.compile(r"""\s*["“'‘]""")
_OWN_WORDS = re.compile(r"""\s*["“'‘]?\s*(?:I|My|We)\b""")
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]?")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[A-Z\"“])")
_EVIDENCED = re.compile(r"\b(?:as (?:is )?evidenced by|as (?:measured|shown|demonstrated) by|AEB)\b:?\s*", re.IGNORECASE)
_BY_DATE = re.compile(r"\b(?:by|until|before|no later than|through|target (?:completion )?date(?: is| of)?)\s+(?:the\s+end\s+of\s+|end\s+of\s+)?(?=\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_LEADING_RANK = re.compile(r"^\s*#?(\d{1,2})\s*[.):\-–]\s*(?=\S)")
_ONLY_RANK = re.compile(r"\s*(?:goals?\s*)?#?\s*(\d{1,2})[a-h]?\s*[.):]?\s*", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?P<who>[A-Z][\w.'’-]*(?:[\s,&/]+(?:and\s+|the\s+)?[\w.'’-]+){0,6}?)\s+will\s")
_NOTHING = Piece("", "", "")


@dataclass(slots=True)
class _Step:
    """An intervention while it is being read."""

    text: str
    place: Place
    told: dict[str, str] = field(default_factory=dict)
    target: Value[date] | None = None

    def finish(self, words: GoalWords) -> Intervention:
        subject = _SUBJECT.match(self.text)
        responsible = self.told.get("responsible", "") or (subject["who"] if subject else "")
        frequency = self.told.get("frequency", "") or next(
            (m.group() for text in (self.told.get("service", ""), responsible, self.text) if (m := words.frequency.search(text))), ""
        )
        return Intervention(self.text, self.place, responsible, self.told.get("service", ""), frequency, self.target)


@dataclass(slots=True)
class _Draft:
    """A goal while it is being read."""

    level: Level
    number: str
    rank: int | None
    text: str
    place: Place
    parent: _Draft | None = None
    told: dict[str, list[str]] = field(default_factory=dict)
    target: Value[date] | None = None
    steps: list[_Step] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        return not self.steps and not self.told and self.target is None

    def tell(self, part: str, text: str) -> None:
        if text:
            self.told.setdefault(part, []).append(text)

    def said(self, part: str) -> str:
        return "\n".join(self.told.get(part, ()))


def read_goals(stretches: Sequence[Sequence[Line]], start: date | None = None) -> tuple[Goal, ...]:
    """The goals in the stretches of a plan that deal with goals. ``start`` is the plan date, for dates like "in six months"."""
    words = goal_words()
    headed = [stretch for stretch in stretches if _has_heads(stretch, words)]
    reader = _Reader(words, start)
    for stretch in headed or stretches:
        reader.read(stretch)
    return tuple(_finish(reader.drafts, words))


def opens_goal(text: str) -> bool:
    """Whether the line opens a goal with words that can mean nothing else."""
    head = goal_words().head(text)
    if head is None or head.level is Level.WEAK:
        return False
    return bool(head.number) or head.level is not Level.OBJECTIVE and ":" in text


def tells_of_goal(text: str) -> bool:
    """Whether the line, within the goals of a plan, begins with a word for a goal or for a part of one."""
    words = goal_words()
    return words.head(text) is not None or bool(next(iter(words.pieces(text)), _NOTHING).part)


def heads_goals(cells: Sequence[Cell]) -> bool:
    """Whether the row heads the columns of a table of goals."""
    columns = _columns(cells, goal_words())
    roles = {role for roles in columns for role in roles}
    named = bool(roles & {"goal", "objective"}) and bool(roles & {"intervention", "responsible", "target", "measure"})
    return named or "intervention" in roles and len(columns) >= 3


def is_column_row(cells: Sequence[Cell]) -> bool:
    return bool(_columns(cells, goal_words()))


# -- lines --------------------------------------------------------------------------------------------------------------


def columns_apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with goals that stand side by side in a table moved one below the other."""
    for block in blocks:
        first = _side_by_side(block) if isinstance(block, Table) else None
        if first is None:
            yield block
            continue
        assert isinstance(block, Table)
        for column in range(first, len(block.rows[0])):
            yield Table(tuple(_column_rows(block, column, first)), block.place)


def _side_by_side(table: Table) -> int | None:
    """The first column of goals in a table that has one goal in each column, else None. It may follow a column of labels."""
    row = table.rows[0] if table.rows else ()
    opening = [column for column, cell in enumerate(row) if _heads_column(cell)]
    if len(opening) < 2 or opening != list(range(opening[0], len(row))) or opening[0] > 1:
        return None
    return opening[0]


def _heads_column(cell: Cell) -> bool:
    first = next(cell_lines(cell), None)
    head = goal_words().head(first.text) if first else None
    return bool(head and head.number)


def _column_rows(table: Table, column: int, labels: int) -> Iterator[tuple[Cell, ...]]:
    for row in table.rows:
        if column < len(row):
            yield (row[0], row[column]) if labels and clean(row[0].text) else (row[column],)


def _has_heads(stretch: Sequence[Line], words: GoalWords) -> bool:
    return any((head := _head_of(line, words)) and head.level is not Level.WEAK for line in stretch) or any(
        "goal" in roles for line in stretch for roles in _columns(line.cells, words)
    )


def _head_of(line: Line, words: GoalWords) -> Head | None:
    return words.head(clean(line.cells[0].text) if line.cells else line.text)


def _columns(cells: Sequence[Cell], words: GoalWords) -> list[tuple[str, ...]]:
    """The roles of the columns if the row heads columns, else []."""
    if len(cells) < 2:
        return []
    texts = [clean(cell.text) for cell in cells]
    roles = [words.column_roles(text) for text in texts]
    filled = sum(bool(text) for text in texts)
    known = sum(bool(role) for role in roles)
    if known < 2 or known < filled - 1 or (known < filled and known < 3):
        return []
    if any(re.search(r"\d{2}", re.sub(r"\([^)]*\)", "", text)) or len(text.split()) > 14 for text in texts):
        return []
    return roles


# -- reading ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    words: GoalWords
    start: date | None
    drafts: list[_Draft] = field(default_factory=list)
    open: _Draft | None = None
    long: _Draft | None = None
    mode: str = ""
    columns: list[tuple[str, ...]] = field(default_factory=list)
    shared: list[_Draft] = field(default_factory=list)
    strong: bool = False
    step: _Step | None = None
    style: str = ""

    def read(self, stretch: Sequence[Line]) -> None:
        levels = [head.level for line in stretch if (head := _head_of(line, self.words))]
        self.strong = any(level in (Level.GOAL, Level.LONG, Level.SHORT) for level in levels)
        self.style = "" if levels else _style(stretch, self.words)
        self.open, self.long, self.mode, self.columns = None, None, "", []
        for line in stretch:
            if line.cells:
                self._row(line)
            else:
                self.columns = self.columns if line.bullet else []
                self._line(line)

    # -- goals --

    def _begin(self, head: Head, place: Place) -> None:
        if self.open and self._fills(head):
            return
        if head.rank is not None and not head.text and (known := self._known(head.rank)):
            self.open, self.mode = known, ""
            return
        draft = _Draft(head.level, head.number, head.rank, "", place)
        if head.level is Level.LONG:
            self.long = draft
        elif head.level is Level.SHORT:
            draft.parent = self.long
        previous = self.drafts[-1] if self.drafts else None
        self.shared = [*self.shared, previous] if previous and previous.bare and previous.level is head.level is Level.SHORT else []
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
                self._labelled("measure", head.text, goal.place)
            self.mode = "" if head.text else "measure"
            return True
        if head.level is Level.GOAL and not head.number and not goal.text:
            self._goal_text(head.text, goal.place)
            return True
        return False

    def _known(self, rank: int) -> _Draft | None:
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
                return text[:start].strip(), text[start:]
        return text, ""

    def _dates_in_prose(self, text: str, place: Place) -> None:
        goal = self.open
        assert goal is not None
        if shown := _EVIDENCED.search(text):
            goal.tell("measure", text[shown.end() :])
        if by := _BY_DATE.search(text):
            self._target(target_date(text[by.start() :], place, "", self.start), goal)

    def _target(self, value: Value[date] | None, goal: _Draft) -> None:
        """Keep the first target date that is a date; one that is none only where there is no other."""
        if value and (goal.target is None or goal.target.meaning is None and value.meaning):
            goal.target = value

    # -- lines --

    def _line(self, line: Line) -> None:
        if head := self.words.head(line.text):
            self._begin(head, line.place)
            return
        if self._starts_unnamed_goal(line):
            text = _LEADING_RANK.sub("", line.text)
            number = line.bullet.strip("().") if _NUMBERED.fullmatch(line.bullet) else ""
            self._begin(Head(Level.GOAL, number, text), line.place)
            return
        if self.open is None:
            return
        known = len(self.open.steps)
        for piece in self.words.pieces(line.text):
            self._piece(piece, line.place, line)
            self.step = self.open.steps[-1] if len(self.open.steps) > known else None
        self.step = None

    def _starts_unnamed_goal(self, line: Line) -> bool:
        match self.style:
            case "headings":
                return line.heading > 0 and not self.words.part(line.text)
            case "numbered":
                return bool(_NUMBERED.fullmatch(line.bullet))
            case "bullets":
                return bool(line.bullet)
            case "quotes":
                return not line.bullet and bool(_QUOTED.match(line.text))
            case "own words":
                return not line.bullet and bool(_OWN_WORDS.match(line.text))
            case "paragraphs":
                return not line.bullet and not self.words.part(line.text) and not any(p.part for p in self.words.pieces(line.text))
        return False

    def _piece(self, piece: Piece, place: Place, line: Line | None = None) -> None:
        if piece.part:
            self.mode = piece.part if not piece.text or piece.part == "intervention" else ""
            if piece.text:
                self._labelled(piece.part, piece.text, place)
        elif piece.text:
            self._unlabelled(piece.text, place, line)

    def _labelled(self, part: str, text: str, place: Place, label: str = "") -> None:
        goal = self.open
        assert goal is not None
        match part:
            case "target" if self.step is not None:
                self.step.target = target_date(text, place, label, self.start)
            case "responsible" | "frequency" | "service" if self.step is not None:
                self.step.told[part] = text
            case "target":
                self._target(target_date(text, place, label, self.start), goal)
            case "intervention":
                goal.steps.append(_Step(text, place))
            case "responsible" | "frequency" | "service":
                self._tell_steps(goal, part, text)
            case "measure":
                goal.tell("measure", text)
                self._dates_in_prose(text, place) if not _EVIDENCED.search(text) else None
            case _:
                goal.tell(part, text)

    def _tell_steps(self, goal: _Draft, part: str, text: str) -> None:
        """Who does it, told once for all steps that do not say it themselves."""
        for step in goal.steps:
            step.told.setdefault(part, text)
        if not goal.steps:
            goal.tell(part, text)

    def _unlabelled(self, text: str, place: Place, line: Line | None) -> None:
        goal = self.open
        assert goal is not None
        if not goal.text:
            self._goal_text(text, place)
        elif self.mode == "text":
            goal.text = f"{goal.text} {text}"
        elif self.mode:
            self._labelled(self.mode, text, place)
        elif line is not None and line.bullet:
            goal.steps.append(_Step(text, place))
        else:
            self._prose(text, place)

    def _prose(self, text: str, place: Place) -> None:
        """Sentences under a goal that no label sorts."""
        goal = self.open
        assert goal is not None
        for sentence in filter(None, _SENTENCE.split(text)):
            if self.words.measuring.search(" ".join(sentence.split()[:5])):
                goal.tell("measure", sentence)
            elif self.words.acting.search(sentence):
                goal.steps.append(_Step(sentence, place))
            elif self.words.measuring.search(sentence):
                goal.tell("measure", sentence)
            else:
                goal.tell("baseline", sentence)
            self._dates_in_prose(sentence, place)

    # -- rows --

    def _row(self, line: Line) -> None:
        if columns := _columns(line.cells, self.words):
            self.columns = columns
            self.mode = ""
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
        if self.columns:
            self._column_row(line)
        else:
            for cell in filled:
                for inner in cell_lines(cell):
                    self._line(inner)

    def _alone(self, cell: Cell) -> bool:
        """A row with text in its first cell only: the title row of a goal, or a labelled line across the table."""
        text = clean(cell.text)
        opening = self.words.head(text)
        labelled = next(iter(self.words.pieces(text)), None)
        if not opening and not (labelled and labelled.part and labelled.text):
            return False
        for inner in cell_lines(cell):
            self._line(inner)
        return True

    def _heads_first_column(self, text: str) -> bool:
        """A heading over the first column alone; the other columns keep theirs."""
        roles = self.words.column_roles(text)
        if not self.columns or roles not in (("intervention",), ("goal",), ("objective",)):
            return False
        self.columns = [roles, *self.columns[1:]]
        return True

    def _label_row(self, line: Line) -> bool:
        """A row of labels with their values beside them, two or four to the row."""
        texts = line.texts
        if len(texts) % 2 or not all(self._names_something(label) or not label for label in texts[0::2]) or not texts[0]:
            return False
        if self.columns and len(texts) == len(self.columns) and len(texts) > 2:
            return False
        for label, cell in zip(texts[0::2], line.cells[1::2], strict=True):
            if head := self.words.head(label):
                text = clean(cell.text)
                self._begin(Head(head.level, head.number, head.text), cell.place)
                for inner in cell_lines(cell) if text else ():
                    self._line(inner)
            elif label and self.open is not None:
                self.mode = self.words.part(label)
                for inner in cell_lines(cell):
                    self._labelled_line(self.mode, inner, label)
        self.mode = ""
        return True

    def _labelled_line(self, part: str, line: Line, label: str) -> None:
        first, *rest = list(self.words.pieces(line.text)) or [Piece("", "", line.text)]
        if first.part:
            self._piece(first, line.place, line)
        else:
            self._labelled(part, first.text, line.place, label)
        for piece in rest:
            self._piece(piece, line.place, line)

    def _names_something(self, label: str) -> bool:
        head = self.words.head(label)
        return bool(self.words.part(label)) or head is not None and not head.text

    def _column_row(self, line: Line) -> None:
        cells: dict[str, Cell] = {}
        for cell, roles in zip(line.cells, self.columns, strict=False):
            for role in roles:
                if clean(cell.text):
                    cells.setdefault(role, cell)
        self._goal_cell(cells)
        if self.open is None:
            return
        if objective := cells.get("objective"):
            self._objective_cell(objective)
        steps = self._step_cell(cells)
        for part in ("measure", "baseline", "status", "review", "aside"):
            if part in cells:
                self._labelled(part, clean(cells[part].text), cells[part].place)
        self._target_cell(cells.get("target") or cells.get("when"), steps)

    def _goal_cell(self, cells: dict[str, Cell]) -> None:
        cell = cells.get("goal")
        if cell is None:
            if "number" in cells and not self._has_goal_column():
                self._reopen(clean(cells["number"].text))
            return
        text = clean(cell.text)
        if self._reopen(text) or self.open and self.open.text == text:
            return
        printed = clean(cells["number"].text) if "number" in cells else ""
        head = self.words.head(text)
        if head is None:
            ranked = _LEADING_RANK.match(text)
            number = printed.strip("#. ") or (ranked[1] if ranked else "")
            head = Head(Level.SHORT if self.long else Level.GOAL, number, _LEADING_RANK.sub("", text))
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

    def _step_cell(self, cells: dict[str, Cell]) -> list[_Step]:
        """The interventions of a row: one, or one for each item of a list in the cell."""
        goal = self.open
        assert goal is not None
        cell = cells.get("intervention")
        told = {part: clean(cells[part].text) for part in ("responsible", "service", "frequency") if part in cells}
        if cell is None:
            for part, text in told.items():
                self._tell_steps(goal, part, text)
            return []
        items = list(cell_lines(cell))
        if not (len(items) > 1 and all(item.bullet for item in items)):
            items = [Line(" ".join(item.text for item in items), cell.place)]
        when = clean(cells["when"].text) if "when" in cells else ""
        if when and "frequency" not in told:
            told["frequency"] = when
        steps = [_Step(item.text, item.place, dict(told)) for item in items]
        goal.steps.extend(steps)
        return steps

    def _target_cell(self, cell: Cell | None, steps: list[_Step]) -> None:
        if cell is None:
            return
        assert self.open is not None
        value = target_date(clean(cell.text), cell.place, "", self.start)
        for step in steps:
            step.target = value
        self._target(value, self.open)


def _style(stretch: Sequence[Line], words: GoalWords) -> str:
    """How goals without a word or number of their own are told from what stands under them."""
    prose = [line for line in stretch if not line.cells]
    plain = [line for line in prose if not line.bullet and not line.heading]
    if any(line.heading and not words.part(line.text) for line in prose):
        return "headings"
    if any(_NUMBERED.fullmatch(line.bullet) for line in prose):
        return "numbered"
    if any(_QUOTED.match(line.text) for line in plain):
        return "quotes"
    if any(_OWN_WORDS.match(line.text) for line in plain):
        return "own words"
    if plain and not any(line.bullet for line in prose):
        return "paragraphs"
    return "bullets" if not plain else "paragraphs"


# -- goals --------------------------------------------------------------------------------------------------------------


def _finish(drafts: list[_Draft], words: GoalWords) -> Iterator[Goal]:
    """The drafts that are goals: short-range ones where there are any under a long-range one, and none without words."""
    parents = [draft.parent for draft in drafts if draft.parent and draft.text]
    kept = [draft for draft in drafts if draft not in parents and not _void(draft, words)]
    repeated = _restarting([draft for draft in kept if draft.parent])
    uncounted = _restarting([draft for draft in kept if draft.number and not draft.parent])
    for position, draft in enumerate(kept, 1):
        rank = None if uncounted and not draft.parent else draft.rank
        if draft.parent and (repeated or rank is None) and draft.parent.rank is not None:
            rank = draft.parent.rank
        _inherit(draft)
        yield _goal(draft, rank if rank is not None else position, words)


def _restarting(drafts: list[_Draft]) -> bool:
    """Whether printed numbers come twice, as where short-range goals count from 1 again under each long-range goal."""
    seen = [(draft.rank, draft.number) for draft in drafts]
    return len(set(seen)) < len(seen)


def _void(draft: _Draft, words: GoalWords) -> bool:
    text = draft.text.strip(" .:-–—").casefold()
    return (not text and not draft.steps) or text in words.no_goal


def _inherit(draft: _Draft) -> None:
    parent = draft.parent
    if parent is None:
        return
    for part in ("baseline", "measure"):
        if part not in draft.told and part in parent.told:
            draft.told[part] = parent.told[part]
    draft.target = draft.target or parent.target
    draft.steps = draft.steps or parent.steps


def _goal(draft: _Draft, number: int, words: GoalWords) -> Goal:
    for part in ("responsible", "service", "frequency"):
        for step in draft.steps:
            if part in draft.told:
                step.told.setdefault(part, draft.said(part))
    target = draft.target or next((step.target for step in draft.steps if step.target), None)
    interventions = tuple(step.finish(words) for step in draft.steps if step.text)
    return Goal(number, draft.text, draft.place, draft.said("measure"), draft.said("baseline"), target, draft.said("status"), interventions)
