"""The command line: one thin module per command, loaded when its command is called."""

from __future__ import annotations

import sys

import typer

from peerlint.cli.baseline import baseline
from peerlint.cli.check import check
from peerlint.cli.demo import demo
from peerlint.cli.explain import explain
from peerlint.cli.extract import extract
from peerlint.cli.report import report
from peerlint.cli.rules import rules
from peerlint.cli.rulesets import app as rulesets

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
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("peerlint: interrupted", err=True)
        sys.exit(130)
