"""SARIF 2.1.0, for tools that collect findings of many checkers.

Documents have no lines, so a finding is placed by its file and by a logical location (the label it stands under). Known
findings stay in the log, suppressed; what needs review is of kind "review".
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from peerlint.findings.model import Finding
from peerlint.findings.scores import RequirementScore
from peerlint.findings.tally import Tally
from peerlint.reports import Options
from peerlint.reports.wording import clause

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render(tally: Tally, options: Options) -> str:
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(tally)]}
    return json.dumps(log, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _run(tally: Tally) -> dict[str, Any]:
    rows = {row.requirement.code: row for row in tally.scorecard}
    index = {code: position for position, code in enumerate(rows)}
    return {
        "tool": {
            "driver": {
                "name": tally.identity.tool,
                "version": tally.identity.version,
                "rules": [_rule(row, tally) for row in rows.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"RECORDS": {"description": {"text": "The folder of records that was checked."}}},
        "results": [_result(f, index[f.rule]) for f in tally.report.findings],
        "properties": {
            "asOf": tally.identity.as_of,
            "documentsRead": tally.identity.read,
            "documentsNotRead": tally.identity.not_read,
            "redacted": tally.identity.redacted,
            "rulesets": [
                {"id": r.id, "policy": r.policy, "sha256": r.sha256, "status": r.status}
                for r in tally.identity.rulesets
            ],
        },
    }


def _rule(row: RequirementScore, tally: Tally) -> dict[str, Any]:
    found = row.requirement
    remedy = next((f.remedy for f in tally.report.findings if f.rule == found.code), "")
    cited = "; ".join(
        _cited(other) for other in tally.scorecard if other.requirement.code == found.code
    )  # one rule may be asked for by several policies
    rule: dict[str, Any] = {
        "id": found.code,
        "shortDescription": {"text": found.asks or found.name or found.code},
        "help": {"text": " ".join(part for part in (f"Clause: {cited}.", remedy) if part)},
        "defaultConfiguration": {"level": _LEVELS.get(found.severity, "warning")},
        "properties": {"hardStop": found.hard_stop, "citation": found.status},
    }
    return rule | ({"name": found.name} if found.name else {})


def _cited(row: RequirementScore) -> str:
    found = row.requirement
    return f"{found.policy} {found.clause} ({found.ruleset})"


def _result(f: Finding, rule_index: int) -> dict[str, Any]:
    review = f.verdict == "needs_review"
    result: dict[str, Any] = {
        "ruleId": f.rule,
        "ruleIndex": rule_index,
        "kind": "review" if review else "fail",
        "level": "none" if review else _LEVELS.get(f.severity, "warning"),
        "message": {"text": f.message or f.name},
        "locations": [_location(f)],
        "partialFingerprints": {"peerlint/v1": f.fingerprint},
        "properties": {
            "severity": f.severity,
            "clause": clause(f.citation),
            "remedy": f.remedy,
            "disposition": f.disposition,
            "date": f.date,
            "member": f.member,
            "page": f.location.page,
            "hardStop": f.hard_stop,
        },
    }
    if f.disposition != "open":
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": f.disposition}]
    return result


def _location(f: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": quote(f.path), "uriBaseId": "RECORDS"}}
    }
    if f.location.label:
        location["logicalLocations"] = [{"name": f.location.label, "kind": "element"}]
    return location
