"""Reports: one module per format, each a function from a tally to the bytes or text of one file.

No format computes. What is counted, grouped or compared is in ``peerlint.findings``; what is masked, in
``peerlint.findings.redact``. A format's module is imported when it is asked for, not before.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from peerlint.findings.model import Report
    from peerlint.findings.tally import Tally


class ReportingError(Exception):
    """A report that cannot be made or written. The message is one line for the person who asked for it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who asks for reports may choose.

    ``against``: earlier runs. ``threshold``: percent below which a requirement is marked. ``redact``: None leaves it
    to each format. ``template``: a Word file whose letterhead and styles the Word reports take. ``statistics``: the
    console report counts findings per rule and lists none.
    """

    against: tuple[Report, ...] = ()
    threshold: float = 85.0
    redact: bool | None = None
    template: Path | None = None
    statistics: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """``module`` of this package has ``render(tally, options)``; ``redacted`` unless asked otherwise."""

    module: str
    says: str
    redacted: bool = False
    binary: bool = False


FORMATS = {
    "console": Format("console", "for the terminal: by chart and document, with a summary"),
    "concise": Format("concise", "one line a finding"),
    "json": Format("json", "the whole run, to keep, compare and render again"),
    "html": Format("html", "one self-contained web page"),
    "xlsx": Format("xlsx", "a workbook: summary, event matrix, findings, worklist, attestations", binary=True),
    "docx": Format("docx", "a compliance report in Word, with its plan of correction", binary=True),
    "poc": Format("poc", "the plan of correction alone, in Word", binary=True),
    "csv": Format("csv", "the findings as a table"),
    "md": Format("md", "the report as Markdown"),
    "sarif": Format("sarif", "SARIF 2.1.0 for code scanning tools", redacted=True),
    "junit": Format("junit", "JUnit XML for build servers", redacted=True),
    "github": Format("github", "GitHub workflow annotations", redacted=True),
}


class Reporter:
    """Renders one report in any number of formats; what they share is reckoned once."""

    def __init__(self, report: Report, options: Options | None = None) -> None:
        self._report = report
        self._options = options or Options()

    def render(self, name: str) -> str | bytes:
        """The report in the format ``name``: bytes for a binary format, else text. Raises ReportingError."""
        found = format_named(name)
        module = import_module(f"peerlint.reports.{found.module}")
        result: str | bytes = module.render(self.tally(name), self._options)
        return result

    def write(self, name: str, destination: Path | TextIO) -> None:
        """Render and write, to a file readable by its owner alone or to a text stream. Raises ReportingError."""
        content = self.render(name)
        if isinstance(destination, Path):
            _write_file(content if isinstance(content, bytes) else content.encode("utf-8"), destination)
        elif isinstance(content, bytes):
            raise ReportingError(
                f"{name} is no text: give it a file, as in -o {name}:report.{format_named(name).module}"
            )
        else:
            destination.write(content)

    def tally(self, name: str) -> Tally:
        """What the format ``name`` shows: masked where the format or the person who asks wants it so."""
        wanted = self._options.redact
        masked = format_named(name).redacted if wanted is None else wanted
        return self._masked if masked else self._plain

    @cached_property
    def _plain(self) -> Tally:
        from peerlint.findings.tally import Tally

        return Tally(self._report, self._options.against, self._options.threshold)

    @cached_property
    def _masked(self) -> Tally:
        from peerlint.findings.redact import redact_all
        from peerlint.findings.tally import Tally

        newest, *earlier = redact_all([self._report, *self._options.against])
        return Tally(newest, earlier, self._options.threshold)


def format_named(name: str) -> Format:
    if name not in FORMATS:
        raise ReportingError(f"there is no report format {name!r}: choose from {', '.join(FORMATS)}")
    return FORMATS[name]


def render(report: Report, name: str, options: Options | None = None) -> str | bytes:
    """One report in one format."""
    return Reporter(report, options).render(name)


def write(report: Report, name: str, destination: Path | TextIO, options: Options | None = None) -> None:
    """One report in one format to one place."""
    Reporter(report, options).write(name, destination)


def write_all(report: Report, wanted: Iterable[tuple[str, Path | TextIO]], options: Options | None = None) -> None:
    """Several reports of one run: pairs of format and destination."""
    reporter = Reporter(report, options)
    for name, destination in wanted:
        reporter.write(name, destination)


def _write_file(content: bytes, path: Path) -> None:
    """Whole or not at all: a report is never left half written over an older one."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a device or a pipe
        else:
            _replace_file(content, path)
    except OSError as error:
        raise ReportingError(f"cannot write the report to {path}: {error.strerror or error}") from error


def _replace_file(content: bytes, path: Path) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".peerlint-", delete=False) as file:
        try:
            file.write(content)
            file.close()
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink()
            raise
