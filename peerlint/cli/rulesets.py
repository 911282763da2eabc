"""``peerlint rulesets``: what there is, what it asks, how versions differ, and the tools to write one's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from peerlint.cli.stop import CANNOT_RUN, cannot_run, one_clear_line

if TYPE_CHECKING:
    from peerlint.policy.cases import Case, Cases
    from peerlint.policy.errors import RulesetError
    from peerlint.policy.model import Period, Requirement, Ruleset

app = typer.Typer(no_args_is_help=True, help="Payer policies: list, show, compare, check and write them.")

FAILED = 1

Named = Annotated[str, typer.Argument(metavar="RULESET", help="A shipped ruleset's id, or the path of a ruleset file.")]


@app.command("list")
def list_() -> None:
    """List the shipped rulesets with the dates of service they bind."""
    with one_clear_line():
        from peerlint.policy.load import load_many, shipped

        for ruleset in load_many(shipped()):
            typer.echo(f"{ruleset.id:<18} {_dates(ruleset.in_effect):<26} {ruleset.status:<24} {ruleset.title}")


@app.command()
def show(ruleset: Named) -> None:
    """Show what a ruleset asks: each requirement with its clause, severity and parameters, and what to attest."""
    with one_clear_line():
        from peerlint.policy.attest import attestations
        from peerlint.policy.load import load

        shown = load(ruleset)
        typer.echo("\n".join(_heading(shown)))
        for requirement in shown.requirements.values():
            typer.echo("\n".join(_lines_of(requirement)))
        typer.echo("\nTo be attested by a person:")
        for clause, says in attestations(shown):
            typer.echo(f"  {clause}: {says}")


@app.command()
def diff(old: Named, new: Named) -> None:
    """Tell in words what differs between two rulesets: added, dropped, moved, re-worded, other figures."""
    with one_clear_line():
        from peerlint.policy.compare import compare
        from peerlint.policy.load import load

        changes = compare(load(old), load(new))
        if not changes:
            typer.echo("no difference")
        for turn, group in groupby(changes, key=lambda change: change.turn):
            some = list(group)
            typer.echo(f"{turn.capitalize()} ({len(some)})")
            for change in some:
                typer.echo(f"  {change.subject}: {change.words}")


@app.command()
def coverage(rulesets: Annotated[list[str], typer.Argument(metavar="RULESET...", help="Ids or paths.")]) -> None:
    """Print every clause with how it is covered. Exit code 1 if one is not."""
    with one_clear_line():
        from peerlint.policy.load import load_many

        covered = [_print_coverage(ruleset) for ruleset in load_many(rulesets)]
    if not all(covered):
        raise typer.Exit(FAILED)


@app.command()
def validate(paths: Annotated[list[str], typer.Argument(metavar="RULESET...", help="Ruleset files, or ids.")]) -> None:
    """Check ruleset files and point at the file, line and key of every mistake. Exit code 2 if there is one."""
    from peerlint.policy.errors import RulesetError

    valid = True
    for path in paths:
        try:
            typer.echo(f"{_validated(path).id}: valid")
        except RulesetError as error:
            valid = False
            _print_problems(error)
    if not valid:
        raise typer.Exit(CANNOT_RUN)


@app.command()
def test(ruleset: Named) -> None:
    """Run the cases written beside a ruleset, in tests/ID.yaml. Exit code 1 if one fails."""
    with one_clear_line():
        from peerlint.policy.cases import cases_beside, read_cases

        tested = _validated(ruleset)
        cases = read_cases(cases_beside(ruleset))
        failed = list(_run(tested, cases))
        typer.echo(f"{tested.id}: {len(cases.cases) - len(failed)} of {len(cases.cases)} cases pass")
    if failed:
        raise typer.Exit(FAILED)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="ID", help="The new ruleset's id: small letters, digits, hyphens.")],
    extends: Annotated[str, typer.Option(help="The ruleset whose requirements hold here too.")] = "general",
) -> None:
    """Write a commented ruleset to fill in, and a file of cases, into the current folder."""
    with one_clear_line():
        from peerlint.policy.scaffold import scaffold

        files = scaffold(name, extends)
        for path in map(Path, files):
            if path.exists():
                raise cannot_run(f"{path} is there already")
        for path, text in ((Path(file), text) for file, text in files.items()):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            typer.echo(f"wrote {path}")


def _heading(ruleset: Ruleset) -> Iterator[str]:
    yield f"{ruleset.id}: {ruleset.title}"
    yield f"  policy        {ruleset.policy}"
    yield f"  payer         {', '.join((ruleset.payer, *ruleset.aliases))}"
    yield f"  jurisdiction  {ruleset.jurisdiction}"
    yield f"  status        {ruleset.status}"
    yield f"  binds         {_dates(ruleset.in_effect)}"
    yield f"  extends       {', '.join(ruleset.extends) or 'nothing'}"
    yield f"  sha256        {ruleset.sha256}"
    yield f"\n{len(ruleset.requirements)} requirements:"


def _lines_of(requirement: Requirement) -> Iterator[str]:
    from peerlint.policy.codes import codes

    marks = [str(requirement.severity)]
    marks += ["hard stop"] if requirement.hard_stop else []
    marks += ["unverified"] if requirement.citation == "unverified" else []
    place = f"{requirement.policy}, {requirement.clause}" if requirement.clauses else requirement.clause
    yield f"  {requirement.rule} {codes().names[requirement.rule]} [{', '.join(marks)}] {place}"
    yield f"       {requirement.asks}"
    for name, value in requirement.parameters.items():
        yield f"       {name}: {value}"


def _dates(period: Period) -> str:
    if not (period.since or period.until):
        return "by name only"
    return f"{period.since or '…'} to {period.until or 'now'}"


def _print_coverage(ruleset: Ruleset) -> bool:
    """Print the clauses of one ruleset; whether all are covered."""
    from peerlint.policy.coverage import coverage

    covers = coverage(ruleset)
    missing = [cover for cover in covers if cover.uncovered]
    typer.echo(f"{ruleset.id}: {len(covers) - len(missing)} of {len(covers)} clauses covered")
    for cover in covers:
        mark = "NOT COVERED " if cover.uncovered else ""
        typer.echo(f"  {cover.clause.policy} {cover.clause.id} [{cover.clause.kind}] {mark}{cover.how}")
    return not missing


def _options() -> Mapping[str, Mapping[str, Any]]:
    from peerlint.rules.base import REGISTRY

    return {code: rule.parameters for code, rule in REGISTRY.items()}


def _validated(name_or_path: str) -> Ruleset:
    """The ruleset, its parameters checked against the rules' options. Raises ``RulesetError``."""
    from peerlint.policy.load import load

    return load(name_or_path, _options())


def _print_problems(error: RulesetError) -> None:
    for problem in error.problems:
        typer.echo(str(problem), err=True)


def _run(ruleset: Ruleset, cases: Cases) -> Iterator[str]:
    """The names of the cases that fail, with what each one got told on the way."""
    for case in cases.cases:
        wrong = case.disagreements(_verdicts(ruleset, case, cases))
        for words in wrong:
            typer.echo(f"{case.name}: {words}")
        if wrong:
            yield case.name


def _verdicts(ruleset: Ruleset, case: Case, cases: Cases) -> dict[str, str]:
    from peerlint.policy.cases import gravest
    from peerlint.run import judge_texts

    given: dict[str, list[str]] = defaultdict(list)
    for outcome in judge_texts(ruleset, case.documents, cases.as_of).outcomes:
        given[outcome.rule].append(outcome.verdict)
    return gravest(given)
