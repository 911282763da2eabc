"""The whole run as JSON: what ``peerlint report`` reads again."""

from __future__ import annotations

from peerlint.findings.save import dump
from peerlint.findings.tally import Tally
from peerlint.reports import Options


def render(tally: Tally, options: Options) -> str:
    return dump(tally.saved)
