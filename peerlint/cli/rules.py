"""``peerlint rules``: every rule with its code, name and scope."""

from __future__ import annotations

import typer


def rules() -> None:
    """List every rule: code, name and what it checks."""
    import peerlint.rules
    from peerlint.rules.base import REGISTRY

    del peerlint.rules
    for code, rule in sorted(REGISTRY.items()):
        typer.echo(f"{code}  {rule.name:<28} {rule.page()['what']}")
