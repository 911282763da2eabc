"""``peerlint baseline``: remember today's findings, so that the next run shows what is new."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from peerlint.cli.report import read_saved
from peerlint.cli.stop import one_clear_line


def baseline(
    report: Annotated[Path, typer.Argument(help="A report saved with 'peerlint check -o json:FILE'.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The baseline to write.")] = Path(
        "peerlint-baseline.json"
    ),
) -> None:
    """Save the findings of a report as known. The file holds fingerprints only, no word of a record."""
    with one_clear_line():
        from peerlint.dispositions.baseline import baseline_text

        text = baseline_text(read_saved(report))
        output.write_text(text, encoding="utf-8")
        typer.echo(f"peerlint: {output} written", err=True)
