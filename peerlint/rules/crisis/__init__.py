"""Crisis plans: is there one, is it the member's own and current, and who comes first."""

from peerlint.rules.crisis import own, plan, responder

__all__ = ["own", "plan", "responder"]
