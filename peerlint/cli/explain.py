"""``peerlint explain``: one rule's page."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

import typer

from peerlint.cli.stop import cannot_run, one_clear_line


def explain(
    code: Annotated[str, typer.Argument(help="A rule's code or name, such as N110 or note-effectiveness.")],
) -> None:
    """What a rule means, why an auditor asks, its clauses, a good and a bad example, and the lawful way to mend it."""
    with one_clear_line():
        from peerlint.policy.load import load, shipped
        from peerlint.reports.rule_page import rule_page
        from peerlint.rules import REGISTRY

        by_name = {rule.name: rule for rule in REGISTRY.values()} | REGISTRY
        asked = code.strip()
        rule = by_name.get(asked.upper()) or by_name.get(asked.lower())
        if rule is None:
            close = get_close_matches(asked, by_name, n=1, cutoff=0.5)
            hint = f"; did you mean {close[0]}?" if close else "; 'peerlint rules' lists them all"
            raise cannot_run(f"no rule is called {asked!r}{hint}")
        requirements = [(name, load(name).requirements.get(rule.code)) for name in shipped()]
        typer.echo(rule_page(rule, [(name, r) for name, r in requirements if r]))
