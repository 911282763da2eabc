"""The web page in a browser: filters, views and lazy lists work, nothing is reported on the console, print is clean."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from agency import earlier_report, large_report, sample_report
from browser import BROWSER

from peerlint.reports import Options, write


def browse(page: str, profile: Path, *what: str) -> subprocess.CompletedProcess[str]:
    command = [
        BROWSER,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
    ]
    command += ["--enable-logging=stderr", f"--user-data-dir={profile}", "--virtual-time-budget=4000", *what, page]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("page") / "report.html"
    write(sample_report(), "html", file, Options(against=(earlier_report(),)))
    return file.as_uri()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def listed(dom: str) -> int:
    found = re.search(r'<ol id="list"[^>]*>(.*?)</ol>', dom, re.DOTALL)
    assert found
    return found.group(1).count('class="finding')


def shown(dom: str) -> list[str]:
    return re.findall(r'<section id="([^"]+)" class="[^"]*\bshown\b', dom)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 11),
        ("member=Desmond Pruitt&severity=warning", 2),
        ("specialist=Tamika Osei, CPSS&verdict=not_met&disposition=open&text=dentist", 1),
        ("stop=yes&text=nowhere", 0),
    ],
)
def test_filters(page: str, profile: Path, query: str, count: int) -> None:
    ran = browse(f"{page}#findings?{query.replace(' ', '%20')}", profile, "--dump-dom")
    assert shown(ran.stdout) == ["findings"]
    assert listed(ran.stdout) == count
    assert "CONSOLE" not in ran.stderr


@pytest.mark.parametrize("view", ["overview", "chart-2", "comparison"])
def test_one_view_at_a_time_and_a_quiet_console(page: str, profile: Path, view: str) -> None:
    ran = browse(f"{page}#{view}", profile, "--dump-dom")
    assert shown(ran.stdout) == [view]
    assert "CONSOLE" not in ran.stderr


def test_the_event_matrix_has_a_row_per_contact(page: str, profile: Path) -> None:
    dom = browse(f"{page}#events", profile, "--dump-dom").stdout
    body = re.search(r'id="matrix">.*?<tbody>(.*?)</tbody>', dom, re.DOTALL)
    assert body
    assert body.group(1).count("<tr>") == 10
    assert 'aria-label="not met">✗' in body.group(1)


def test_the_browser_would_tell_of_a_request_that_leaves_the_file(page: str, profile: Path, tmp_path: Path) -> None:
    source = Path(page.removeprefix("file://")).read_text(encoding="utf-8")
    leaky = tmp_path / "leaky.html"
    leaky.write_text(source.replace("<main", '<img src="https://example.invalid/x.png"><main'), encoding="utf-8")
    assert "Content Security Policy" in browse(leaky.as_uri(), profile, "--dump-dom").stderr


def test_thousands_of_findings_are_drawn_as_they_are_needed(profile: Path, tmp_path: Path) -> None:
    file = tmp_path / "large.html"
    write(large_report(5000), "html", file)
    dom = browse(f"{file.as_uri()}#findings?", profile, "--dump-dom").stdout
    assert "5000 findings" in dom
    assert 0 < listed(dom) <= 300


def test_print_is_the_whole_report_with_the_run_s_identity_on_every_page(
    page: str, profile: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "report.pdf"
    browse(page, profile, "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    with pypdfium2.PdfDocument(paper) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    assert all("example-payer-2025 (EX.PS.100, in force, sha256 c0ffeec0ffee)" in text for text in texts)
    whole = "\n".join(texts)
    for heading in ("Overview", "Desmond Pruitt", "Requirements", "Event matrix", "Worklists", "Plan of correction"):
        assert heading in whole
    assert "Print this page" not in whole
    assert "Search" not in whole
