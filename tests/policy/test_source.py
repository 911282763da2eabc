"""YAML is read as plain data with lines; what nobody writes by hand is refused at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.policy.errors import RulesetError
from peerlint.policy.source import LARGEST_FILE, parse, read_source

REFUSED = {
    "a repeated key": (b"id: a\ntitle: b\nid: c\n", 3, "'id' stands here twice"),
    "a repeated key deep down": (b"clauses:\n  I.A: {kind: rule, kind: attest}\n", 2, "twice"),
    "an alias": (b"a: &x [1]\nb: *x\n", 2, "aliases"),
    "deep nesting": (b"a: " + b"[" * 30 + b"]" * 30, 1, "nested too deeply"),
    "a list as a key": (b"? [a, b]\n: c\n", 1, "a key must be a single word"),
    "an open bracket": (b"a: 1\nb: [1, 2\n", 3, "not readable as YAML"),
    "a tab for indentation": (b"a:\n\tb: 1\n", 2, "not readable as YAML"),
    "an object of Python": (b"a: !!python/object/apply:os.system [ls]\n", 1, "tags are not used"),
}


@pytest.mark.parametrize(("text", "line", "what"), REFUSED.values(), ids=REFUSED.keys())
def test_traps_are_refused_at_their_line(text: bytes, line: int, what: str) -> None:
    with pytest.raises(RulesetError) as refusal:
        parse(text, "x.yaml")
    problem = refusal.value.problems[0]
    assert problem.line == line
    assert what in problem.what


def test_every_key_knows_its_line() -> None:
    source = parse(b"id: x\nclauses:\n  I.A:\n    says: y\n    rules:\n      - N110\n      - N111\n", "x.yaml")
    assert source.lines["clauses", "I.A", "says"] == 4
    assert source.lines["clauses", "I.A", "rules", 1] == 7
    assert source.problem(("clauses", "I.A", "kind"), "is missing").line == 3


def test_keys_are_taken_as_written() -> None:
    assert parse(b"5.5: a\nNO: b\n2024-01-01: c\n", "x.yaml").data == {"5.5": "a", "NO": "b", "2024-01-01": "c"}


def test_a_file_over_the_cap_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"#" * (LARGEST_FILE + 1))
    with pytest.raises(RulesetError, match="larger than"):
        read_source(path)


def test_an_absent_file_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(RulesetError, match=r"^gone.yaml: cannot be read: No such file"):
        read_source(tmp_path / "gone.yaml")


@given(st.one_of(st.binary(max_size=200), st.text(alphabet="ab:-[]{}&*!?|>'\"# \n\t", max_size=120).map(str.encode)))
def test_any_bytes_are_read_or_refused(text: bytes) -> None:
    try:
        parse(text, "x.yaml")
    except RulesetError as refusal:
        assert "\n" not in str(refusal)
