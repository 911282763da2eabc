"""A baseline: the findings known on one day, as a multiset of fingerprints. It holds no word of any record."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from peerlint.dispositions.error import DispositionError
from peerlint.findings.model import Report

SCHEMA = "peerlint-baseline/1"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Fingerprints of findings known before; one that stands there twice covers two findings."""

    fingerprints: tuple[str, ...] = ()

    def counter(self) -> Counter[str]:
        return Counter(self.fingerprints)


NOTHING_KNOWN = Baseline()


def read_baseline(path: Path) -> Baseline:
    """The baseline saved in ``path``. Raises ``DispositionError``."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["schema"] != SCHEMA:
            raise ValueError
        return Baseline(tuple(str(f) for f in data["fingerprints"]))
    except OSError as error:
        raise DispositionError(f"{path}: cannot be opened ({error.strerror})") from None
    except (ValueError, KeyError, TypeError):
        raise DispositionError(f"{path}: is no peerlint baseline; write one with 'peerlint baseline'") from None


def baseline_text(report: Report) -> str:
    """The baseline of a report's open and known findings, as text to save."""
    fingerprints = sorted(f.fingerprint for f in report.findings if f.disposition != "waived")
    data = {"schema": SCHEMA, "as_of": report.run["as_of"], "fingerprints": fingerprints}
    return json.dumps(data, indent=1, sort_keys=True) + "\n"
