"""Loading: mistakes are told at file, line and key; a base's requirements hold unless the file says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerlint.policy.errors import Problem, RulesetError
from peerlint.policy.load import load, shipped
from peerlint.policy.model import Severity
from peerlint.shelf import rulesets_folder

Write = Callable[..., Path]

CLAUSE = "clauses:\n  I.A: {kind: rule, rules: [N110], says: The note tells the effect.}\n"

MISTAKES = {
    "an unknown key": ("payor: X\n", 6, "payor", "payer"),
    "an unknown key of a requirement": (
        "requirements:\n  Q101:\n    severity: error\n    hardstop: true\n",
        9,
        "requirements.Q101.hardstop",
        "hard_stop",
    ),
    "an unknown key of a clause": (
        "clauses:\n  I.A: {kind: attest, say: x, says: y}\n",
        7,
        "clauses.I.A.say",
        "says",
    ),
    "an unknown key of a period": ("in_effect: {form: 2024-01-01}\n", 6, "in_effect.form", "from"),
    "an unknown severity": ("requirements:\n  Q101: {severity: eror}\n", 7, "requirements.Q101.severity", "error"),
    "an unknown kind of clause": ("clauses:\n  I.A: {kind: atest, says: x}\n", 7, "clauses.I.A.kind", "attest"),
    "an unknown citation": (
        "requirements:\n  Q101: {severity: error, citation: verfied}\n",
        7,
        "requirements.Q101.citation",
        "verified",
    ),
    "an unknown rule": ("requirements:\n  N11O: {severity: error}\n", 7, "requirements.N11O", "N110"),
    "a rule by its name": (
        "requirements:\n  note-effectivness: {severity: error}\n",
        7,
        "requirements.note-effectivness",
        "N110",
    ),
    "an unknown rule of a clause": (
        "clauses:\n  I.A: {kind: rule, rules: [X1O1], says: x}\n",
        7,
        "clauses.I.A.rules.0",
        "X101",
    ),
    "a clause that is not there": (
        CLAUSE + "requirements:\n  N110: {severity: error, clauses: [I.a]}\n",
        9,
        "requirements.N110.clauses.0",
        "I.A",
    ),
    "a clause that names other rules": (
        CLAUSE + "requirements:\n  N111: {severity: error, clauses: [I.A]}\n",
        9,
        "requirements.N111.clauses.0",
        "",
    ),
    "a rule clause without rules": ("clauses:\n  I.A: {kind: rule, says: x}\n", 7, "clauses.I.A", ""),
    "an attest clause with rules": (
        "clauses:\n  I.A: {kind: attest, rules: [N110], says: x}\n",
        7,
        "clauses.I.A",
        "",
    ),
    "a number for a clause": (
        "requirements:\n  N110: {severity: error, clauses: [5.5]}\n",
        7,
        "requirements.N110.clauses.0",
        "",
    ),
    "a requirement without severity": ("requirements:\n  N110: {asks: x}\n", 7, "requirements.N110", ""),
    "an unknown base": ("extends: nc-8q\n", 6, "extends.0", "nc-8g"),
    "a drop of what is not there": ("extends: general\ndrop: [D107, B105]\n", 7, "drop.1", ""),
    "a date that is none": ("in_effect: {from: soon}\n", 6, "in_effect.from", ""),
}


def problems(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(RulesetError) as refusal:
        load(path)
    return refusal.value.problems


@pytest.mark.parametrize(("body", "line", "key", "suggestion"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_at_its_line_and_key(
    write: Write, tmp_path: Path, body: str, line: int, key: str, suggestion: str
) -> None:
    (problem,) = problems(write(tmp_path, "mine", body))
    assert (problem.file, problem.line, problem.key, problem.suggestion) == ("mine.yaml", line, key, suggestion)


def test_every_mistake_of_a_file_is_told(write: Write, tmp_path: Path) -> None:
    found = problems(write(tmp_path, "mine", "payor: X\nrequirements:\n  N110: {severity: eror}\n"))
    assert [problem.key for problem in found] == ["requirements.N110.severity", "payor"]


def test_a_missing_key_is_told(write: Write, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("id: mine\ntitle: x\npolicy: y\npayer: z\n")
    (problem,) = problems(path)
    assert str(problem) == "mine.yaml:1: jurisdiction: is missing"


def test_the_file_must_bear_its_id(write: Write, tmp_path: Path) -> None:
    write(tmp_path, "mine").rename(tmp_path / "yours.yaml")
    (problem,) = problems(tmp_path / "yours.yaml")
    assert (problem.line, problem.key) == (1, "id")


def test_a_ruleset_that_extends_itself_is_refused(write: Write, tmp_path: Path) -> None:
    write(tmp_path, "one", "extends: two\n")
    (problem,) = problems(write(tmp_path, "two", "extends: one\n"))
    assert "extends itself" in problem.what


@pytest.mark.parametrize("base", ["../secret", "/etc/passwd", "."])
def test_a_base_is_a_name_and_never_a_path(write: Write, tmp_path: Path, base: str) -> None:
    assert problems(write(tmp_path, "mine", f"extends: {base}\n"))[0].key == "extends.0"


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(RulesetError, match=r"did you mean wellcare-nc-2025\?"):
        load("wellcare-nc-2052")


def test_what_the_base_asks_holds_unless_the_file_says_otherwise(write: Write, tmp_path: Path) -> None:
    body = 'clauses:\n  I.A: {kind: rule, rules: [S102], says: "Every 90 days."}\nrequirements:\n  S102: '
    write(tmp_path, "base", body + "{severity: error, clauses: [I.A], parameters: {first_days: 90, repeat_days: 90}}\n")
    path = write(
        tmp_path, "own", "extends: base\nrequirements:\n  S102: {severity: info, parameters: {first_days: 30}}\n"
    )
    requirement = load(path).requirements["S102"]
    assert requirement.parameters == {"first_days": 30, "repeat_days": 90}
    assert requirement.severity is Severity.INFO
    assert (requirement.ruleset, requirement.clause, requirement.asks) == ("base", "I.A", "Every 90 days.")


def test_who_names_the_clause_is_cited(write: Write, tmp_path: Path) -> None:
    body = CLAUSE + "requirements:\n  N110: {severity: warning, clauses: [I.A]}\n"
    write(tmp_path, "base", "citation: unverified\n" + body)
    own = "extends: base\n" + body.replace("I.A", "IV").replace("effect", "response")
    requirement = load(write(tmp_path, "own", own)).requirements["N110"]
    assert (requirement.ruleset, requirement.clause, requirement.citation) == ("own", "IV", "verified")
    assert requirement.asks == "The note tells the response."


def test_a_dropped_rule_takes_its_clause_along_when_nothing_is_left_of_it(write: Write, tmp_path: Path) -> None:
    write(
        tmp_path,
        "base",
        "clauses:\n  A: {kind: rule, rules: [N110], says: x}\n  B: {kind: rule, rules: [N110, N111], says: y}\n"
        "requirements:\n  N110: {severity: error, clauses: [A, B]}\n  N111: {severity: error, clauses: [B]}\n",
    )
    ruleset = load(write(tmp_path, "own", "extends: base\ndrop: [N110]\n"))
    assert list(ruleset.requirements) == ["N111"]
    assert [(clause.id, clause.rules) for clause in ruleset.clauses] == [("B", ("N111",))]


def test_a_requirement_without_a_clause_says_so(write: Write, tmp_path: Path) -> None:
    ruleset = load(write(tmp_path, "mine", "requirements:\n  Q101: {severity: warning, asks: x}\n"))
    assert ruleset.requirements["Q101"].clause == "general rule"


def test_the_checksum_covers_the_bases(write: Write, tmp_path: Path) -> None:
    write(tmp_path, "base", "requirements:\n  Q101: {severity: error}\n")
    own = write(tmp_path, "own", "extends: base\n")
    before = load(own).sha256
    write(tmp_path, "base", "requirements:\n  Q101: {severity: info}\n")
    assert len(before) == 64
    assert load(own).sha256 != before


@given(names=st.lists(st.sampled_from(sorted(shipped())), min_size=1, max_size=3))
def test_extending_the_same_again_changes_nothing(
    write: Write, names: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("rulesets")
    once = load(write(folder, "once", f"extends: [{', '.join(names)}]\n"))
    twice = load(write(folder, "twice", f"extends: [{', '.join(names + names)}]\n"))
    again = load(write(folder, "again", "extends: once\n"))
    assert once.requirements == twice.requirements == again.requirements
    assert set(once.clauses) == set(twice.clauses) == set(again.clauses)


def test_a_name_that_runs_over_lines_is_refused_in_one_line(tmp_path: Path) -> None:
    text = (rulesets_folder() / "ok-450.yaml").read_text(encoding="utf-8")
    path = tmp_path / "ok-450.yaml"
    path.write_text(text.replace('clauses: ["450:27-7-44.credentials"]', "clauses: ['450:27-7-44.cred\n\n  entials']"))
    with pytest.raises(RulesetError) as refused:
        load(path)
    assert "\n" not in str(refused.value)
    assert "450:27-7-44.cred entials" in str(refused.value)


@given(data=st.data())
@settings(max_examples=60)
def test_a_damaged_file_is_refused_in_one_line_or_loads(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = (rulesets_folder() / "ok-450.yaml").read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, min(start + 40, len(text))))
    damage = data.draw(st.text(alphabet="ab:-[]{}'\"\n 1", max_size=12))
    path = tmp_path_factory.mktemp("damaged") / "ok-450.yaml"
    path.write_text(text[:start] + damage + text[end:], encoding="utf-8")
    try:
        load(path)
    except RulesetError as refusal:
        assert "\n" not in str(refusal)
        assert str(refusal).startswith("ok-450.yaml")
