"""The optional second opinion by likeness of meaning."""

from __future__ import annotations

from pathlib import Path

import pytest
from prose import caseload, chart, note, plan

from peerlint.language import semantic
from peerlint.language.activities import read_text
from peerlint.language.activity_meaning import meaning_model
from peerlint.language.activity_model import Chance
from peerlint.language.cues import categories
from peerlint.language.links import _weighed, read_links
from peerlint.language.model import Certainty, Innocence, LinkStrength
from peerlint.language.pipeline import NOBODY_NAMED
from peerlint.language.reader import NarrativeReader
from peerlint.language.readings import Passage

GOALS = plan(
    {
        1: ["I want to stay sober.", "Link him to AA meetings."],
        2: ["I want a job I can keep.", "Practise interviews with him."],
        3: ["I want to see my daughter.", "Coach him on letters to her."],
    }
)
NONE, WEAK, SUPPORTED = LinkStrength.NONE, LinkStrength.WEAK, LinkStrength.SUPPORTED


@pytest.mark.parametrize(
    ("by_wording", "with_meaning", "agreed"),
    [
        (SUPPORTED, SUPPORTED, SUPPORTED),
        (WEAK, SUPPORTED, SUPPORTED),
        (NONE, SUPPORTED, WEAK),
        (SUPPORTED, NONE, WEAK),
        (SUPPORTED, WEAK, WEAK),
        (WEAK, NONE, WEAK),
        (NONE, WEAK, WEAK),
        (NONE, NONE, NONE),
    ],
)
def test_meaning_alone_neither_makes_nor_breaks_a_link(
    by_wording: LinkStrength, with_meaning: LinkStrength, agreed: LinkStrength
) -> None:
    assert _weighed(by_wording, with_meaning) is agreed


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [101, 102]),
        ("Hello, w/ Zoë's budgeting!", [101, 7592, 1010, 1059, 1013, 11199, 1005, 1055, 5166, 2075, 999, 102]),
        ("x" * 101, [101, 100, 102]),
    ],
)
def test_splits_words_as_the_model_was_trained(text: str, pieces: list[int]) -> None:
    assert semantic.word_pieces(text) == pieces


def test_reads_no_more_than_the_model_can() -> None:
    assert len(semantic.word_pieces("budget " * 900)) == semantic.LONGEST


def test_without_the_extra_there_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    semantic.embedder.cache_clear()
    monkeypatch.setattr(semantic, "PACKAGE", "no_such_package")
    assert semantic.embedder() is None
    semantic.embedder.cache_clear()


def test_the_reader_asks_for_no_second_opinion_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("the model was loaded unasked")

    monkeypatch.setattr(semantic, "embedder", refuse)
    told = note("We filled in the form for the job fair.")
    NarrativeReader(caseload(chart("Ana Ruiz", told, plans=(GOALS,)))).links(told, GOALS)


def test_another_model_under_the_same_name_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "other_model"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "model.onnx").write_bytes(b"not the model")
    (tmp_path / "onnxruntime.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(semantic, "PACKAGE", "other_model")
    semantic.embedder.cache_clear()
    with pytest.raises(semantic.DamagedModel):
        semantic.embedder()
    semantic.embedder.cache_clear()


def test_finds_a_paraphrase_that_shares_no_word() -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip(semantic.PACKAGE)
    model = semantic.embedder()
    assert model is not None
    told = note("He has not had a beer since payday, and turned down the bottle his cousin brought round.")
    first = max(read_links(told, GOALS, semantic=model), key=lambda link: link.score)
    assert first.goal.number == 1


def test_rows_do_not_depend_on_what_is_read_beside_them() -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip(semantic.PACKAGE)
    model = semantic.embedder()
    assert model is not None
    alone = semantic.Embedder(model.session).rows(["He kept the job."])[0]
    beside = semantic.Embedder(model.session).rows(
        ["A much longer text that stands beside it. " * 9, "He kept the job."]
    )[1]
    assert alone @ beside > 0.99


def test_likeness_of_meaning_makes_no_violation_and_takes_none_back() -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip(semantic.PACKAGE)
    model = semantic.embedder()
    assert model is not None
    meaning = meaning_model(model)
    for category in categories():
        for text in (text for group in category.groups for text in (*group.match[:1], *group.innocent[:1])):
            before = {a for a in read_text(text) if a.innocence is None}
            after = {a for a in read_text(text, meaning=meaning) if a.innocence is None}
            assert before <= after
            assert {a.certainty for a in after - before} <= {Certainty.MEANING}


def test_what_words_leave_in_doubt_likeness_of_meaning_can_make_likely() -> None:
    passage = Passage(NOBODY_NAMED, chances=[{"transportation": Chance(0.1, 0.1)}])
    assert passage.vouched(0, "transportation", False, None) is None
    passage.meanings[0] = {"transportation": 0.9999}
    assert passage.vouched(0, "transportation", False, None) is Certainty.MEANING
    passage.meanings[0] = {"transportation": 0.0}
    assert passage.vouched(0, "transportation", False, None) is None


def test_an_excuse_takes_the_cues_word_away_and_asks_for_more() -> None:
    passage = Passage(
        NOBODY_NAMED, chances=[{"transportation": Chance(0.3, 0.3)}, {"transportation": Chance(0.99, 0.99)}]
    )
    assert passage.vouched(0, "transportation", True, None) is Certainty.BOTH
    assert passage.vouched(0, "transportation", True, Innocence.PAST) is None
    assert passage.vouched(1, "transportation", True, Innocence.PAST) is Certainty.MODEL
    assert passage.vouched(1, "transportation", True, Innocence.NOT_BILLED) is None
    assert passage.vouched(1, "transportation", True, Innocence.SOMEBODY_ELSE) is None
