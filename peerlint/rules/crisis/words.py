"""Words of a crisis plan to show as evidence."""

from __future__ import annotations

from peerlint.records.model import Contact, CrisisPlan
from peerlint.rules.base import Evidence, quote


def told(contact: Contact) -> Evidence:
    words = ", ".join(part for part in (contact.name, contact.relation, contact.phone) if part)
    return Evidence(words, contact.place, "contacts")


def first_words(crisis: CrisisPlan) -> tuple[Evidence, ...]:
    section = next((s for s in crisis.header.sections if s.text.strip()), None)
    return quote(section) if section else tuple(told(contact) for contact in crisis.contacts[:1])
