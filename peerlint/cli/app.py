"""The command line: one thin module per command, loaded when its command is called."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from peerlint.cli.baseline import baseline
from peerlint.cli.check import check
from peerlint.cli.demo import demo
from peerlint.cli.explain import explain
from peerlint.cli.extract import extract
from peerlint.cli.report import report
from peerlint.cli.rules import rules
from peerlint.cli.rulesets import app as rulesets
from peerlint.cli.stop import CANNOT_RUN

INTERRUPTED = 130

app = typer.Typer(
    name="peerlint",
    help="Checks peer support plans, crisis plans and notes against payer policies. Nothing leaves this machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (check, explain, rules, extract, report, baseline, demo):
    app.command()(command)
app.add_typer(rulesets, name="rulesets")


def _version(asked: bool) -> None:
    if asked:
        from peerlint import __version__

        typer.echo(f"peerlint {__version__}")
        raise typer.Exit()


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Options of peerlint itself."""


def main() -> None:
    """Run peerlint. Exit codes: 0 nothing to report, 1 findings, 2 could not run, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(_exit_code())


def _exit_code() -> int:
    try:
        code: int = app(prog_name="peerlint", standalone_mode=False) or 0
    except KeyboardInterrupt:
        code = INTERRUPTED
    except typer.TyperException as misuse:
        return _misused(misuse)
    except Exception as fault:
        return _failed(fault)
    if code == INTERRUPTED:
        typer.echo("peerlint: interrupted", err=True)
    return code


def _misused(misuse: typer.TyperException) -> int:
    """Say what is wrong with the command line; nothing where its help was printed instead."""
    if said := " ".join(misuse.format_message().split()):
        context: typer.Context | None = getattr(misuse, "ctx", None)
        command = context.command_path if context else "peerlint"
        typer.echo(f"peerlint: {said.rstrip('.')} (see '{command} --help')", err=True)
    return CANNOT_RUN


def _failed(fault: Exception) -> int:
    """Tell a fault of the program by its kind and place alone: its message may hold words of a record."""
    from traceback import extract_tb

    *_, last = extract_tb(fault.__traceback__)
    place = f"{Path(last.filename).name}, line {last.lineno}"
    what = f"{type(fault).__name__} in {place}"
    typer.echo(f"peerlint: stopped by a fault of its own ({what}); please report it", err=True)
    return CANNOT_RUN
