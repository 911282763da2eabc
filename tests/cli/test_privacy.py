"""Nothing leaves the machine, nothing of a record leaks into messages, and originals stay as they are."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from peerlint.cli.app import main
from peerlint.findings.model import Report
from peerlint.findings.save import dump
from peerlint.rules import REGISTRY
from peerlint.run import Request, check

FIXTURES = Path(__file__).parents[2] / "fixtures"
CHART = FIXTURES / "demo" / "harlan-june"
SECRET = "Junebug Harlan drinks at the Blue Door"

NO_NETWORK = """
import os, socket, sys

def refuse(event, arguments):
    asked = event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
    if asked and getattr(arguments[0], "family", None) != getattr(socket, "AF_UNIX", -1):
        with open(os.environ["CALLS"], "a") as calls:
            calls.write(event)
        raise OSError("no network")

sys.addaudithook(refuse)
"""


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(FIXTURES.parent), "NO_COLOR": "1", **more}


def test_the_demo_runs_without_a_network_and_never_asks_for_one(tmp_path: Path) -> None:
    """``sitecustomize`` is loaded by every interpreter, so that the reading children are watched too."""
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK)
    calls = tmp_path / "calls"
    guarded = environment(CALLS=str(calls), PYTHONPATH=os.pathsep.join((str(tmp_path), str(FIXTURES.parent))))
    done = subprocess.run(
        [sys.executable, "-m", "peerlint", "demo", "--format", "json"],
        env=guarded,
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["findings"]
    assert not calls.exists(), calls.read_text()


def test_the_guard_against_the_network_guards(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK)
    calls = tmp_path / "calls"
    call = "import socket; socket.create_connection(('127.0.0.1', 9))"
    guarded = environment(CALLS=str(calls), PYTHONPATH=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", call], env=guarded, capture_output=True, check=False)
    assert done.returncode == 1
    assert calls.read_text()


def test_originals_stay_as_they_are(tmp_path: Path) -> None:
    shutil.copytree(CHART, tmp_path / "chart")
    before = state(tmp_path)
    run_on(tmp_path / "chart")
    assert state(tmp_path) == before


def state(folder: Path) -> dict[Path, tuple[str, int, int]]:
    """Every file's bytes, times and rights."""
    return {
        path: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns, path.stat().st_mode)
        for path in folder.rglob("*")
        if path.is_file()
    }


def run_on(folder: Path) -> Report:
    return check(Request((folder,), ("wellcare-nc-2025",), date(2025, 7, 31), wanted=("N101", "D")))


def test_a_rule_that_fails_tells_no_word_of_the_record(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> Iterator[object]:
        raise ValueError(SECRET)
        yield

    monkeypatch.setitem(REGISTRY, "N101", replace(REGISTRY["N101"], check=fail))
    report = run_on(CHART)
    failed = [outcome for outcome in report.outcomes if outcome.rule == "N101"]
    assert {outcome.verdict for outcome in failed} == {"not_evaluated"}
    assert {document.status for document in report.documents} == {"read"}
    assert SECRET not in "".join((dump(report), *capfd.readouterr()))


def test_a_fault_of_the_program_is_one_line_without_a_word_of_the_record(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr("peerlint.records.gather.gather", fail)
    monkeypatch.setattr(sys, "argv", ["peerlint", "check", str(CHART), "--ruleset", "wellcare-nc-2025"])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capfd.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert err.startswith("peerlint: stopped by a fault of its own (KeyError in test_privacy.py, line ")
    assert err.count("\n") == 1
    assert SECRET not in err


@pytest.mark.skipif(sys.platform == "win32", reason="has no signals to send")
@pytest.mark.parametrize("seconds", [0.0, 0.7, 1.5])
def test_an_interrupt_ends_the_run_and_its_children(tmp_path: Path, seconds: float) -> None:
    for number in range(12):
        shutil.copytree(CHART, tmp_path / str(number))
    (tmp_path / "list.txt").write_text("left out, which is said when the reading begins")
    with subprocess.Popen(
        [sys.executable, "-m", "peerlint", "check", str(tmp_path), "--ruleset", "wellcare-nc-2025", "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(PEERLINT_TEST=str(tmp_path)),
        text=True,
    ) as process:
        assert process.stderr and process.stdout
        assert process.stderr.readline().startswith("peerlint: left out")
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "peerlint: interrupted\n")
    deadline = time.monotonic() + 10
    while marked(str(tmp_path)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert marked(str(tmp_path)) == []


def marked(mark: str) -> list[str]:
    """The processes that run with this mark in their environment, where the system shows them."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"PEERLINT_TEST={mark}".encode() in entry.read_bytes():
                found.append(entry.parent.name)
        except OSError:
            continue
    return found
