"""Waivers: a finding that somebody answers for, with reason, owner and expiry.

A waiver file is TOML::

    [[waiver]]
    rule = "N122"                       # code or name
    path = "harlan-june/*"              # glob on the reported path; left out: every document
    fingerprint = "3f..."               # or one finding by its fingerprint
    reason = "Clinic closed by the flood; late entries approved"
    owner = "QA lead"
    expires = 2025-12-31                # the last day on which it holds
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from peerlint.dispositions.error import DispositionError
from peerlint.findings.model import Finding
from peerlint.policy.codes import codes

_REQUIRED = ("rule", "reason", "owner", "expires")
_KNOWN = {*_REQUIRED, "path", "fingerprint"}


@dataclass(frozen=True, slots=True)
class Waiver:
    rule: str
    reason: str
    owner: str
    expires: date
    path: str = "*"
    fingerprint: str = ""

    def covers(self, finding: Finding, as_of: str) -> bool:
        """Whether the waiver holds for the finding on the day of the run. A hard stop cannot be waived."""
        if finding.hard_stop or as_of > self.expires.isoformat():
            return False
        if self.fingerprint and self.fingerprint != finding.fingerprint:
            return False
        return self.rule in (finding.rule, finding.name) and fnmatchcase(finding.path, self.path)


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file. Raises ``DispositionError`` that names the waiver and the key."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DispositionError(f"{path}: cannot be opened ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DispositionError(f"{path}: is not valid TOML ({error})") from None
    if unknown := set(data) - {"waiver"}:
        raise DispositionError(f"{path}: unknown key {sorted(unknown)[0]!r}; a waiver begins with [[waiver]]")
    entries = data.get("waiver", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise DispositionError(f"{path}: a waiver begins with [[waiver]], in two brackets")
    return tuple(_waiver(entry, number, path) for number, entry in enumerate(entries, start=1))


def _waiver(entry: dict[str, Any], number: int, path: Path) -> Waiver:
    for key in _REQUIRED:
        if not entry.get(key):
            raise DispositionError(f"{path}: waiver {number} has no {key!r}")
    if unknown := set(entry) - _KNOWN:
        raise DispositionError(f"{path}: waiver {number} has an unknown key {sorted(unknown)[0]!r}")
    if not isinstance(entry["expires"], date):
        raise DispositionError(f"{path}: waiver {number}: 'expires' must be a date such as 2025-12-31")
    for key in sorted(set(entry) - {"expires"}):
        if not isinstance(entry[key], str):
            raise DispositionError(f"{path}: waiver {number}: {key!r} must be a text")
    _refuse_unknown_rule(entry["rule"], number, path)
    return Waiver(**entry)


def _refuse_unknown_rule(rule: str, number: int, path: Path) -> None:
    """A waiver for a rule that does not exist would never hold, and nobody would notice."""
    names = codes().names
    if rule not in {*names, *names.values()}:
        meant = codes().meant(rule)
        hint = f"; did you mean {meant}?" if meant else ""
        raise DispositionError(f"{path}: waiver {number}: no rule is called {rule!r}{hint}")
