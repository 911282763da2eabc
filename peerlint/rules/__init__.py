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

__all__ = [
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
