"""Service notes: one full note for each contact."""

from peerlint.rules.notes import elements, header, remote, signing, timing

__all__ = ["elements", "header", "remote", "signing", "timing"]
