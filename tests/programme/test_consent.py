"""What was agreed holds: what may change at once, what waits, and what the difference says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.base.errors import Refused
from mentorship.base.i18n import use_locale
from mentorship.programme.consent import rules
from mentorship.programme.consent.words import GROUPS, NUMBERS, by_group, difference, lines

SLEEP = {"key": "progress", "nl": "Ik slaap slecht door het werk", "en": "Work keeps me awake"}
AGREED: dict[str, Any] = {
    "questions": {
        "junior": [
            {"key": "progress", "nl": "Ik ga vooruit", "en": "I get on"},
            {"key": "own_work", "nl": "Ik doe zelf werk", "en": "I do work myself"},
        ],
        "mentor": [{"key": "hours_free", "nl": "De uren waren vrij", "en": "The hours were free"}],
    },
    "scale": [{"nl": "helemaal niet", "en": "not at all"}, {"nl": "helemaal", "en": "completely"}],
    "pace": [{"nl": "te snel", "en": "too fast"}],
    "days": 14,
    "later_days": 28,
    "visibility": "classes",
    "weights": {"domain": 0.4, "together": 0.25, "preference": 0.2, "continuity": 0.1, "wish": 0.05},
    "floor": 0.3,
    "spread": 0.02,
    "waiting": 0.02,
    "managers_pair": True,
    "objection_days": 5,
    "notes_months": 3,
    "answers_months": 12,
    "pairs_months": 24,
    "purposes": ["find a mentor"],
    "integrations": [{"kind": "sign_on", "with": "login.example"}],
}


def asked(*junior: dict[str, str]) -> dict[str, Any]:
    """The questions that were agreed, with other ones to the junior."""
    return {"junior": list(junior), "mentor": AGREED["questions"]["mentor"]}


OTHER: dict[str, Any] = {
    "questions": asked(SLEEP),
    "scale": AGREED["scale"][:1],
    "pace": [],
    "days": 10,
    "later_days": 14,
    "visibility": "released",
    "weights": {**AGREED["weights"], "domain": 0.9},
    "floor": 0.1,
    "spread": 0.5,
    "waiting": 0.04,
    "managers_pair": False,
    "objection_days": 3,
    "notes_months": 4,
    "answers_months": 13,
    "pairs_months": 23,
    "purposes": [],
    "integrations": [],
}


def test_everything_that_is_agreed_to_waits_and_nothing_else():
    assert set(OTHER) == set(AGREED) == rules.AGREED
    sifted = rules.sift(AGREED, AGREED, {**OTHER, "organisation": "x", "running": False})
    assert sifted.waits == OTHER and sifted.at_once == {"organisation": "x", "running": False}


def test_before_anything_was_agreed_every_change_holds():
    assert rules.sift(None, AGREED, OTHER) == rules.Sifted(at_once=OTHER)


@given(st.sets(st.sampled_from(sorted(rules.AGREED))), st.sets(st.sampled_from(sorted(rules.AGREED))))
def test_what_goes_back_to_what_was_agreed_holds_at_once(narrowed: set[str], wanted: set[str]):
    now = {**AGREED, **{name: OTHER[name] for name in narrowed}}
    sifted = rules.sift(AGREED, now, {name: AGREED[name] for name in wanted})
    assert not sifted.waits and set(sifted.at_once) == sifted.back == narrowed & wanted


NARROWER = {
    ("visibility", "classes", "released"): True,
    ("visibility", "classes", "aggregates"): False,
    ("visibility", "released", "aggregates"): False,
    ("visibility", "aggregates", "released"): False,
    ("visibility", "released", "classes"): False,
    ("notes_months", 3, 2): True,
    ("pairs_months", 12, 13): False,
    ("days", 14, 21): True,
    ("days", 14, 10): False,
    ("floor", 0.3, 0.4): False,
}


@pytest.mark.parametrize(("name", "before", "after"), NARROWER)
def test_what_only_takes_away_is_narrower(name: str, before: Any, after: Any):
    assert rules.is_narrower(name, before, after) == NARROWER[name, before, after]


def test_fewer_questions_are_narrower_and_other_words_are_not():
    first, second = AGREED["questions"]["junior"]
    assert rules.is_narrower("questions", AGREED["questions"], asked(second))
    for junior in ((first, second), (SLEEP,), (first, SLEEP), (first, second, SLEEP)):
        assert not rules.is_narrower("questions", AGREED["questions"], asked(*junior)), junior
    assert not rules.is_narrower("weights", AGREED["weights"], {})


def test_the_fingerprint_is_of_what_it_says_and_not_of_how_it_is_kept():
    turned = dict(reversed(AGREED.items()))
    assert rules.fingerprint(turned) == rules.fingerprint(AGREED) != rules.fingerprint({**AGREED, "days": 15})


def test_the_difference_puts_old_words_beside_new_ones_in_both_languages():
    after = {**AGREED, "questions": asked(SLEEP), "floor": 0.25}
    with use_locale("nl"):
        found = [(one.what, one.old, one.new) for one in difference(AGREED, after)]
    assert found == [
        ("Aan de junior, in het Nederlands", "Ik ga vooruit", "Ik slaap slecht door het werk"),
        ("Aan de junior, in het Engels", "I get on", "Work keeps me awake"),
        ("Ondergrens", "0,3", "0,25"),
        ("Aan de junior, in het Nederlands", "Ik doe zelf werk", ""),
        ("Aan de junior, in het Engels", "I do work myself", ""),
    ]


@pytest.mark.parametrize("name", sorted(rules.AGREED))
def test_whatever_waits_shows_in_the_difference(name: str):
    assert {one.name for one in difference(AGREED, {**AGREED, name: OTHER[name]})} == {name}
    assert not difference(AGREED, AGREED)


def test_what_the_service_brings_is_not_told_against_a_version_that_did_not_write_it_down():
    before = {name: value for name, value in AGREED.items() if name not in rules.OF_SERVICE}
    assert not difference(before, AGREED)
    without = {name: value for name, value in AGREED.items() if name != "later_days"}
    assert [(one.old, one.new) for one in difference(without, AGREED)] == [("", "28 dagen")]


def test_every_line_has_a_group_and_every_number_a_name():
    told = lines(AGREED)
    assert {line.name for line in told.values()} == rules.AGREED
    assert sum(len(words) for _title, group in by_group(AGREED) for words in group.values()) == len(told)
    assert {line.group for line in told.values()} == set(GROUPS)
    numbers = {name for name, value in AGREED.items() if type(value) is int}
    assert numbers == set(NUMBERS)


def test_a_round_by_other_weights_makes_no_pairs():
    terms = {name: AGREED[name] for name in rules.TERMS} | {"unmatched_cost": None}
    rules.check_terms(AGREED, terms)
    rules.check_terms(None, {**terms, "floor": 0.9})
    for name in rules.TERMS:
        with pytest.raises(Refused):
            rules.check_terms(AGREED, {**terms, name: OTHER[name]})
    with pytest.raises(Refused):
        rules.check_terms(AGREED, {**terms, "unmatched_cost": 0.0})


@pytest.mark.parametrize("months", [(4, 3, 24), (3, 12, 11)])
def test_a_part_is_not_kept_longer_than_what_it_belongs_to(months: tuple[int, int, int]):
    with pytest.raises(Refused):
        rules.check_kept(dict(zip(rules.MONTHS, months, strict=True)))
