"""Ending a command that cannot run: one clear line on standard error and exit code 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

CANNOT_RUN = 2


def cannot_run(message: str) -> typer.Exit:
    """Say why on one line of standard error; raise what comes back."""
    typer.echo(f"peerlint: {' '.join(message.split())}", err=True)
    return typer.Exit(CANNOT_RUN)


def closed_early() -> typer.Exit:
    """Nobody reads standard output any more (``| head``): end without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return typer.Exit(CANNOT_RUN)


@contextmanager
def one_clear_line() -> Iterator[None]:
    """Turn the errors a user can mend into one line and exit code 2."""
    from peerlint.cli.config import ConfigError
    from peerlint.dispositions.error import DispositionError
    from peerlint.documents.find import NothingFound
    from peerlint.policy.errors import RulesetError
    from peerlint.reports import ReportingError
    from peerlint.rules.bindings import NothingBinds
    from peerlint.rules.selection import SelectionError
    from peerlint.run import MissingExtra

    mendable = (
        ConfigError,
        DispositionError,
        MissingExtra,
        NothingBinds,
        NothingFound,
        ReportingError,
        RulesetError,
        SelectionError,
    )

    try:
        yield
    except mendable as error:
        raise cannot_run(str(error)) from None
    except BrokenPipeError:
        raise closed_early() from None
    except OSError as error:
        raise cannot_run(f"{error.filename or 'standard output'}: {error.strerror or 'cannot be written'}") from None
