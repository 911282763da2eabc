"""Bad input through the command line: one clear line, the right exit code, no traceback, nothing lost."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"
sys.path.append(str(FIXTURES))

import make_hostile  # noqa: E402

from peerlint.cli.app import main  # noqa: E402

DEMO = FIXTURES / "demo"
CHART = DEMO / "harlan-june"
NOTE = CHART / "2025-02-11 note.docx"
PRINT = DEMO / "reck-tobias" / "01-16-2025.pdf"
JUDGED = ("--ruleset", "wellcare-nc-2025", "--as-of", "2025-07-31")
SWIFTLY = (*JUDGED, "--select", "D101")
NO_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(500)

BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.docx": (lambda: b"", "the file is empty"),
    "empty.pdf": (lambda: b"", "the file is empty"),
    "cut.docx": (lambda: NOTE.read_bytes()[:5_000], "the Word file is damaged or cut short"),
    "cut.pdf": (lambda: PRINT.read_bytes()[:1_000], "the PDF is damaged or cut short"),
    "locked.docx": (
        lambda: make_hostile.ole("EncryptionInfo", "EncryptedPackage"),
        "the file is protected with a password",
    ),
    "locked.pdf": (make_hostile.locked_pdf, "the file is protected with a password"),
    "broken.doc": (lambda: make_hostile.ole("WordDocument"), "the file is an old Word file (.doc)"),
    "picture.pdf": (lambda: NO_PICTURE, "the file is a picture, not a document"),
    "mail.docx": (lambda: b"Dear all, see you at nine.", "the file is neither DOCX nor PDF"),
}
"""Files that cannot be read, with the reason the report gives."""

MISNAMED: dict[str, Callable[[], bytes]] = {"print.docx": PRINT.read_bytes, "word.pdf": NOTE.read_bytes}
"""Sound files under another kind's name."""


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()


def peerlint(*arguments: object, folder: Path, before: Callable[[], None] | None = None) -> Ended:
    done = subprocess.run(
        [sys.executable, "-m", "peerlint", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        preexec_fn=before,
        env={**os.environ, "PYTHONPATH": str(FIXTURES.parent), "NO_COLOR": "1"},
        check=False,
        encoding="utf-8",
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound chart, with a folder of bad files beside it."""
    root = tmp_path_factory.mktemp("agency")
    shutil.copytree(CHART, root / CHART.name)
    bad = root / "bad"
    bad.mkdir()
    for name, build in {**{name: build for name, (build, _) in BAD.items()}, **MISNAMED}.items():
        (bad / name).write_bytes(build())
    (bad / "gone.docx").symlink_to(root / "nowhere.docx")
    if hasattr(os, "mkfifo"):
        os.mkfifo(bad / "pipe.pdf")
    return root


@pytest.fixture(scope="module")
def run(agency: Path) -> tuple[Ended, dict[str, Any]]:
    ended = peerlint("check", agency, *JUDGED, "--format", "json", folder=agency)
    return ended, json.loads(ended.out)


@pytest.fixture(scope="module")
def documents(run: tuple[Ended, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {document["path"]: document for document in run[1]["documents"]}


def test_bad_files_do_not_end_the_run(run: tuple[Ended, dict[str, Any]]) -> None:
    assert run[0].code == 1
    assert run[0].err == ""


def test_every_file_is_in_the_report(agency: Path, documents: dict[str, dict[str, Any]]) -> None:
    files = {path.relative_to(agency).as_posix() for path in agency.rglob("*") if not path.is_dir()}
    assert set(documents) == files


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_not_evaluated_with_its_reason(documents: dict[str, dict[str, Any]], name: str) -> None:
    document = documents[f"bad/{name}"]
    assert (document["status"], document["reason"]) == ("not_evaluated", BAD[name][1])


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_finding_and_its_rules_are_unjudged(run: tuple[Ended, dict[str, Any]], name: str) -> None:
    findings = [f for f in run[1]["findings"] if f["path"] == f"bad/{name}"]
    assert [f["rule"] for f in findings] == ["D101"]
    assert findings[0]["remedy"]


@pytest.mark.parametrize("name", ["gone.docx", "pipe.pdf"])
def test_what_is_no_file_is_never_waited_for(documents: dict[str, dict[str, Any]], name: str) -> None:
    document = documents.get(f"bad/{name}", documents["bad/gone.docx"])
    assert (document["status"], document["reason"], document["sha256"]) == (
        "not_evaluated",
        "the file cannot be opened",
        "",
    )


@pytest.mark.parametrize("name", MISNAMED)
def test_a_file_is_read_by_what_it_is(documents: dict[str, dict[str, Any]], name: str) -> None:
    (record,) = documents[f"bad/{name}"]["records"]
    assert (documents[f"bad/{name}"]["status"], record["kind"]) == ("read", "note")


def test_the_sound_chart_is_judged_as_if_it_were_alone(agency: Path, run: tuple[Ended, dict[str, Any]]) -> None:
    alone = json.loads(peerlint("check", agency / CHART.name, *JUDGED, "--format", "json", folder=agency).out)
    copied = {NOTE.name}  # a copy of it lies among the bad files

    def judged(report: dict[str, Any]) -> set[tuple[str, str, str]]:
        paths = ((f["rule"], f["path"].rpartition("/")[2], f["message"]) for f in report["findings"])
        return {finding for finding in paths if (CHART / finding[1]).exists() and finding[1] not in copied}

    assert judged(alone)
    assert judged(run[1]) >= judged(alone)


def without_the_right_to_read_all() -> None:
    """Lets folder permissions bind even the superuser, whom Linux otherwise lets read everything."""
    if sys.platform == "linux" and os.geteuid() == 0:
        library = ctypes.CDLL(None)
        for dac_override, dac_read_search in [(1, 2)]:
            library.prctl(24, dac_override)  # 24: drop from the bounding set
            library.prctl(24, dac_read_search)


@pytest.fixture
def closed_folder(tmp_path: Path) -> Any:
    """An agency with a folder in it that nobody may open."""
    shutil.copytree(CHART, tmp_path / "agency" / CHART.name)
    closed = tmp_path / "agency" / "closed"
    shutil.copytree(CHART, closed)
    closed.chmod(0)
    yield closed
    closed.chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have other permissions there")
class TestClosedFolder:
    def test_is_told_on_one_line_and_the_rest_is_judged(self, closed_folder: Path, tmp_path: Path) -> None:
        ended = peerlint(
            "check",
            tmp_path / "agency",
            *SWIFTLY,
            "--format",
            "json",
            folder=tmp_path,
            before=without_the_right_to_read_all,
        )
        assert ended.lines == [
            f"peerlint: {closed_folder}: the folder cannot be opened; its documents are not in this report"
        ]
        documents = {d["path"]: d for d in json.loads(ended.out)["documents"]}
        assert len(documents) == len(list(CHART.iterdir())) + 1
        assert documents[closed_folder.relative_to(tmp_path / "agency").as_posix()]["status"] == "not_evaluated"

    def test_alone_is_nothing_to_run_on(self, closed_folder: Path, tmp_path: Path) -> None:
        ended = peerlint("check", closed_folder, folder=tmp_path, before=without_the_right_to_read_all)
        assert ended.code == 2
        assert len(ended.lines) == 1
        assert str(closed_folder) in ended.err

    def test_closed_file_is_a_finding(self, tmp_path: Path) -> None:
        shutil.copytree(CHART, tmp_path / "agency")
        (tmp_path / "agency" / NOTE.name).chmod(0)
        ended = peerlint(
            "check", "agency", *SWIFTLY, "--format", "json", folder=tmp_path, before=without_the_right_to_read_all
        )
        (document,) = (d for d in json.loads(ended.out)["documents"] if d["status"] == "not_evaluated")
        assert (document["path"], document["reason"]) == (NOTE.name, "the file cannot be opened")


RULESET = "id: mine\ntitle: Mine\npolicy: P\npayer: Q\njurisdiction: North Carolina\nextends: [general]\n"
WAIVER = '[[waiver]]\nrule = "N122"\nreason = "Flood"\nowner = "QA"\nexpires = 2025-12-31\n'

STOPPED: list[tuple[str, dict[str, str], tuple[str, ...], tuple[str, ...]]] = [
    ("no documents", {"none/list.txt": "x"}, ("check", "none"), ("none", "no .docx or .pdf document")),
    ("missing path", {}, ("check", "nowhere"), ("nowhere", "no such file or folder")),
    ("one path missing", {"a.docx": ""}, ("check", "a.docx", "nowhere.docx"), ("nowhere.docx", "no such file")),
    ("ruleset", {}, ("check", "{chart}", "--ruleset", "wellcare-nc-2052"), ("did you mean wellcare-nc-2025?",)),
    ("ruleset file", {}, ("check", "{chart}", "--ruleset", "gone.yaml"), ("gone.yaml", "No such file")),
    (
        "key in a ruleset",
        {"mine.yaml": RULESET + "requirementz: {}\n"},
        ("check", "{chart}", "--ruleset", "mine.yaml"),
        ("mine.yaml:7: requirementz:", "did you mean requirements?"),
    ),
    (
        "rule in a ruleset",
        {"mine.yaml": RULESET + "requirements:\n  N1O1: {severity: error}\n"},
        ("check", "{chart}", "--ruleset", "mine.yaml"),
        ("mine.yaml:8: requirements.N1O1:", "N101"),
    ),
    (
        "severity in a ruleset",
        {"mine.yaml": RULESET + "requirements:\n  N101: {severity: grave}\n"},
        ("check", "{chart}", "--ruleset", "mine.yaml"),
        ("mine.yaml:8: requirements.N101.severity:",),
    ),
    (
        "YAML of a ruleset",
        {"mine.yaml": "id: mine\n  title: [x\n"},
        ("check", "{chart}", "--ruleset", "mine.yaml"),
        ("mine.yaml:2:",),
    ),
    ("empty ruleset", {"mine.yaml": ""}, ("check", "{chart}", "--ruleset", "mine.yaml"), ("mine.yaml",)),
    ("ruleset to show", {}, ("rulesets", "show", "wellcare-nc-205"), ("did you mean wellcare-nc-2025?",)),
    (
        "key in a configuration",
        {"c.toml": 'rulset = "x"\n'},
        ("check", "{chart}", "--config", "c.toml"),
        ("c.toml: unknown key 'rulset'; did you mean 'ruleset'?",),
    ),
    (
        "TOML of a configuration",
        {"c.toml": "jobs = \n"},
        ("check", "{chart}", "--config", "c.toml"),
        ("c.toml", "line 1"),
    ),
    (
        "value in a configuration",
        {"c.toml": 'fail_on = "eror"\n'},
        ("check", "{chart}", "--config", "c.toml"),
        ("c.toml: fail_on: must be one of error", "did you mean 'error'?"),
    ),
    ("number below 0", {"c.toml": "jobs = -1\n"}, ("check", "{chart}", "--config", "c.toml"), ("c.toml: jobs:",)),
    ("number as text", {"c.toml": 'jobs = "two"\n'}, ("check", "{chart}", "--config", "c.toml"), ("c.toml: jobs:",)),
    (
        "project file with no table",
        {"pyproject.toml": "[tool]\npeerlint = 3\n"},
        ("check", "{chart}", "--config", "pyproject.toml"),
        ("pyproject.toml: tool.peerlint: must be a table",),
    ),
    ("missing configuration", {}, ("check", "{chart}", "--config", "gone.toml"), ("gone.toml: cannot be opened",)),
    ("waivers missing", {}, ("check", "{chart}", "--waivers", "gone.toml"), ("gone.toml: cannot be opened",)),
    ("waivers no list", {"w.toml": "waiver = 3\n"}, ("check", "{chart}", "--waivers", "w.toml"), ("w.toml: a waiver",)),
    (
        "waiver without owner",
        {"w.toml": WAIVER.replace('owner = "QA"\n', "")},
        ("check", "{chart}", "--waivers", "w.toml"),
        ("w.toml: waiver 1 has no 'owner'",),
    ),
    (
        "waiver without a date",
        {"w.toml": WAIVER.replace("2025-12-31", '"soon"')},
        ("check", "{chart}", "--waivers", "w.toml"),
        ("w.toml: waiver 1: 'expires' must be a date",),
    ),
    (
        "waiver of no rule",
        {"w.toml": WAIVER.replace("N122", "N1Z2")},
        ("check", "{chart}", "--waivers", "w.toml"),
        ("w.toml: waiver 1: no rule is called 'N1Z2'",),
    ),
    (
        "waiver of a number",
        {"w.toml": WAIVER.replace('"N122"', "122")},
        ("check", "{chart}", "--waivers", "w.toml"),
        ("w.toml: waiver 1: 'rule' must be a text",),
    ),
    ("TOML of waivers", {"w.toml": "[[waiver\n"}, ("check", "{chart}", "--waivers", "w.toml"), ("w.toml", "line 1")),
    ("baseline", {"b.json": "{}"}, ("check", "{chart}", "--baseline", "b.json"), ("b.json: is no peerlint baseline",)),
    ("format", {}, ("check", "{chart}", "--format", "jsn"), ("'jsn'", "json")),
    ("format to a file", {}, ("check", "{chart}", "-o", "jsn:x"), ("'jsn'", "json")),
    ("output without a file", {}, ("check", "{chart}", "-o", "xlsx"), ("write xlsx:FILE",)),
    ("output in no folder", {}, ("check", "{chart}", "-o", "json:gone/x.json"), ("gone: no such folder",)),
    ("output to a folder", {"here/x": ""}, ("check", "{chart}", "-o", "json:here"), ("here is a folder",)),
    ("rule selected", {}, ("check", "{chart}", "--select", "note-efectiveness"), ("did you mean note-effectiveness?",)),
    ("rule ignored", {}, ("check", "{chart}", "--ignore", "Z999"), ("no rule is called 'Z999'",)),
    ("rule explained", {}, ("explain", "note-efectiveness"), ("did you mean note-effectiveness?",)),
    ("day", {}, ("check", "{chart}", "--as-of", "yesterday"), ("--as-of", "'yesterday'", "peerlint check --help")),
    ("option", {}, ("check", "{chart}", "--rulset", "x"), ("--rulset", "--ruleset")),
    ("command", {}, ("chekc",), ("'chekc'", "peerlint --help")),
    ("argument", {}, ("explain",), ("code", "peerlint explain --help")),
    ("file to extract", {}, ("extract", "gone.docx"), ("gone.docx: no such file",)),
    ("empty file to extract", {"e.docx": ""}, ("extract", "e.docx"), ("e.docx: the file is empty; ask for",)),
    ("saved report", {"r.json": "[]"}, ("report", "r.json"), ("r.json: not a report",)),
    ("missing saved report", {}, ("report", "gone.json"), ("gone.json: No such file",)),
]


@pytest.mark.parametrize(
    ("files", "command", "said"), [case[1:] for case in STOPPED], ids=[case[0] for case in STOPPED]
)
def test_what_cannot_run_says_so_on_one_line(
    files: dict[str, str],
    command: tuple[str, ...],
    said: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["peerlint", *(word.format(chart=CHART) for word in command)])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capsys.readouterr()
    assert (ended.value.code, out, err.count("\n")) == (2, "", 1), err
    assert err.startswith("peerlint: ")
    assert [part for part in said if part not in err] == [], err
    assert {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()} == set(files)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a device that is always full")
def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    ended = peerlint("check", CHART, *SWIFTLY, "--format", "concise", "-o", "json:/dev/full", folder=tmp_path)
    assert (ended.code, ended.lines) == (2, ["peerlint: cannot write the report to /dev/full: No space left on device"])
    assert Path("/dev/full").is_char_device()


@pytest.mark.skipif(sys.platform == "win32", reason="folders have other permissions there")
def test_a_folder_closed_to_writing_is_told_and_holds_nothing_half_written(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    ended = peerlint(
        "check", CHART, *SWIFTLY, "-o", "json:closed/r.json", folder=tmp_path, before=without_the_right_to_read_all
    )
    assert ended.code == 2
    assert ended.lines == ["peerlint: cannot write the report to closed/r.json: Permission denied"]
    assert list(closed.iterdir()) == []


def test_a_reader_that_stops_listening_gets_no_traceback(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "peerlint", "check", str(CHART), *SWIFTLY, "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(FIXTURES.parent)},
        cwd=tmp_path,
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
