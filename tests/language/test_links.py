"""Which goals a note serves, and which of its techniques the plan does not identify."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from prose import note, plan

from peerlint.documents.model import Place
from peerlint.language import offplan
from peerlint.language.lexicon import lexicon
from peerlint.language.links import CUTS, read_links, strengths
from peerlint.language.model import Activity, Actor, Certainty, Innocence, LinkStrength
from peerlint.language.offplan import read_off_plan
from peerlint.language.vectors import TABLE, word_table
from peerlint.language.wordings import DATA, FEATURES
from peerlint.records.model import Value

FOLDER = Path(__file__).parent
LINKS = yaml.safe_load((FOLDER / "links.yaml").read_text(encoding="utf-8"))
OFF_PLAN = yaml.safe_load((FOLDER / "offplan.yaml").read_text(encoding="utf-8"))


def activity(category: str, certainty: Certainty = Certainty.EXPLICIT, innocence: Innocence | None = None) -> Activity:
    return Activity(category, "", "", Actor.STAFF, certainty, Place(0), innocence=innocence)


def served(case: dict, *activities: Activity) -> list[int]:
    links = read_links(note(case["told"], goals=case.get("cited")), plan(LINKS["plan"]), activities)
    return [link.goal.number for link in links if link.strength is LinkStrength.SUPPORTED]


@pytest.mark.parametrize("case", LINKS["notes"], ids=lambda case: case["name"])
def test_names_the_goals_served(case: dict) -> None:
    activities = [activity(case["activity"])] if "activity" in case else []
    assert served(case, *activities) == case["served"]


def test_gives_one_link_for_each_goal_in_order() -> None:
    links = read_links(note("We read the lease."), plan(LINKS["plan"]))
    assert [link.goal.number for link in links] == [1, 2, 3]


def test_shows_the_cited_number_and_shared_words() -> None:
    links = read_links(note("I read the lease terms with him.", goals=[2]), plan(LINKS["plan"]))
    assert links[1].evidence.startswith("cites goal 2; ")
    assert "lease" in links[1].evidence


def test_a_plan_without_goals_has_no_links() -> None:
    assert read_links(note("We read the lease."), plan({})) == ()


def test_leisure_weakens_a_cited_goal_that_the_words_do_not_bear_out() -> None:
    case = {"told": "I beat him twice at air hockey and he won the last game. We had a soda.", "cited": [3]}
    assert LinkStrength.SUPPORTED not in [
        link.strength
        for link in read_links(note(case["told"], goals=[3]), plan(LINKS["plan"]), [activity("recreation")])
    ]


def test_innocent_activities_weaken_nothing() -> None:
    case = LINKS["notes"][1]
    innocent = activity("not-rendered", innocence=Innocence.PAST)
    assert served(case, innocent) == served(case) == [2]


def test_one_goal_is_believed_when_cited_though_words_are_few() -> None:
    assert strengths([CUTS.cited], frozenset({0}), about=1) == [LinkStrength.SUPPORTED]
    assert strengths([CUTS.cited], frozenset(), about=1) == [LinkStrength.NONE]


def test_a_strong_rival_outweighs_a_bare_number() -> None:
    assert strengths([0.2, 0.9], frozenset({0}), about=0) == [LinkStrength.WEAK, LinkStrength.SUPPORTED]
    assert strengths([0.4, 0.9], frozenset({0}), about=0)[0] is LinkStrength.SUPPORTED


def test_a_citation_is_not_believed_where_the_note_is_about_something_else() -> None:
    assert strengths([0.2, 0.1], frozenset({0}), about=-3) == [LinkStrength.WEAK, LinkStrength.NONE]
    assert strengths([0.2, 0.1], frozenset({0}), about=1) == [LinkStrength.SUPPORTED, LinkStrength.NONE]


def test_a_technique_off_the_plan_leaves_the_cited_goal_served() -> None:
    told = note({"intervention": "I put ear seeds on five points of his ears and lit the lamp."}, goals=[1])
    goals = plan(LINKS["plan"])
    techniques = read_off_plan(told, goals)
    assert read_links(told, goals)[0].strength is not LinkStrength.SUPPORTED
    assert read_links(told, goals, techniques=techniques)[0].strength is LinkStrength.SUPPORTED


@pytest.mark.parametrize(("citation", "tied"), [("Goal 4", True), ("Goal 4 - permits", False), ("Goal 4, rent", True)])
def test_a_goal_that_the_plan_does_not_have_is_doubted_by_words_that_no_goal_tells(citation: str, tied: bool) -> None:
    work = "We read two chapters of the handbook in turns and marked the rules and terms."
    told = note({"purpose": "Go over the handbook.", "intervention": work})
    cited = replace(told, goals_cited=Value(citation, (4,), Place(0)))
    best = [max(read_links(each, plan(LINKS["plan"])), key=lambda link: link.score) for each in (told, cited)]
    assert best[0].strength is LinkStrength.SUPPORTED
    assert (best[1].strength is LinkStrength.SUPPORTED) is tied


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_a_higher_chance_is_never_a_weaker_link(chances: list[float]) -> None:
    order = [LinkStrength.NONE, LinkStrength.WEAK, LinkStrength.SUPPORTED]
    ranked = sorted(zip(chances, map(order.index, strengths(chances, frozenset(), about=0)), strict=True))
    assert [rank for _, rank in ranked] == sorted(rank for _, rank in ranked)


@given(st.text(max_size=300))
def test_reads_any_text(text: str) -> None:
    links = read_links(note({"purpose": text, "intervention": text}, goals=text), plan(LINKS["plan"]))
    assert all(0 <= link.score <= 1 for link in links)


@pytest.mark.parametrize("case", OFF_PLAN["notes"], ids=lambda case: case["name"])
def test_tells_unplanned_techniques(case: dict) -> None:
    found = read_off_plan(note(case["told"]), plan(OFF_PLAN["plan"]))
    assert [off.why.split(" is in no")[0] for off in found] == case["finds"]
    assert all(off.sure == case["sure"] and off.quote for off in found)


def test_every_technique_can_be_found_and_can_be_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offplan, "FAR", float("inf"))
    for technique in lexicon("techniques")["techniques"]:
        word = next(word for word in technique["words"] if not word.endswith("*"))
        told = note({"purpose": f"Session of {word}."})
        off = read_off_plan(told, plan({1: ["I want to worry less.", "Name what worries her."]}))
        assert technique["name"] in [found.why.split(" is in no")[0] for found in off], technique["name"]
        assert not read_off_plan(told, plan({1: ["I want to feel well.", f"Offer {word} each week."]})), technique[
            "name"
        ]


def test_weights_and_bank_are_complete() -> None:
    weights = yaml.safe_load((DATA / "links.json").read_text(encoding="utf-8"))
    assert list(weights)[: len(FEATURES)] == list(FEATURES)
    assert len(weights) == 2 * len(FEATURES) + 1


def test_word_table_is_small_and_knows_likeness() -> None:
    assert TABLE.stat().st_size < 1_000_000
    sober, drunk, window = word_table().rows(["alcohol", "drinking", "window"])
    assert sober @ drunk > 0.6 > sober @ window
    assert not word_table().rows(["xyzzyq"]).any()
    assert word_table().rarity("the") < word_table().rarity("lease") <= word_table().rarity("xyzzyq") == 1


def test_reads_a_hundred_notes_in_a_second() -> None:
    told, goals = note("I went over the lease with him and he marked each page. " * 12, goals=[2]), plan(LINKS["plan"])
    read_links(told, goals)
    began = time.process_time()
    for _ in range(100):
        read_links(told, goals)
        read_off_plan(told, goals)
    assert time.process_time() - began < 1
