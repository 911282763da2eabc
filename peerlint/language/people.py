"""Whether a narrative tells of its own member: another member's name, or the other pronouns throughout."""

from __future__ import annotations

from peerlint.language.model import WrongPerson
from peerlint.records.model import Caseload, ServiceNote


def wrong_people(note: ServiceNote, caseload: Caseload) -> tuple[WrongPerson, ...]:
    """Slips in one note that a copied text leaves behind, in document order."""
    return ()
