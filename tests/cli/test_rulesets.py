"""``peerlint rulesets``: what each command says, where, and with which exit code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from peerlint.cli.app import app
from peerlint.policy.load import shipped

GUIDE = Path(__file__).parents[2] / "docs" / "add-a-payer.md"

BROKEN = """\
id: broken
title: Broken
policy: B
payer: B
jurisdiction: B
clauses:
  I.A: {kind: rule, rules: [N110, N111], says: The note tells the effect.}
requirements:
  N110: {severity: error, clauses: [I.A], parameters: {wrods: 3}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["rulesets", *words])


def test_list_has_every_shipped_ruleset() -> None:
    result = run("list")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(shipped())
    assert "2023-05-01 to 2024-11-30" in result.stdout


def test_show_tells_what_is_asked_by_whom_and_how_sure() -> None:
    lines = run("show", "wellcare-nc-2025").stdout.splitlines()
    assert "  status        draft" in lines
    assert "  N110 note-effectiveness [error] WNC.CP.231, Background.V, Revision.05/24" in lines
    assert "  N122 late-entry [warning, unverified] NC CCP 8G, Late entries" in lines
    assert "  Q101 cloned-note [warning] general rule" in lines
    assert "       share: 0.2" in lines
    assert "  V.I: Audio-only: privacy and confidentiality are protected." in lines


def test_diff_tells_in_words_what_changed() -> None:
    lines = run("diff", "wellcare-nc-2023", "wellcare-nc-2025").stdout.splitlines()
    assert "  X108 service-to-others: WNC.CP.231 II.J → WNC.CP.231 VII.I" in lines
    assert "  X101 transportation: planned_travel_support: no → yes" in lines
    assert any(line.startswith("  B107 unauthorized-units: WNC.CP.231 II.I, Background.I.A") for line in lines)


def test_no_difference_is_said() -> None:
    assert run("diff", "general", "general").stdout == "no difference\n"


@pytest.mark.parametrize("name", shipped())
def test_shipped_rulesets_are_covered(name: str) -> None:
    assert run("coverage", name).exit_code == 0


def test_a_clause_that_is_not_covered_fails(folder: Path) -> None:
    (folder / "broken.yaml").write_text(BROKEN)
    result = run("coverage", "broken.yaml")
    assert result.exit_code == 1
    assert "  B I.A [rule] NOT COVERED N110 note-effectiveness, N111 note-signature (not asked for)" in result.stdout


def test_validate_points_at_an_option_the_rule_does_not_have(folder: Path) -> None:
    (folder / "broken.yaml").write_text(BROKEN)
    result = run("validate", "general", "broken.yaml")
    assert result.exit_code == 2
    assert result.stdout == "general: valid\n"
    assert result.stderr == "broken.yaml:9: requirements.N110.parameters.wrods: the rule has no option 'wrods'\n"


@pytest.mark.parametrize("command", ["show", "coverage", "test"])
def test_what_cannot_be_loaded_is_one_line_and_exit_code_two(command: str) -> None:
    result = run(command, "wellcare-2025")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        result.stderr == "peerlint: wellcare-2025: there is no ruleset of this name (did you mean wellcare-nc-2025?)\n"
    )


def test_new_overwrites_nothing(folder: Path) -> None:
    assert run("new", "mine").exit_code == 0
    written = (folder / "mine.yaml").read_text()
    result = run("new", "mine")
    assert (result.exit_code, result.stderr) == (2, "peerlint: mine.yaml is there already\n")
    assert (folder / "mine.yaml").read_text() == written


@pytest.mark.parametrize("name", ["My Payer", "../mine", "", "ä"])
def test_new_takes_plain_names_only(folder: Path, name: str) -> None:
    assert run("new", name).exit_code == 2
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("base", shipped())
def test_what_new_writes_is_valid_and_passes_its_case(folder: Path, base: str) -> None:
    run("new", "mine", "--extends", base)
    assert run("validate", "mine.yaml").exit_code == 0
    assert run("coverage", "mine.yaml").exit_code == 0
    assert run("test", "mine.yaml").stdout == "mine: 1 of 1 cases pass\n"


def test_a_case_that_fails_says_what_was_expected(folder: Path) -> None:
    run("new", "mine")
    cases = folder / "tests" / "mine.yaml"
    cases.write_text(cases.read_text().replace("N110: not_met", "N110: met"))
    result = run("test", "mine.yaml")
    assert result.exit_code == 1
    assert ": N110: expected met, got not_met\n" in result.stdout
    assert result.stdout.endswith("mine: 0 of 1 cases pass\n")


def test_a_ruleset_without_cases_is_told(folder: Path) -> None:
    result = run("test", "general")
    assert (result.exit_code, result.stderr) == (
        2,
        "peerlint: tests/general.yaml: there are no cases beside this ruleset\n",
    )


def test_a_case_with_an_unknown_verdict_is_told_at_its_line(folder: Path) -> None:
    run("new", "mine")
    cases = folder / "tests" / "mine.yaml"
    cases.write_text(cases.read_text().replace("N110: not_met", "N110: notmet"))
    result = run("test", "mine.yaml")
    assert result.exit_code == 2
    assert re.match(r"peerlint: mine.yaml:\d+: cases.0.expect: .*did you mean not_met", result.stderr)


def test_the_guide_does_what_it_says(folder: Path) -> None:
    for kind, name, block in _blocks(GUIDE.read_text(encoding="utf-8")):
        if kind == "yaml":
            (folder / name).write_text(block, encoding="utf-8")
            continue
        command, *shown = block.splitlines()
        words, _, expected = command.removeprefix("$ peerlint rulesets ").partition("    # exit code ")
        result = run(*words.split())
        assert result.exit_code == int(expected or 0), result.output
        said = result.output.splitlines()
        assert [line for line in shown if line not in said] == []


def _blocks(guide: str) -> list[tuple[str, str, str]]:
    """The fenced blocks of a page: language, the file that a comment names before it, and the text."""
    found = re.findall(r"(?:<!-- file: (\S+) -->\n)?```(yaml|console)\n(.*?)```", guide, re.DOTALL)
    return [(kind, name, block) for name, kind, block in found]
