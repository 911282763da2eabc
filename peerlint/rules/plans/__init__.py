"""Person-centered plans: is there one, what is in it, who signed it and when."""

from peerlint.rules.plans import content, force, interventions, signing

__all__ = ["content", "force", "interventions", "signing"]
