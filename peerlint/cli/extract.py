"""``peerlint extract``: what the reader saw, and where."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from peerlint.cli.stop import cannot_run, one_clear_line


def extract(
    file: Annotated[Path, typer.Argument(help="One document.")],
    blocks: Annotated[
        bool, typer.Option("--blocks", help="Show the document's blocks instead of its records.")
    ] = False,
) -> None:
    """Show the records of one document: every field, its meaning and where it was found."""
    with one_clear_line():
        if not file.is_file():
            raise cannot_run(f"{file}: no such file")
        from peerlint.documents.limits import Limits
        from peerlint.documents.model import Unreadable
        from peerlint.documents.worker import Workers
        from peerlint.reports.extraction import show_blocks, show_records
        from peerlint.run import read_blocks, read_document_alone

        task = read_blocks if blocks else read_document_alone
        ((_, seen),) = Workers(task, 1, Limits()).run([file.resolve()])
        if isinstance(seen, Unreadable):
            raise cannot_run(": ".join([str(file), "; ".join(filter(None, (seen.reason, seen.remedy)))]))
        typer.echo(show_blocks(seen) if blocks else show_records(seen))
