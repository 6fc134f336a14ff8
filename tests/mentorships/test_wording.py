"""Why this pair, in words: each reader sees only their own parts, and those add up to what they are shown."""

from __future__ import annotations

import itertools

import pytest

from mentorship.base.i18n import LOCALES, use_locale
from mentorship.mentorships import explanation as wording

WEIGHTS = {"domain": 0.40, "together": 0.25, "preference": 0.20, "continuity": 0.10, "wish": 0.05}
TITLE = {"nl": "Behoud van kennis", "en": "Continuity of knowledge"}


def explained(**values):
    return {
        "parts": {"domain": 0.85, "together": 0.5, "preference": 0.7, "continuity": 0.25, "wish": 1.0},
        "weights": WEIGHTS,
        "known": True,
        "remote": False,
        "needs": [
            {"domain": "Lassen", "current": 1, "target": 3, "mentor": 4, "importance": 3},
            {"domain": "Pompen", "current": 0, "target": 2, "mentor": 3, "importance": 1},
            {"domain": "Meten", "current": 0, "target": 2, "mentor": 0, "importance": 1},
        ],
        "meeting": {"shifts_per_four_weeks": 7.5, "hours_per_two_weeks": 22.4},
        "goal": "zelf lassen",
        "score": 0.68,
        **values,
    }


def text(explanation, *, coordinator=False) -> str:
    parts = wording.parts(explanation, coordinator=coordinator)
    return "\n".join(f"{p.title}: {p.sentence}" for p in parts)


@pytest.fixture(params=LOCALES)
def language(request):
    with use_locale(request.param):
        yield request.param


def test_continuity_is_for_the_coordinator_alone(language):
    told = explained()
    assert TITLE[language] in text(told, coordinator=True)
    assert TITLE[language] not in text(told)
    assert len(wording.parts(told, coordinator=True)) == 5 and len(wording.parts(told, coordinator=False)) == 4
    with_other = explained(parts={**told["parts"], "continuity": 1.0})
    assert text(with_other) == text(told), "nothing of it shines through"
    assert wording.score(with_other, coordinator=False) == wording.score(told, coordinator=False)


def test_the_shown_score_is_the_mean_of_the_shown_parts(language):
    for parts in itertools.product((0.0, 0.4, 1.0), repeat=5):
        told = explained(parts=dict(zip(WEIGHTS, parts, strict=True)))
        for coordinator in (True, False):
            shown = wording.parts(told, coordinator=coordinator)
            mean = sum(p.value * p.weight for p in shown) / sum(p.weight for p in shown)
            assert wording.score(told, coordinator=coordinator) == pytest.approx(mean, abs=1e-12)
    # 0.85 x 0.40 + 0.5 x 0.25 + 0.7 x 0.20 + 1 x 0.05 = 0.655, over 0.90; with 0.25 x 0.10 it is 0.68
    assert wording.score(explained(), coordinator=False) == pytest.approx(0.655 / 0.9)
    assert wording.score(explained(), coordinator=True) == pytest.approx(0.68)


SENTENCES = {
    "nl": {
        "unknown": "Nog niet van allebei bekend, dus voor de helft meegeteld.",
        "levels": ("Lassen", "meegekeken", "zelfstandig", "legt het uit", "Pompen", "niet bij deze mentor"),
        "shifts": ("7,5", "50%"),
        "hours": ("22", "50%"),
        "fits": "70%",
    },
    "en": {
        "unknown": "Not yet known of both, so counted as half.",
        "levels": ("Lassen", "Pompen", "Meten"),
        "shifts": ("7.5", "50%"),
        "hours": ("22", "50%"),
        "fits": "70%",
    },
}


def sentence(title: str, explanation) -> str:
    found = wording.parts(explanation, coordinator=True)
    order = list(WEIGHTS)
    return found[order.index(title)].sentence


def test_an_unknown_preference_is_said(language):
    known = explained()
    unknown = explained(known=False, parts={**known["parts"], "preference": 0.5})
    assert sentence("preference", unknown) == SENTENCES[language]["unknown"]
    assert SENTENCES[language]["fits"] in sentence("preference", known)


def test_numbers_and_levels_are_in_the_words_of_the_reader(language):
    wanted = SENTENCES[language]
    told = explained()
    for word in wanted["levels"]:
        assert word in sentence("domain", told)
    for word in wanted["shifts"]:
        assert word in sentence("together", told)
    for word in wanted["hours"]:
        assert word in sentence("together", explained(remote=True))
    assert sentence("together", told) != sentence("together", explained(remote=True))
    assert sentence("wish", told) != sentence("wish", explained(parts={**told["parts"], "wish": 0.0}))
    whole = text(told, coordinator=True)
    assert "%(" not in whole and "niveau" not in whole.lower()


def test_a_need_that_the_mentor_does_not_cover_is_said_without_the_reason(language):
    """A level of 0 may be that they cannot or that they do not want to: that is theirs."""
    last = sentence("domain", explained()).split("; ")[-1]
    assert last == {"nl": "Meten: niet bij deze mentor", "en": "Meten: not with this mentor"}[language]


def test_every_title_and_sentence_is_translated():
    told = [explained(), explained(known=False, remote=True, parts={**explained()["parts"], "wish": 0.0})]
    said = {}
    for name in LOCALES:
        with use_locale(name):
            said[name] = [s for t in told for p in wording.parts(t, coordinator=True) for s in (p.title, p.sentence)]
    same = {nl for nl, en in zip(said["nl"], said["en"], strict=True) if nl == en}
    assert not same


def test_a_pair_without_a_match_has_nothing_to_explain():
    for explanation in ({}, {"goal": "iets"}, {"parts": {}}):
        for coordinator in (True, False):
            assert wording.parts(explanation, coordinator=coordinator) == []
            assert wording.score(explanation, coordinator=coordinator) is None


@pytest.mark.parametrize(
    ("shifts", "told"),
    [(1.0, "ongeveer 1 dienst samen"), (1.04, "ongeveer 1 dienst samen"), (1.5, "ongeveer 1,5 diensten samen")],
)
def test_one_shift_together_is_one_shift(shifts: float, told: str):
    seldom = explained(meeting={"shifts_per_four_weeks": shifts, "hours_per_two_weeks": 1.0})
    with use_locale("nl"):
        assert told in text(seldom)
