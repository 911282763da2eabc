"""Who may be served, as the record documents it."""

from peerlint.rules.eligibility import assessment, member, services, stay

__all__ = ["assessment", "member", "services", "stay"]
