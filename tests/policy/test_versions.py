"""The date of service picks the version; the chart's words pick the payer."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from peerlint.policy.errors import RulesetError
from peerlint.policy.versions import for_date, payer_named, payers, versions

WELLCARE = "WellCare of North Carolina"


@pytest.mark.parametrize(
    ("payer", "day", "version"),
    [
        (WELLCARE, date(2023, 5, 1), "wellcare-nc-2023"),
        (WELLCARE, date(2024, 11, 30), "wellcare-nc-2023"),
        (WELLCARE, date(2024, 12, 1), "wellcare-nc-2025"),
        (WELLCARE, None, "wellcare-nc-2025"),
        ("Carolina Complete Health", date(2025, 3, 4), "cch-nc-2025"),
        ("Louisiana Healthcare Connections", date(2024, 10, 25), "la-lhcc-2024"),
    ],
)
def test_the_date_of_service_picks_the_version(payer: str, day: date | None, version: str) -> None:
    assert for_date(payer, day).id == version


@pytest.mark.parametrize("day", [date(2023, 4, 30), date(1999, 1, 1)])
def test_no_version_is_invented_for_a_day_before_the_first(day: date) -> None:
    with pytest.raises(RulesetError, match=f"no version of this payer's policy is in effect on {day}"):
        for_date(WELLCARE, day)


def test_undated_rulesets_are_chosen_by_name_only() -> None:
    assert {"general", "nc-8g", "nc-dma-legacy", "ok-450"}.isdisjoint(ruleset.id for ruleset in versions())


def test_no_two_versions_of_a_payer_bind_the_same_day() -> None:
    for payer in payers():
        mine = [ruleset.in_effect for ruleset in versions() if ruleset.payer == payer]
        for earlier, later in pairwise(mine):
            assert earlier.until and later.since and earlier.until < later.since


@pytest.mark.parametrize(
    ("words", "payer"),
    [
        ("WellCare", WELLCARE),
        ("wellcare of nc (Medicaid)", WELLCARE),
        ("NC Medicaid / WellCare of North Carolina", WELLCARE),
        ("Carolina Complete Health", "Carolina Complete Health"),
        ("CCH", "Carolina Complete Health"),
        ("Healthy Louisiana - LHCC", "Louisiana Healthcare Connections"),
        ("Louisiana Healthcare Connections", "Louisiana Healthcare Connections"),
        ("", ""),
        ("NC Medicaid Direct", ""),
        ("Healthy Blue", ""),
        ("WellCare until May, then Carolina Complete", ""),
        ("Beachcchair Fund", ""),
    ],
)
def test_a_payer_is_known_by_its_names(words: str, payer: str) -> None:
    assert payer_named(words) == payer
