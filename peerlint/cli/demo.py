"""``peerlint demo``: the main job on the built-in agency."""

from __future__ import annotations

import typer

from peerlint.cli.check import Format, Output, Redact, check

DEMO_RULESET = "wellcare-nc-2025"
DEMO_DAY = "2025-07-31"


def demo(
    format: Format = "console",
    output: Output = None,
    redact: Redact = None,
) -> None:
    """Check the built-in demo agency: invented people, real faults. No set-up needed."""
    from datetime import datetime

    from peerlint.cli.check import FailOn
    from peerlint.shelf import demo_folder

    typer.echo(f"peerlint: checking the demo agency in {demo_folder()} against {DEMO_RULESET}", err=True)
    check(
        paths=[demo_folder()],
        ruleset=[DEMO_RULESET],
        as_of=datetime.fromisoformat(DEMO_DAY),
        format=format,
        output=output,
        redact=redact,
        fail_on=FailOn.NEVER,
    )
