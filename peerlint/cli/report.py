"""``peerlint report``: render a saved run again, or hold it against earlier ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from peerlint.cli.check import ConfigFile, Format, Output, Redact, Statistics
from peerlint.cli.stop import cannot_run, one_clear_line

if TYPE_CHECKING:
    from peerlint.findings.model import Report


def report(
    saved: Annotated[
        Path, typer.Argument(metavar="REPORT.json", help="A run saved with 'peerlint check -o json:FILE'.")
    ],
    output: Output = None,
    format: Format = "console",
    against: Annotated[
        list[Path] | None, typer.Option("--against", help="An earlier saved run to compare with. Repeatable.")
    ] = None,
    redact: Redact = None,
    config: ConfigFile = None,
    statistics: Statistics = False,
) -> None:
    """Render a saved run in any format; with --against, show what is new, fixed and repeated."""
    with one_clear_line():
        from peerlint.cli.config import find_config, read_config
        from peerlint.cli.publish import Publication, options, publish

        settings = read_config(config) if config else find_config(Path())
        earlier = [read_saved(path) for path in against or []]
        wanted = options(settings, redact=redact, against=earlier, statistics=statistics)
        publish(read_saved(saved), Publication.of(format, output or [], wanted))


def read_saved(path: Path) -> Report:
    """The report saved in ``path``; ends the command with one line where it is none."""
    from peerlint.findings.save import ReportError, read

    try:
        return read(path.read_text(encoding="utf-8"))
    except ReportError as error:
        raise cannot_run(f"{path}: {error}") from None
    except UnicodeDecodeError:
        raise cannot_run(f"{path}: not a report that peerlint saved: not UTF-8") from None
