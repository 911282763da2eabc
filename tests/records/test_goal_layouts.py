"""Goals written in any layout read back as they were written."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from peerlint.documents.model import Block, Cell, Paragraph, Place, Table
from peerlint.records.goals import read_goals
from peerlint.records.model import Goal, Topic
from peerlint.records.passages import plan_passages

GOALS = st.sampled_from(
    [
        "I want a place of my own",
        "Sleep through the night",
        "Make two friends",
        "“Talk with my son again”",
        "Keep my job at the mill",
    ]
)
MEASURES = st.sampled_from(
    ["lease signed", "six hours on five nights a week", "no more than one call a month", "shows up 4 days of 5"]
)
STEPS = st.sampled_from(
    [
        "Peer will share how he did it and go over the form",
        "Practise the call together",
        "CPSS helps write a list of questions",
        "Walk to the center and stay for lunch",
    ]
)
DATES = st.dates(date(2025, 1, 1), date(2027, 12, 31))
WRITTEN = st.tuples(GOALS, MEASURES, st.lists(STEPS, min_size=1, max_size=3, unique=True), DATES)
PLANS = st.lists(WRITTEN, min_size=1, max_size=4, unique_by=lambda goal: goal[0])
Told = tuple[str, str, list[str], date]


class Printer:
    """Blocks in reading order, each with its place."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []

    def line(self, text: str, heading: int = 0, bullet: str = "") -> None:
        self.blocks.append(Paragraph(text, Place(len(self.blocks)), heading, bullet))

    def table(self, *rows: tuple[str, ...]) -> None:
        number = len(self.blocks)
        cells = [
            tuple(
                Cell((Paragraph(text, Place(number, row=r, cell=c)),), Place(number, row=r, cell=c))
                for c, text in enumerate(row)
            )
            for r, row in enumerate(rows)
        ]
        self.blocks.append(Table(tuple(cells), Place(number)))


def headed(printer: Printer, goals: list[Told]) -> None:
    for number, (goal, measure, steps, due) in enumerate(goals, 1):
        printer.line(f"Goal {number}: {goal}", heading=3)
        printer.line(f"How we will know: {measure}")
        for step in steps:
            printer.line(step, bullet="•")
        printer.line(f"Target date: {due:%m/%d/%Y}")


def one_table(printer: Printer, goals: list[Told]) -> None:
    rows = [("Goal", "How we will know", "Intervention", "Target date")]
    for goal, measure, steps, due in goals:
        rows.append((goal, measure, steps[0], f"{due:%m/%d/%Y}"))
        rows.extend(("", "", step, "") for step in steps[1:])
    printer.table(*rows)


def table_each(printer: Printer, goals: list[Told]) -> None:
    for number, (goal, measure, steps, due) in enumerate(goals, 1):
        rows: list[tuple[str, ...]] = [(f"GOAL #{number} {goal}",), (f"Measure: {measure}",)]
        rows.append(("What will be done", "Who", "Target date"))
        rows += [(step, "Peer", f"{due:%m/%d/%Y}" if not done else "") for done, step in enumerate(steps)]
        printer.table(*rows)


def label_rows(printer: Printer, goals: list[Told]) -> None:
    for goal, measure, steps, due in goals:
        printer.table(
            ("Short-Range Goal", goal),
            ("Measurable outcome", measure),
            *(("Intervention", step) for step in steps),
            ("Target date", f"{due:%B %d, %Y}"),
        )


def labelled_lines(printer: Printer, goals: list[Told]) -> None:
    for number, (goal, measure, steps, due) in enumerate(goals, 1):
        printer.line(f"Goal #{number}")
        printer.line(goal)
        printer.line("As evidenced by:")
        printer.line(measure)
        printer.line("Interventions:")
        for step in steps:
            printer.line(step)
        printer.line(f"Target completion date: {due.isoformat()}")


def beside_each_other(printer: Printer, goals: list[Told]) -> None:
    count = range(len(goals))
    most = max(len(steps) for _, _, steps, _ in goals)
    printer.table(
        ("", *(f"Goal {n + 1}" for n in count)),
        ("Goal statement", *(goals[n][0] for n in count)),
        ("Measure", *(goals[n][1] for n in count)),
        *(("Action step", *((goals[n][2][k] if k < len(goals[n][2]) else "") for n in count)) for k in range(most)),
        ("Target date", *(f"{goals[n][3]:%m/%d/%y}" for n in count)),
    )


LAYOUTS = st.sampled_from([headed, one_table, table_each, label_rows, labelled_lines, beside_each_other])


@settings(max_examples=150)
@given(PLANS, LAYOUTS)
def test_goals_read_back_from_every_layout(goals: list[Told], layout) -> None:  # type: ignore[no-untyped-def]
    if layout is beside_each_other and len(goals) < 2:
        layout = headed
    printer = Printer()
    printer.line("Person-Centered Plan", heading=1)
    printer.line("Goals and interventions", heading=2)
    layout(printer, goals)
    printer.line("Transition", heading=2)
    printer.line("Fewer visits once things go well.")
    passages = plan_passages(printer.blocks)
    assert [_told(goal) for goal in read_goals([p.lines for p in passages if p.topic is Topic.GOALS])] == goals
    assert [p.text for p in passages if p.topic is Topic.TRANSITION] == ["Fewer visits once things go well."]


def _told(goal: Goal) -> Told:
    assert goal.target_date and goal.target_date.meaning
    return goal.text, goal.measure, [step.text for step in goal.interventions], goal.target_date.meaning
