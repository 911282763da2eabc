"""The web page as text: what its policy allows, what it escapes, and that its colours can be read."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from agency import earlier_report, sample_report

import peerlint.reports
from peerlint.reports import Options, render

PAGE = str(render(sample_report(), "html", Options(against=(earlier_report(),))))
STYLE = (Path(peerlint.reports.__file__).parent / "templates" / "report.css").read_text(encoding="utf-8")


def inside(tag: str) -> str:
    found = re.search(rf"<{tag}>(.*?)</{tag}>", PAGE, re.DOTALL)
    assert found
    return found.group(1)


def test_the_policy_allows_the_page_s_own_style_and_script_alone() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', PAGE)
    assert policy
    hashes = {tag: b64encode(sha256(inside(tag).encode()).digest()).decode() for tag in ("style", "script")}
    assert policy.group(1).split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{hashes['style']}'",
        f"script-src 'sha256-{hashes['script']}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_nothing_is_loaded_from_anywhere() -> None:
    assert not re.search(r"""(?:src|href|action)\s*=\s*["'](?!\#)""", PAGE)
    assert "url(" not in inside("style")
    assert "@import" not in inside("style")


def test_no_inline_style_or_handler() -> None:
    tags = re.findall(r"<[a-z][^>]*>", PAGE)
    assert not [tag for tag in tags if re.search(r"\s(?:style|on[a-z]+)\s*=", tag)]


def test_words_of_a_record_stay_words() -> None:
    assert "<b>100%</b>" not in PAGE
    assert "&lt;/script&gt;&lt;b&gt;100%&lt;/b&gt;" in PAGE
    assert PAGE.count("</script>") == 2


def test_the_script_s_data_reads_back() -> None:
    found = re.search(r'id="data">(.*?)</script>', PAGE, re.DOTALL)
    assert found
    data = json.loads(found.group(1))
    assert len(data["findings"]) == len(sample_report().findings)
    assert "".join(word for word, _ in data["findings"][3]["spoken"]) == sample_report().findings[3].evidence
    assert len(data["events"]) == 10


def test_every_view_of_the_navigation_is_there() -> None:
    targets = set(re.findall(r'<a href="#([a-z0-9-]+)', PAGE))
    ids = set(re.findall(r'id="([^"]+)"', PAGE))
    assert targets - ids == set()


def test_every_field_has_a_name() -> None:
    fields = re.findall(r"<(?:input|textarea|select)[^>]*>", PAGE)
    wrapped = ("checkbox", "search", "<select")
    assert fields
    assert not [field for field in fields if "aria-label" not in field and not any(w in field for w in wrapped)]


def test_the_identity_is_in_the_page_and_at_the_foot_of_each_printed_page() -> None:
    foot = re.search(r"@bottom-left \{ content: \"([^\"]+)\"", PAGE)
    assert foot
    assert "peerlint 0.1.0 | example-payer-2025 (EX.PS.100, in force, sha256 c0ffeec0ffee)" in foot.group(1)
    assert "13 documents read, 1 not read" in foot.group(1)
    assert "EX.PS.100, in force" in html.unescape(PAGE)


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root(\[data-theme=\"dark\"\])? \{(.*?)\}", STYLE, re.DOTALL)
    return {
        "dark" if dark else "light": dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body)) for dark, body in blocks
    }


ON = {
    "ink": ("ground", "surface", "sunk", "mark", "heat0", "heat1", "heat2", "heat3", "heat4"),
    "soft": ("ground", "surface", "sunk", "tint-known"),
    "accent": ("ground", "surface"),
    "met": ("surface",),
    "not_met": ("surface", "ground", "tint-not_met"),
    "needs_review": ("surface", "ground", "tint-needs_review"),
    "warning": ("tint-needs_review",),
    "info": ("surface", "tint-known"),
    "surface": ("not_met",),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), [(ink, paper) for ink, papers in ON.items() for paper in papers])
def test_words_can_be_read(theme: str, ink: str, paper: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[ink], colours[paper]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("fill", ["met-fill", "not_met-fill"])
def test_bars_can_be_told_from_the_paper(theme: str, fill: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[fill], colours["surface"]) >= 3
