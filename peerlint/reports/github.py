"""GitHub workflow annotations, one line a finding. Known findings are notices, whatever their severity."""

from __future__ import annotations

from peerlint.findings.model import Finding
from peerlint.findings.tally import Tally
from peerlint.reports import Options
from peerlint.reports.wording import clause

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(tally: Tally, options: Options) -> str:
    return "".join(f"{annotation(finding)}\n" for finding in tally.report.findings)


def annotation(f: Finding) -> str:
    """ "::error file=charts/x/note.docx,title=N110 note-effectiveness::message" """
    command = _COMMANDS.get(f.severity, "warning") if f.disposition == "open" else "notice"
    if f.verdict == "needs_review" and command == "error":
        command = "warning"
    look = "needs review: " if f.verdict == "needs_review" else ""
    properties = f"file={_property(f.path)},title={_property(f'{f.rule} {f.name}')}"
    return f"::{command} {properties}::{_data(f'{look}{f.message} [{clause(f.citation)}]')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace("::", "%3A%3A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
