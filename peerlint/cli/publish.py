"""Where reports go: one to standard output, any number to files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from peerlint.reports import Options, Reporter, ReportingError, format_named

if TYPE_CHECKING:
    from peerlint.cli.config import Config
    from peerlint.findings.model import Report


@dataclass(frozen=True, slots=True)
class Publication:
    """What is printed and what is written. ``files`` pair a format with its file, None for standard output."""

    printed: str
    files: tuple[tuple[str, Path | None], ...]
    options: Options

    @classmethod
    def of(cls, printed: str, outputs: Sequence[str], options: Options) -> Publication:
        """From the words of the command line (``html:report.html``). Raises ``ReportingError``."""
        format_named(printed)
        return cls(printed, tuple(_output(words) for words in outputs), options)


def options(
    settings: Config, *, redact: bool | None, against: Sequence[Report] = (), statistics: bool = False
) -> Options:
    """The options of a report from the command line and the configuration."""
    letterhead = settings.path(settings.letterhead)
    return Options(tuple(against), settings.threshold, redact, letterhead, statistics)


def publish(report: Report, publication: Publication) -> None:
    """Write every file, then print."""
    reporter = Reporter(report, publication.options)
    for name, path in publication.files:
        reporter.write(name, path or sys.stdout)
    if publication.printed == "console":
        _show(reporter, publication.options)
    else:
        reporter.write(publication.printed, sys.stdout)


def _show(reporter: Reporter, options: Options) -> None:
    from rich.console import Console

    from peerlint.reports.console import show

    show(reporter.tally("console"), Console(), statistics=options.statistics)


def _output(words: str) -> tuple[str, Path | None]:
    name, colon, file = words.partition(":")
    form = format_named(name)
    if not colon and not form.binary:
        return name, None
    if not file:
        raise ReportingError(f"{words!r} names no file: write {name}:FILE")
    path = Path(file)
    if path.is_dir():
        raise ReportingError(f"{path} is a folder: write {name}:{path / 'report'}.{form.module}")
    if not path.absolute().parent.is_dir():
        raise ReportingError(f"{path.parent}: no such folder to write {path.name} in")
    return name, path
