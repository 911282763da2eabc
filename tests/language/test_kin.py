"""Relatives who are called by their name."""

from __future__ import annotations

import pytest

from peerlint.language.kin import named_kin


@pytest.mark.parametrize(
    ("text", "kin"),
    [
        ("Her sister Keisha came by.", {"keisha": "sister"}),
        ("Dre, his older cousin, was there.", {"dre": "cousin"}),
        ("She brought her children, Bao and Linh.", {"bao": "children", "linh": "children"}),
        ("I want to be Amaya's dad again.", {"amaya": "child"}),
        ("She told her sister. He cried.", {}),
        ("Ms. Ortiz met her mother My Way.", {}),
    ],
)
def test_a_name_given_to_a_relative_is_known(text: str, kin: dict[str, str]) -> None:
    assert named_kin(text) == kin
