"""The run as a workbook: summary, requirements, people, event matrix, findings, worklist, corrections, attestations.

Every text is written as text, so that nothing from a record is ever a formula. The only date is the run's.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil
from typing import Any

import xlsxwriter

from peerlint.findings.model import Finding
from peerlint.findings.scores import GroupScore, Score
from peerlint.findings.tally import Tally
from peerlint.findings.work import PROMISE
from peerlint.reports import Options
from peerlint.reports.wording import (
    AT_RISK,
    HOW_COUNTED,
    KIND_WORDS,
    VERDICT_WORDS,
    clause,
    count,
    number,
    percent,
    place,
)

Cell = str | int | float | date | None

_FOOTER_LIMIT = 200
_LINE = 13.5
_TURNED_HEIGHT = 40
_SCORE_HEADS = ("Met", "Not met", "Review", "Not evaluated", "n.a.", "% met")
_SCORE_WIDTHS = (7, 9, 9, 13, 7, 9)
_VERDICT_COLOURS = {
    "not met": ("#FBE4E1", "#9C1C16"),
    "needs review": ("#FCEFD6", "#7A4A00"),
    "met": ("#E3F3EC", "#0F5F4C"),
    "not evaluated": ("#E7EAEF", "#4B5868"),
    "error": ("#FBE4E1", "#9C1C16"),
    "warning": ("#FCEFD6", "#7A4A00"),
    "hard stop": ("#B3261E", "#FFFFFF"),
    "at risk": ("#FBE4E1", "#9C1C16"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of one sheet. ``narrow_from`` is the first column whose head is turned; ``percents`` are columns with a
    percentage, marked where below the threshold; ``verdicts`` are columns coloured by their words."""

    heads: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[Cell]]
    frozen_columns: int = 1
    narrow_from: int | None = None
    percents: Sequence[int] = ()
    verdicts: Sequence[int] = ()
    notes: Sequence[str] = field(default_factory=tuple)


def render(tally: Tally, options: Options) -> bytes:
    file = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(file, safe) as workbook:
        book = _Book(workbook, tally)
        book.summary()
        for name, table in _tables(tally):
            book.sheet(name, table)
    return file.getvalue()


def _tables(tally: Tally) -> Iterable[tuple[str, Table]]:
    yield "Requirements", _requirements(tally)
    yield "Members", _groups("Member", tally.charts)
    yield "Specialists", _groups("Specialist", tally.specialists)
    yield "Months", _groups("Month", tally.months)
    yield "Event matrix", _events(tally)
    yield "Findings", _findings(tally.report.findings)
    yield "Worklist", _worklist(tally)
    yield "Plan of correction", _corrections(tally)
    yield "Attestations", _attestations(tally)
    if tally.comparison:
        yield "Comparison", _comparison(tally)
        yield "Trend", _trend(tally)
    yield "Documents", _documents(tally)


class _Book:
    """Sheets that look alike: frozen heads, filters, colours, and the run's identity on every printed page."""

    def __init__(self, workbook: Any, tally: Tally) -> None:
        self._workbook = workbook
        self._tally = tally
        day = _date(tally.identity.as_of)
        created = datetime(day.year, day.month, day.day) if isinstance(day, date) else datetime(2000, 1, 1)
        workbook.set_properties({"title": "Compliance report", "comments": tally.identity.line, "created": created})
        base = {"valign": "top", "font_name": "Calibri", "font_size": 10}
        self._text = workbook.add_format(base | {"text_wrap": True})
        self._number = workbook.add_format(base)
        self._date = workbook.add_format(base | {"num_format": "d mmm yyyy", "align": "left"})
        self._percent = workbook.add_format(base | {"num_format": '0.0" %"'})
        self._centre = workbook.add_format(base | {"align": "center"})
        head = base | {"bold": True, "bg_color": "#DCE5EE", "bottom": 1, "text_wrap": True}
        self._head = workbook.add_format(head)
        self._turned = workbook.add_format(head | {"rotation": 90, "align": "center", "valign": "bottom"})
        self._title = workbook.add_format({"bold": True, "font_size": 16, "font_name": "Calibri"})
        self._note = workbook.add_format(base | {"font_color": "#4B5868", "text_wrap": True})
        self._label = workbook.add_format(base | {"bold": True})
        self._colours = {
            words: workbook.add_format({"bg_color": back, "font_color": ink})
            for words, (back, ink) in _VERDICT_COLOURS.items()
        }

    def summary(self) -> None:
        sheet = self._new_sheet("Summary")
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, "Compliance report", self._title)
        for row, (label, text) in enumerate(_summary(self._tally), start=2):
            sheet.write_string(row, 0, label, self._label)
            sheet.write_string(row, 1, text, self._text)
            sheet.set_row(row, _height([text], [90]))

    def sheet(self, name: str, table: Table) -> None:
        sheet = self._new_sheet(name)
        for column, width in enumerate(table.widths):
            sheet.set_column(column, column, width)
        top = len(table.notes)
        for row, note in enumerate(table.notes):
            sheet.merge_range(row, 0, row, max(1, len(table.heads) - 1), "", self._note)
            sheet.write_string(row, 0, note, self._note)
            sheet.set_row(row, _height([note], [sum(table.widths)]))
        for column, head in enumerate(table.heads):
            turned = table.narrow_from is not None and column >= table.narrow_from
            sheet.write_string(top, column, head, self._turned if turned else self._head)
        sheet.set_row(top, _TURNED_HEIGHT if table.narrow_from is not None else _height(table.heads, table.widths))
        for row, cells in enumerate(table.rows, start=top + 1):
            sheet.set_row(row, _height(cells, table.widths))
            for column, cell in enumerate(cells):
                self._write(sheet, row, column, cell, table)
        bottom = top + len(table.rows)
        sheet.freeze_panes(top + 1, table.frozen_columns)
        sheet.repeat_rows(top)
        sheet.autofilter(top, 0, max(bottom, top + 1), len(table.heads) - 1)
        self._colour(sheet, table, top + 1, max(bottom, top + 1))

    def _new_sheet(self, name: str) -> Any:
        sheet = self._workbook.add_worksheet(name)
        sheet.hide_gridlines(1)
        sheet.set_landscape()
        sheet.set_paper(1)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        sheet.set_header(f"&L&9Compliance report: {name}")
        identity = self._tally.identity.line[:_FOOTER_LIMIT].replace("&", "&&")
        sheet.set_footer(f"&L&7 {identity}&R&8&P / &N")
        return sheet

    def _write(self, sheet: Any, row: int, column: int, cell: Cell, table: Table) -> None:
        narrow = table.narrow_from is not None and column >= table.narrow_from
        match cell:
            case None | "":
                sheet.write_blank(row, column, None, self._text)
            case str():
                sheet.write_string(row, column, cell, self._centre if narrow else self._text)
            case date():
                sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), self._date)
            case _:
                sheet.write_number(row, column, cell, self._percent if column in table.percents else self._number)

    def _colour(self, sheet: Any, table: Table, first: int, last: int) -> None:
        for column in table.percents:
            low = {"type": "cell", "criteria": "<", "value": self._tally.threshold, "format": self._colours["not met"]}
            sheet.conditional_format(first, column, last, column, {"type": "blanks", "stop_if_true": True})
            sheet.conditional_format(first, column, last, column, low)
        for column in table.verdicts:
            for words in _VERDICT_COLOURS:
                rule = {"type": "cell", "criteria": "==", "value": f'"{words}"', "format": self._colours[words]}
                sheet.conditional_format(first, column, last, column, rule)
        if table.narrow_from is not None:
            for letter, words in (("X", "not met"), ("?", "needs review"), ("M", "met"), ("o", "not evaluated")):
                rule = {"type": "cell", "criteria": "==", "value": f'"{letter}"', "format": self._colours[words]}
                sheet.conditional_format(first, table.narrow_from, last, len(table.heads) - 1, rule)


def _summary(tally: Tally) -> Iterable[tuple[str, str]]:
    who, s, c, units = tally.identity, tally.score, tally.finding_counts, tally.events.units
    yield "As of", who.as_of
    yield "Tool", f"{who.tool} {who.version}"
    for r in who.rulesets:
        yield "Ruleset", ", ".join(p for p in (r.id, r.title, r.policy, r.status, f"sha256 {r.sha256}") if p)
    yield "Documents", f"{who.read} read, {who.not_read} not read"
    yield "Records", ", ".join(count(n, KIND_WORDS.get(kind, kind)) for kind, n in tally.record_counts.items())
    if who.redacted:
        yield "Masked", "names, ids, birth dates and quotes"
    yield "Met", f"{percent(s.percent)} ({s.met} met, {s.not_met} not met); threshold {number(tally.threshold)} %"
    yield (
        "Apart from the percentage",
        (f"{s.needs_review} to review, {s.not_evaluated} not evaluated, {s.not_applicable} not applicable"),
    )
    yield "Hard stops", str(len(tally.hard_stops))
    yield (
        "Units at risk",
        (
            f"{number(units.units_at_risk)} of {number(units.units)} in {units.contacts_at_risk} of "
            f"{count(units.contacts, 'contact')}; {count(units.unstated, 'contact')} without stated units"
        ),
    )
    yield (
        "Findings",
        (
            f"{c['not_met']} violations, {c['needs_review']} to look at; {c['error']} errors, {c['warning']} warnings, "
            f"{c['info']} info; {c['waived']} waived, {c['baseline']} known"
        ),
    )
    for document in tally.unread:
        yield "Not read", f"{document.path}: {document.reason or 'no reason given'}"
    yield "How it is counted", f"{HOW_COUNTED} {AT_RISK}"


def _score_cells(score: Score) -> list[Cell]:
    return [score.met, score.not_met, score.needs_review, score.not_evaluated, score.not_applicable, score.percent]


def _requirements(tally: Tally) -> Table:
    rows: list[list[Cell]] = [
        [
            r.code,
            r.name,
            r.asks,
            f"{r.policy} {r.clause}" if r.status != "general" else r.clause,
            r.status,
            r.ruleset,
            r.severity,
            "hard stop" if r.hard_stop else "",
            *_score_cells(row.score),
            row.waived,
            row.baseline,
        ]
        for row in tally.scorecard
        for r in [row.requirement]
    ]
    heads = ("Rule", "Name", "What is asked", "Clause", "Citation", "Ruleset", "Severity", "Hard stop", *_SCORE_HEADS)
    return Table(
        (*heads, "Waived", "Known"),
        (7, 22, 44, 20, 11, 20, 10, 10, *_SCORE_WIDTHS, 8, 8),
        rows,
        percents=[13],
        verdicts=[6, 7],
        notes=[HOW_COUNTED],
    )


def _groups(head: str, groups: Sequence[GroupScore]) -> Table:
    rows: list[list[Cell]] = [
        [g.label, *_score_cells(g.score), g.findings["error"], g.findings["warning"], g.findings["info"], g.hard_stops]
        for g in groups
    ]
    heads = (head, *_SCORE_HEADS, "Errors", "Warnings", "Info", "Hard stops")
    return Table(heads, (34, *_SCORE_WIDTHS, 9, 10, 8, 11), rows, percents=[6])


def _events(tally: Tally) -> Table:
    letters = {"met": "M", "not_met": "X", "needs_review": "?", "not_evaluated": "o", "not_applicable": "-", "": ""}
    matrix = tally.events
    rows: list[list[Cell]] = [
        [
            e.record.member,
            _date(e.record.date),
            e.record.specialist,
            e.record.units,
            e.record.contact,
            "hard stop" if e.stopped else "at risk" if e.at_risk else "",
            *(letters[cell] for cell in e.cells),
        ]
        for e in matrix.rows
    ]
    units = matrix.units
    notes = [
        "M met, X not met, ? needs review, o not evaluated, - not applicable, blank not asked.",
        f"{number(units.units_at_risk)} of {number(units.units)} stated units at risk. {AT_RISK}",
    ]
    heads = ("Member", "Date", "Specialist", "Units", "Contact", "Risk", *(r.code for r in matrix.columns))
    return Table(
        heads,
        (22, 12, 24, 7, 14, 10, *(4 for _ in matrix.columns)),
        rows,
        frozen_columns=2,
        narrow_from=6,
        verdicts=[5],
        notes=notes,
    )


def _findings(findings: Iterable[Finding]) -> Table:
    rows: list[list[Cell]] = [
        [
            f.member,
            _date(f.date),
            f.specialist,
            f.rule,
            f.name,
            VERDICT_WORDS[f.verdict],
            f.severity,
            "hard stop" if f.hard_stop else "",
            f.disposition,
            f.message,
            f.evidence,
            f.path,
            place(f.location),
            clause(f.citation),
            f.remedy,
            f.fingerprint,
        ]
        for f in findings
    ]
    heads = (
        "Member",
        "Date",
        "Specialist",
        "Rule",
        "Name",
        "Verdict",
        "Severity",
        "Hard stop",
        "Disposition",
        "Message",
    )
    return Table(
        (*heads, "Evidence", "Document", "Where", "Clause", "To mend", "Fingerprint"),
        (16, 12, 18, 7, 18, 13, 10, 10, 11, 34, 38, 28, 16, 22, 36, 14),
        rows,
        verdicts=[5, 6, 7],
    )


def _worklist(tally: Tally) -> Table:
    rows: list[list[Cell]] = [
        [
            work.who,
            f.member,
            _date(f.date),
            f.rule,
            f.message,
            f.remedy,
            f.path,
            place(f.location),
            "to look at" if f.verdict == "needs_review" else "to mend",
            None,
            None,
        ]
        for work in tally.worklists
        for f in work.items
    ]
    heads = (
        "Whose",
        "Member",
        "Date",
        "Rule",
        "What is open",
        "What to do",
        "Document",
        "Where",
        "Kind",
        "Done on",
        "By",
    )
    return Table(heads, (24, 20, 12, 7, 42, 46, 34, 18, 11, 12, 16), rows, notes=[PROMISE])


def _corrections(tally: Tally) -> Table:
    rows: list[list[Cell]] = [
        [
            f"{c.code} {c.name}",
            "hard stop" if c.hard_stop else c.severity,
            len(c.records),
            c.members,
            " ".join(part for part in (c.asks, clause(c.violates)) if part),
            None,
            c.action,
            "; ".join(c.responsible),
            None,
            c.evidence,
            None,
        ]
        for c in tally.corrections
    ]
    heads = ("Finding", "Weight", "Records", "Members", "What it violates", "Root cause", "Corrective action")
    return Table(
        (*heads, "Responsible (records by)", "Due", "Evidence", "Follow-up"),
        (24, 11, 9, 9, 40, 30, 42, 26, 12, 32, 24),
        rows,
        verdicts=[1],
        notes=["Root cause, due date and follow-up are for people to fill in."],
    )


def _attestations(tally: Tally) -> Table:
    rows: list[list[Cell]] = [[a.clause, a.says, a.ruleset, None, None] for a in tally.attestations]
    return Table(("Clause", "Duty", "Ruleset", "Attested by", "Date"), (16, 80, 24, 26, 14), rows)


def _comparison(tally: Tally) -> Table:
    comparison = tally.comparison
    assert comparison is not None
    kinds = [("new", f, 0) for f in comparison.new]
    kinds += [("repeated", r.finding, r.runs) for r in comparison.repeated]
    kinds += [("fixed", f, 0) for f in comparison.fixed]
    kinds += [("no longer looked at", f, 0) for f in comparison.gone]
    rows: list[list[Cell]] = [
        [kind, runs or None, f.member, _date(f.date), f.rule, f.message, f.path] for kind, f, runs in kinds
    ]
    heads = ("Standing", "Earlier runs", "Member", "Date", "Rule", "Message", "Document")
    return Table(heads, (18, 12, 22, 12, 7, 60, 40), rows)


def _trend(tally: Tally) -> Table:
    comparison = tally.comparison
    assert comparison is not None
    runs = comparison.runs
    rows: list[list[Cell]] = [
        [t.requirement.code, t.requirement.name, *(s.percent if s else None for s in t.scores), t.change]
        for t in comparison.trends
    ]
    total: list[Cell] = ["All", "all requirements", *(run.score.percent for run in runs), None]
    heads = ("Rule", "Name", *(run.as_of for run in runs), "Change")
    return Table(
        heads, (7, 28, *(12 for _ in runs), 10), [total, *rows], frozen_columns=2, percents=range(2, 2 + len(runs))
    )


def _documents(tally: Tally) -> Table:
    rows: list[list[Cell]] = [
        [d.path, "yes" if d.status == "read" else "no", d.reason, ", ".join(r.kind for r in d.records), d.sha256]
        for d in tally.report.documents
    ]
    return Table(("Document", "Read", "Why not", "Records", "SHA-256"), (54, 8, 40, 30, 68), rows)


def _height(cells: Sequence[Cell], widths: Sequence[float]) -> float:
    """Points that the longest cell of a row needs when it wraps in its column."""
    lines = (ceil(1.1 * len(cell) / width) for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str))
    return _LINE * max(1, *lines, 1) + 2


def _date(text: str | None) -> date | str | None:
    """A real date where the text is one, so that a spreadsheet can sort and filter by it."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return text
