"""The report for a terminal: by chart, then document, with a summary that fits one screen.

Colour only ever repeats what a word says. Where the terminal's encoding knows no more than ASCII, so does the report.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from peerlint.findings.charts import ChartDocument, ChartPage
from peerlint.findings.model import Finding
from peerlint.findings.scores import RequirementScore
from peerlint.findings.tally import Tally
from peerlint.reports import Options
from peerlint.reports.wording import (
    HOW_COUNTED,
    KIND_WORDS,
    VERDICT_WORDS,
    clause,
    count,
    number,
    percent,
    place,
    spoken,
)

_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan", "needs_review": "magenta"}
_MARKS = {"error": "✗", "warning": "!", "info": "·", "needs_review": "?"}
_IN_ASCII = str.maketrans({"✗": "x", "·": "-", "–": "-", "—": "-", "…": "...", "“": '"', "”": '"', "’": "'", "‘": "'"})
_WORST_ROWS = 8
_UNREAD_ROWS = 3
_INDENT = 9


def render(tally: Tally, options: Options) -> str:
    """The report as plain text of 100 columns, for a file or a pipe."""
    text = io.StringIO()
    show(tally, Console(file=text, width=100, color_system=None, force_terminal=False), statistics=options.statistics)
    return text.getvalue()


def show(tally: Tally, console: Console, *, statistics: bool = False) -> None:
    """Print the report on ``console``; with ``statistics``, findings are counted per rule and not listed."""
    paper = _Paper(console)
    if statistics:
        _show_statistics(tally, paper)
    else:
        _show_charts(tally, paper)
    _show_summary(tally, paper)


class _Paper:
    """A console and what it can show."""

    def __init__(self, console: Console) -> None:
        self._console = console
        encoding = (console.encoding or "ascii").lower()
        self._ascii = not encoding.startswith("utf") or console.is_dumb_terminal

    def text(self, words: str, style: str = "") -> Text:
        return Text().append(_in_ascii(words) if self._ascii else words, style)

    def line(self, text: Text | str, style: str = "", indent: int = 0) -> None:
        self.entry(Text(" " * indent), self.text(text, style) if isinstance(text, str) else text)

    def entry(self, head: Text, body: Text) -> None:
        """``head`` and beside it ``body``, wrapped within its own column."""
        margin = len(head.plain)
        for index, line in enumerate(body.wrap(self._console, max(20, self._console.width - margin)) or [Text()]):
            line.rstrip()
            self._console.print(Text.assemble(head if index == 0 else " " * margin, line), highlight=False)

    def heading(self, words: str) -> None:
        self.line("")
        self.line(words, "bold")
        self.line(("-" if self._ascii else "─") * min(len(words), self._console.width), "dim")

    def table(self, rows: Iterable[Iterable[Text]], heads: Iterable[str], numbers_from: int) -> None:
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        for index, head in enumerate(heads):
            numeric = index >= numbers_from
            table.add_column(head, justify="right" if numeric else "left", no_wrap=numeric, overflow="fold")
        for row in rows:
            table.add_row(*row)
        self._console.print(table, highlight=False)


def _in_ascii(words: str) -> str:
    spelled = unicodedata.normalize("NFKD", words.translate(_IN_ASCII))
    return "".join(c for c in spelled if not unicodedata.combining(c)).encode("ascii", "replace").decode("ascii")


def _show_charts(tally: Tally, paper: _Paper) -> None:
    for page in tally.chart_pages:
        if page.findings:
            _show_chart(page, paper)


def _show_chart(page: ChartPage, paper: _Paper) -> None:
    paper.heading(f"{page.member} – {count(len(page.findings), 'finding')}")
    for document in page.documents:
        if document.findings:
            _show_document(document, paper)


def _show_document(document: ChartDocument, paper: _Paper) -> None:
    paper.line("")
    title = paper.text(document.path, "underline")
    notes = [f"{r.date or 'no date'} {r.specialist}".strip() for r in document.records if r.kind == "note"]
    title.append_text(paper.text(f"  {'; '.join(notes)}" if notes else "", "dim"))
    paper.line(title)
    for finding in document.findings:
        _show_finding(finding, paper)


def _show_finding(finding: Finding, paper: _Paper) -> None:
    kind = "needs_review" if finding.verdict == "needs_review" else finding.severity
    head = paper.text(f"  {_MARKS.get(kind, '·')} ", _STYLES.get(kind, ""))
    head.append_text(paper.text(f"{finding.rule} ", "bold"))
    head.append_text(paper.text(f"{_label(finding):13}", _STYLES.get(kind, "")))
    paper.entry(head, paper.text(finding.message).append_text(paper.text(_aside(finding), "bold")))
    where = place(finding.location)
    if finding.evidence or where:
        paper.line(_evidence(finding, where, paper), indent=_INDENT)
    paper.line(clause(finding.citation), "dim", indent=_INDENT)


def _label(finding: Finding) -> str:
    return VERDICT_WORDS["needs_review"] if finding.verdict == "needs_review" else finding.severity


def _aside(finding: Finding) -> str:
    told = ["hard stop"] if finding.hard_stop and finding.verdict == "not_met" else []
    told += [finding.disposition] if finding.disposition != "open" else []
    return f" [{', '.join(told)}]" if told else ""


def _evidence(finding: Finding, where: str, paper: _Paper) -> Text:
    """The quote with the words that the message names made to stand out."""
    quote = paper.text("“" if finding.evidence else "")
    for words, cue in spoken(finding):
        quote.append_text(paper.text(words, "bold yellow" if cue else ""))
    quote.append_text(paper.text("”" if finding.evidence else ""))
    lead = paper.text(f"{where}: " if where and finding.evidence else where, "dim")
    return lead.append_text(quote)


def _show_statistics(tally: Tally, paper: _Paper) -> None:
    paper.heading("Findings per rule")
    rows = [
        [paper.text(code, "bold"), paper.text(name), paper.text(str(violations)), paper.text(str(reviews))]
        for code, name, violations, reviews in tally.statistics
    ]
    paper.table(rows, ["rule", "name", "not met", "needs review"], numbers_from=2)


def _show_summary(tally: Tally, paper: _Paper) -> None:
    paper.heading("Summary")
    for line in _summary_lines(tally):
        paper.line(line)
    for document in tally.unread[:_UNREAD_ROWS]:
        paper.line(f"not read: {document.path}: {document.reason or 'no reason given'}")
    if len(tally.unread) > _UNREAD_ROWS:
        paper.line(f"and {len(tally.unread) - _UNREAD_ROWS} more not read")
    worst = _below(tally)
    if worst:
        paper.line("")
        paper.table((_score_row(row, paper) for row in worst[:_WORST_ROWS]), _HEADS, numbers_from=2)
        if len(worst) > _WORST_ROWS:
            paper.line(f"and {len(worst) - _WORST_ROWS} more requirements below {number(tally.threshold)} %", "dim")
    paper.line("")
    paper.line(HOW_COUNTED, "dim")
    paper.line(tally.identity.line, "dim")


_HEADS = ("rule", "below the threshold", "met", "not met", "review", "n.a.", "%")


def _below(tally: Tally) -> list[RequirementScore]:
    low = [r for r in tally.scorecard if r.score.percent is not None and r.score.percent < tally.threshold]
    return sorted(low, key=lambda r: (r.score.percent or 0, -r.score.not_met, r.requirement.key))


def _score_row(row: RequirementScore, paper: _Paper) -> list[Text]:
    s = row.score
    stop = " (hard stop)" if row.requirement.hard_stop else ""
    cells = [s.met, s.not_met, s.needs_review, s.not_applicable]
    return [
        paper.text(row.requirement.code, "bold"),
        paper.text(row.requirement.name + stop),
        *(paper.text(str(cell)) for cell in cells),
        paper.text(percent(s.percent), "red"),
    ]


def _summary_lines(tally: Tally) -> Iterator[str]:
    c, s, units = tally.finding_counts, tally.score, tally.events.units
    kinds = ", ".join(count(amount, KIND_WORDS.get(kind, kind)) for kind, amount in tally.record_counts.items())
    yield f"{count(tally.identity.read, 'document')} read, {tally.identity.not_read} not read: {kinds or 'no record'}"
    yield (
        f"{count(len(tally.report.findings), 'finding')}: {count(c['error'], 'error')}, "
        f"{count(c['warning'], 'warning')}, {c['info']} info; {c['needs_review']} of them for a person to look at; "
        f"{c['waived']} waived, {c['baseline']} known"
    )
    yield (
        f"{percent(s.percent)} met: {s.met} met, {s.not_met} not met; apart from that {s.needs_review} to review, "
        f"{s.not_evaluated} not evaluated, {s.not_applicable} n.a."
    )
    yield f"{count(len(tally.hard_stops), 'hard stop')}"
    yield (
        f"{number(units.units_at_risk)} of {number(units.units)} stated units at risk, in {units.contacts_at_risk} of "
        f"{count(units.contacts, 'contact')}"
        + (f"; {count(units.unstated, 'contact')} without stated units" if units.unstated else "")
    )
    comparison = tally.comparison
    if comparison:
        yield (
            f"against {comparison.runs[-2].as_of}: {len(comparison.new)} new, {len(comparison.repeated)} repeated, "
            f"{len(comparison.fixed)} fixed, {len(comparison.gone)} no longer looked at"
        )
