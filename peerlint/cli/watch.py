"""What the user sees on standard error while a run goes on."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from peerlint.documents.find import CLOSED_FOLDER, Found
from peerlint.run import Watcher

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Plain(Watcher):
    """Says once what is left out and what is looked at besides the named files."""

    def found(self, found: Found) -> None:
        for path, reason in found.left_out:
            if reason == CLOSED_FOLDER:
                typer.echo(f"peerlint: {path}: {reason}; its documents are not in this report", err=True)
        others = Counter(reason for _, reason in found.left_out if reason != CLOSED_FOLDER)
        if others:
            said = ", ".join(f"{count} {reason}" for reason, count in sorted(others.items()))
            typer.echo(f"peerlint: left out: {said}", err=True)
        if found.judged is not None and len(found.documents) > len(found.judged):
            around = len(found.documents) - len(found.judged)
            typer.echo(
                f"peerlint: judging {len(found.judged)} of the files in {found.root}; "
                f"{around} others there are read for their members' plans and notes",
                err=True,
            )


class Bar(Plain):
    """A progress bar with the count and the current folder, for a terminal."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def found(self, found: Found) -> None:
        super().found(found)
        self._task = self._progress.add_task("reading", total=len(found.documents))

    def read(self, path: Path) -> None:
        if self._task is not None:
            self._progress.update(self._task, advance=1, description=f"reading {path.parent.name}")

    def judging(self, charts: int) -> None:
        if self._task is not None:
            self._progress.update(self._task, description=f"judging {charts} charts")


@contextmanager
def watcher() -> Iterator[Watcher]:
    """A bar where standard error is a terminal, plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield Plain()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress)
