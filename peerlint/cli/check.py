"""``peerlint check``: read, judge, report."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from peerlint.cli.stop import one_clear_line

if TYPE_CHECKING:
    from peerlint.cli.config import Config
    from peerlint.dispositions.disposal import Disposal
    from peerlint.documents.limits import Limits
    from peerlint.findings.model import Report

DEFAULT_RULESET = "auto"


class FailOn(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


_SEVERITIES = {
    FailOn.ERROR: ("error",),
    FailOn.WARNING: ("error", "warning"),
    FailOn.INFO: ("error", "warning", "info"),
}

Paths = Annotated[list[Path] | None, typer.Argument(help="Folders or files; this folder where none is given.")]
Rulesets = Annotated[
    list[str] | None,
    typer.Option("--ruleset", help="Policy to judge by, or a ruleset file; 'auto' by payer and date. Repeatable."),
]
AsOf = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Day of the check; today by default.")
]
Format = Annotated[
    str, typer.Option("--format", help="What goes to standard output: console, concise, json, csv, md, …")
]
Output = Annotated[
    list[str] | None,
    typer.Option("--output", "-o", help="FORMAT:FILE, such as html:report.html; without FILE, printed. Repeatable."),
]
Select = Annotated[
    list[str] | None, typer.Option("--select", help="Only these rules: codes, prefixes or names, by commas.")
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", help="Not these rules.")]
Fail = Annotated[FailOn | None, typer.Option("--fail-on", help="Exit with 1 at findings of this severity or above.")]
Redact = Annotated[
    bool | None,
    typer.Option("--redact/--no-redact", help="Mask names, ids, birth dates and quotes everywhere, or nowhere."),
]
Jobs = Annotated[int, typer.Option("--jobs", min=0, help="Documents read side by side; 0 lets peerlint choose.")]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="Configuration file instead of the nearest one.")]
Statistics = Annotated[bool, typer.Option("--statistics", help="Print findings per rule instead of each finding.")]
Waivers = Annotated[Path | None, typer.Option("--waivers", help="Waiver file (TOML).")]
BaselineFile = Annotated[
    Path | None, typer.Option("--baseline", help="Findings known before, saved by 'peerlint baseline'.")
]
Payer = Annotated[str, typer.Option("--payer", help="Payer of charts that name none, for --ruleset auto.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Accepted for scripts: peerlint keeps no cache of records.")]


def check(
    paths: Paths = None,
    ruleset: Rulesets = None,
    as_of: AsOf = None,
    format: Format = "console",
    output: Output = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: Fail = None,
    redact: Redact = None,
    jobs: Jobs = 0,
    no_cache: NoCache = False,
    config: ConfigFile = None,
    statistics: Statistics = False,
    waivers: Waivers = None,
    baseline: BaselineFile = None,
    payer: Payer = "",
) -> None:
    """Read the documents below PATH, judge them against a policy and report every finding."""
    with one_clear_line():
        from peerlint import run
        from peerlint.cli.config import find_config, read_config
        from peerlint.cli.publish import Publication, options, publish
        from peerlint.cli.watch import watcher

        asked = tuple(paths or [Path()])
        settings = read_config(config) if config else find_config(asked[0])
        request = run.Request(
            paths=asked,
            rulesets=tuple(ruleset or settings.ruleset or [DEFAULT_RULESET]),
            as_of=as_of.date() if as_of else date.today(),
            payer=payer or settings.payer,
            wanted=_by_commas(select) or settings.select,
            unwanted=_by_commas(ignore) or settings.ignore,
            jobs=jobs or settings.jobs,
            limits=_limits(settings),
            key=settings.fingerprint_key,
            semantic=settings.semantic,
            disposal=_disposal(
                waivers or settings.path(settings.waivers), baseline or settings.path(settings.baseline)
            ),
        )
        publication = Publication.of(format, output or [], options(settings, redact=redact, statistics=statistics))
        with watcher() as watching:
            report = run.check(request, watching)
        publish(report, publication)
    raise typer.Exit(exit_code(report, fail_on or FailOn(settings.fail_on)))


def exit_code(report: Report, fail_on: FailOn) -> int:
    """1 where an open finding is at or above the severity, else 0."""
    severities = _SEVERITIES.get(fail_on, ())
    return int(any(f.disposition == "open" and f.severity in severities for f in report.findings))


def _by_commas(words: list[str] | None) -> tuple[str, ...]:
    return tuple(part.strip() for word in words or [] for part in word.split(",") if part.strip())


def _limits(settings: Config) -> Limits:
    from dataclasses import replace

    from peerlint.documents.limits import Limits

    asked = {
        "bytes": settings.max_megabytes * 1024 * 1024,
        "pages": settings.max_pages,
        "seconds": settings.max_seconds,
    }
    return replace(Limits(), **{name: value for name, value in asked.items() if value})


def _disposal(waivers: Path | None, baseline: Path | None) -> Disposal:
    from peerlint.dispositions.baseline import Baseline, read_baseline
    from peerlint.dispositions.disposal import Disposal
    from peerlint.dispositions.waivers import read_waivers

    return Disposal(
        waivers=read_waivers(waivers) if waivers else (),
        baseline=read_baseline(baseline) if baseline else Baseline(),
    )
