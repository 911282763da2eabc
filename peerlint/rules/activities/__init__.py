"""Activities that are not covered, however the note calls them."""

from peerlint.rules.activities import people, work
from peerlint.rules.activities.judging import not_covered

__all__ = ["not_covered", "people", "work"]
