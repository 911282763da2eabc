"""Make the pictures of the README: the web report and the console report of the demo agency.

Usage: python scripts/pictures.py [CHROMIUM]

Needs Chromium or Chrome on this machine; it is told to ask the network for nothing.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from peerlint.findings.model import Report
from peerlint.findings.tally import Tally
from peerlint.reports import write
from peerlint.reports.console import show
from peerlint.run import Request, check
from peerlint.shelf import demo_folder

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
RULESET = "wellcare-nc-2025"
AS_OF = date(2025, 7, 31)
VIEWS = {"html": ("overview", 1280, 1180), "html-chart": ("chart-1", 1280, 1100), "html-matrix": ("events", 1280, 900)}
COLUMNS, FIRST_LINES = 96, 22


def main() -> None:
    browser = sys.argv[1] if len(sys.argv) > 1 else shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        sys.exit("pictures: no Chromium found; give its path")
    PICTURES.mkdir(exist_ok=True)
    report = check(Request(paths=(demo_folder(),), rulesets=(RULESET,), as_of=AS_OF))
    with tempfile.TemporaryDirectory() as folder:
        page, terminal = Path(folder) / "report.html", Path(folder) / "console.svg"
        write(report, "html", page)
        for name, (view, width, height) in VIEWS.items():
            photograph(browser, f"{page.as_uri()}#{view}", PICTURES / f"{name}.png", width, height)
        drawing = console(report)
        terminal.write_text(drawing, encoding="utf-8")
        photograph(browser, terminal.as_uri(), PICTURES / "console.png", *size(drawing))


def photograph(browser: str, page: str, picture: Path, width: int, height: int) -> None:
    with tempfile.TemporaryDirectory() as profile:
        quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        shot = [f"--window-size={width},{height}", f"--screenshot={picture}", "--virtual-time-budget=3000"]
        place = [f"--user-data-dir={profile}", "--hide-scrollbars", page]
        subprocess.run([browser, *quiet, *shot, *place], check=True, capture_output=True, timeout=120)


def console(report: Report) -> str:
    """The first findings and the summary as a drawing of a terminal, with the fonts of this machine."""
    paper = io.StringIO()
    show(Tally(report), Console(file=paper, width=COLUMNS, force_terminal=True, color_system="truecolor"))
    lines = paper.getvalue().splitlines()
    summary = next(i for i, line in enumerate(lines) if "Summary" in line)
    recorder = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for line in [*lines[1:FIRST_LINES], "", "  ⋮", "", *lines[summary:]]:
        recorder.print(Text.from_ansi(line))
    drawing = recorder.export_svg(title="peerlint demo")
    return re.sub(r"@font-face \{.*?\}", "", drawing, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")


def size(drawing: str) -> tuple[int, int]:
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    assert found
    return round(float(found.group(1))), round(float(found.group(2)))


if __name__ == "__main__":
    main()
