"""The rules, a family per module. Importing this package registers them all under their codes."""

from peerlint.rules import (
    activities,
    billing,
    crisis,
    documents,
    eligibility,
    links,
    notes,
    plans,
    quality,
    staff,
)
from peerlint.rules.base import REGISTRY

__all__ = [
    "REGISTRY",
    "activities",
    "billing",
    "crisis",
    "documents",
    "eligibility",
    "links",
    "notes",
    "plans",
    "quality",
    "staff",
]
