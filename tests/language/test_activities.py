"""Activities that are not covered, told from their innocent look-alikes."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from prose import note, plan

from peerlint.documents.model import Place
from peerlint.language import activity_meaning, weighing
from peerlint.language.activities import read_activities, read_text
from peerlint.language.activity_model import WEIGHTS, Chance, activity_model
from peerlint.language.cues import BadCue, WordRow, categories, compile_cue, cues_of, forms
from peerlint.language.model import Certainty
from peerlint.language.weighing import LONG, SHORT, WITH_MEANING, weights
from peerlint.records.model import Plan, ServiceNote, Topic, Value

CASES = yaml.safe_load((Path(__file__).parent / "activities.yaml").read_text(encoding="utf-8"))
EXAMPLES = [(c.name, g.name, text) for c in categories() for g in c.groups for text in g.match]
INNOCENTS = [(c.name, g.name, text) for c in categories() for g in c.groups for text in g.innocent]


def written(case: dict) -> ServiceNote:
    """The note of a case."""
    found = note(case["told"], signer=case.get("staff", ""))
    if "place" in case:
        found = replace(found, place_of_service=Value(case["place"], case["place"], Place(1), "Place of service"))
    return found


def planned(case: dict) -> Plan | None:
    return plan({1: ["I want to be with people.", *case["plan"]]}) if "plan" in case else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_tells_what_counts_from_what_is_innocent(case: dict) -> None:
    found = read_activities(written(case), planned(case))
    assert {a.category: a.actor.value for a in found if a.innocence is None} == case.get("counts", {})
    excused = {a.category: a.innocence.value for a in found if a.innocence}
    assert case.get("innocent", {}).items() <= excused.items()


@pytest.mark.parametrize(("category", "group", "text"), EXAMPLES)
def test_cues_find_their_examples(category: str, group: str, text: str) -> None:
    assert category in {a.category for a in read_text(text) if a.innocence is None}


@pytest.mark.parametrize(("category", "group", "text"), INNOCENTS)
def test_cues_leave_their_innocents_alone(category: str, group: str, text: str) -> None:
    assert category not in {a.category for a in read_text(text) if a.innocence is None}


def test_every_category_gives_examples_of_both_kinds() -> None:
    assert len(categories()) == 18
    for category in categories():
        assert category.why and all(group.match and group.innocent for group in category.groups), category.name


def test_a_cue_with_the_specialist_named_and_the_model_agreeing_is_vouched_for_by_both() -> None:
    (found,) = read_text("I picked her up and drove her to the housing office in my car.")
    assert found.certainty is Certainty.BOTH
    assert found.score is not None and found.score > 0.5


def test_the_plan_tells_which_intervention_an_outing_serves() -> None:
    case = next(c for c in CASES if c["name"] == "bowling that the plan names")
    found = next(a for a in read_activities(written(case), planned(case)) if a.category == "recreation")
    assert found.planned is not None and "bowling" in found.planned.text


def test_a_next_step_is_no_deed() -> None:
    told = written({"told": "CPSS to transport member to court."})
    section = replace(told.narrative[0], topic=Topic.NEXT_STEP, text="Drive her to court.")
    found = read_activities(replace(told, narrative=(section,)), None)
    assert all(a.innocence for a in found)


def test_reads_the_words_that_decided() -> None:
    words = ["transported", "member", "to", "probation"]
    (chances,) = activity_model().chances([words])
    assert [*activity_model().activities][chances.argmax()] == "transportation"
    assert any("transported" in row for row in activity_model().telling(words, "transportation"))


def test_the_models_are_small_and_know_every_activity() -> None:
    assert sum(path.stat().st_size for path in (WEIGHTS, activity_meaning.WEIGHTS, weighing.WEIGHTS)) < 2_000_000
    assert {c.name for c in categories()} == set(activity_model().classes) - {"none"}


@pytest.mark.parametrize("length", [SHORT, LONG])
def test_a_cue_and_likeness_of_meaning_add_to_what_the_words_say(length: str) -> None:
    doubtful = Chance(alone=0.3, together=0.3)
    words, both = weights(length), weights(length + WITH_MEANING)
    assert words.likelihood(doubtful, cue=False) < words.likelihood(doubtful, cue=True)
    assert both.likelihood(doubtful, False, meaning=0.1) < both.likelihood(doubtful, False, meaning=0.9)
    assert words.likelihood(Chance(0.1, 0.1), True) < words.likelihood(Chance(0.1, 0.9), True)


def test_the_rest_of_a_short_text_can_clear_what_a_sentence_seems_to_tell() -> None:
    told = [["drove", "her", "to", "court"], ["no", "units", "billed", "for", "the", "ride"]]
    (short, long) = activity_model().look([told, [*told, *[["talked", "about", "goals"]] * 9]])
    assert short[0]["transportation"].together < short[0]["transportation"].alone
    assert long[0]["transportation"].together == long[0]["transportation"].alone


@pytest.mark.parametrize(
    ("verb", "wanted"),
    [
        ("drive", "drove"),
        ("carry", "carried"),
        ("shop", "shopping"),
        ("help", "helped"),
        ("watch", "watches"),
        ("ride", "rode"),
    ],
)
def test_knows_the_forms_of_a_verb(verb: str, wanted: str) -> None:
    assert wanted in forms(verb)


@pytest.mark.parametrize(
    ("cue", "text", "found"),
    [
        ("~give .. ride|lift", "gave the member a ride", True),
        ("~give .. ride|lift", "gave ; a ride", False),
        ("~give .. ride", "gave one two three four ride", False),
        ("~drive {MEMBER}", "drove her home", True),
        ("~drive {MEMBER}", "drove her car", False),
        ("^ movie", "saw a movie", False),
        ("^ movie", "talked ; movie", True),
        ("# trials", "10 trials", True),
    ],
)
def test_cues_mean_what_the_table_says(cue: str, text: str, found: bool) -> None:
    assert bool(list(WordRow(text.split()).find(compile_cue(cue).pattern))) is found


def test_an_unknown_group_of_words_is_named() -> None:
    with pytest.raises(BadCue, match="NOBODY_KNOWS"):
        compile_cue("~drive {NOBODY_KNOWS}")


def test_the_index_finds_what_trying_every_cue_finds() -> None:
    text = "I picked her up , drove her to court and watched her kids"
    row = WordRow([";" if w == "," else w.lower() for w in text.split()])
    for category in categories():
        tried = {cue.text for g in category.groups for cue in g.cues if list(row.find(cue.pattern))}
        assert {hit.cue.text for hit in cues_of(category.name).hits(row)} <= tried
    assert cues_of("childcare").hits(row)


@given(st.text(max_size=300))
@settings(max_examples=60)
def test_any_text_is_read_and_quotes_are_of_the_text(text: str) -> None:
    for activity in read_text(text):
        assert activity.quote in text


def test_reads_hundreds_of_notes_in_a_second() -> None:
    told = "Met with member at the library. She named two triggers and we practiced one way out. " * 8
    read_text(told)
    started = time.perf_counter()
    for number in range(100):
        read_text(f"{told} Visit {number}.")
    assert time.perf_counter() - started < 3
