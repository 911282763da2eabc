"""Billing facts that notes carry themselves."""

from peerlint.rules.billing import codes, overlap, shares, units

__all__ = ["codes", "overlap", "shares", "units"]
