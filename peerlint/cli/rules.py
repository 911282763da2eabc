"""``peerlint rules``: every rule with its code, name and what it checks."""

from __future__ import annotations

import typer


def rules() -> None:
    """List every rule: code, name and what it checks."""
    from peerlint.rules import REGISTRY

    for code, rule in sorted(REGISTRY.items()):
        typer.echo(f"{code}  {rule.name:<28} {rule.page()['what']}")
