"""One self-contained web page: opens from a shared drive, asks the network for nothing, prints as clean paper.

A Content-Security-Policy in the page allows the page's own style and script by their hashes, and nothing else.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from peerlint.findings.model import Finding
from peerlint.findings.scores import Score
from peerlint.findings.tally import Tally
from peerlint.findings.work import PROMISE
from peerlint.reports import Options
from peerlint.reports.timeline import drawn
from peerlint.reports.wording import (
    AT_RISK,
    HOW_COUNTED,
    KIND_WORDS,
    clause,
    count,
    day,
    number,
    percent,
    place,
    points,
    spoken,
)

_TEMPLATES = Path(__file__).parent / "templates"
_LETTERS = {"met": "M", "not_met": "X", "needs_review": "Q", "not_evaluated": "O", "not_applicable": "N", "": " "}
_UNSAFE_IN_SCRIPT = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def render(tally: Tally, options: Options) -> str:
    style = _template("report.css").replace("FOOTER", _css_text(tally.identity.line))
    script = _template("report.js")
    page = _environment().get_template("report.html.j2")
    return page.render(
        tally=tally,
        report=tally.report,
        who=tally.identity,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=Markup(_data(tally)),
        how_counted=HOW_COUNTED,
        at_risk=AT_RISK,
        promise=PROMISE,
        many_rulesets=len({row.requirement.ruleset for row in tally.scorecard}) > 1,
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clause": clause,
        "count": count,
        "day": day,
        "drawn": drawn,
        "heat": _heat,
        "kind": lambda kind: KIND_WORDS.get(kind, kind),
        "number": number,
        "percent": percent,
        "place": place,
        "points": points,
        "spoken": spoken,
    }
    return environment


def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> Markup:
    return Markup(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'")


def _css_text(text: str) -> str:
    """``text`` as a CSS string: whatever is no plain letter, digit or mark is written by its number."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " .,;:()|-_") else f"\\{ord(c):x} " for c in text)
    return f'"{plain}"'


def _heat(score: Score, threshold: float) -> str:
    """The class of a cell of the heat map: five steps around the threshold, none where nothing was judged."""
    if score.percent is None:
        return ""
    steps = (threshold / 2, threshold, (threshold + 100) / 2, 100)
    return f"heat{sum(score.percent >= step for step in steps)}"


def _data(tally: Tally) -> str:
    """What the page's script draws lists from, as JSON that cannot end its own script element."""
    rules = list(_rules(tally))
    index = {_rule_key(f): i for i, f in enumerate(_first_of_each(tally))}
    charts = {page.key: i for i, page in enumerate(tally.chart_pages, start=1)}
    data = {
        "rules": rules,
        "findings": [_finding(f, index[_rule_key(f)], charts.get(f.chart, 1)) for f in tally.report.findings],
        "events": list(_events(tally)),
    }
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.translate(_UNSAFE_IN_SCRIPT)


def _rule_key(finding: Finding) -> tuple[str, ...]:
    return (finding.rule, clause(finding.citation), finding.remedy)


def _first_of_each(tally: Tally) -> list[Finding]:
    return list({_rule_key(f): f for f in tally.report.findings}.values())


def _rules(tally: Tally) -> Iterator[dict[str, str]]:
    for f in _first_of_each(tally):
        yield {"code": f.rule, "name": f.name, "clause": clause(f.citation), "remedy": f.remedy}


def _finding(f: Finding, rule: int, chart: int) -> dict[str, Any]:
    return {
        "of": rule,
        "chart": chart,
        "verdict": f.verdict,
        "severity": f.severity,
        "disposition": f.disposition,
        "stop": f.hard_stop and f.verdict == "not_met",
        "message": f.message,
        "spoken": spoken(f),
        "where": place(f.location),
        "member": f.member,
        "specialist": f.specialist,
        "day": day(f.date),
        "path": f.path,
    }


def _events(tally: Tally) -> Iterator[dict[str, str]]:
    for event in tally.events.rows:
        yield {
            "member": event.record.member,
            "day": day(event.record.date),
            "specialist": event.record.specialist,
            "units": number(event.record.units),
            "contact": event.record.contact,
            "risk": "hard stop" if event.stopped else "at risk" if event.at_risk else "",
            "cells": "".join(_LETTERS[cell] for cell in event.cells),
        }
