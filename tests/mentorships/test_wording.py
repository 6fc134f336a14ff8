"""Why this pair, in words: each reader sees only their own parts, and those add up to what they are shown."""

from __future__ import annotations

import itertools
import re

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


def text(explanation, *, side="junior") -> str:
    parts = wording.parts(explanation, {}, side=side)
    return "\n".join(f"{p.title}: {p.sentence}" for p in parts)


@pytest.fixture(params=LOCALES)
def language(request):
    with use_locale(request.param):
        yield request.param


def test_continuity_is_for_the_coordinator_alone(language):
    told = explained()
    assert TITLE[language] in text(told, side=None)
    assert TITLE[language] not in text(told)
    assert len(wording.parts(told, {}, side=None)) == 5 and len(wording.parts(told, {}, side="junior")) == 3
    with_other = explained(parts={**told["parts"], "continuity": 1.0})
    assert text(with_other) == text(told), "nothing of it shines through"
    assert wording.score(with_other, side="junior") == wording.score(told, side="junior")


def test_the_shown_score_is_the_mean_of_the_shown_parts(language):
    for parts in itertools.product((0.0, 0.4, 1.0), repeat=5):
        told = explained(parts=dict(zip(WEIGHTS, parts, strict=True)))
        for side in (None, "mentor", "junior"):
            shown = wording.parts(told, {}, side=side)
            mean = sum(p.value * p.weight for p in shown) / sum(p.weight for p in shown)
            assert wording.score(told, side=side) == pytest.approx(mean, abs=1e-12)
    # 0.85 x 0.40 + 0.5 x 0.25 + 0.7 x 0.20 = 0.605, over 0.85; with 1 x 0.05 and 0.25 x 0.10 it is 0.68
    assert wording.score(explained(), side="junior") == pytest.approx(0.605 / 0.85)
    assert wording.score(explained(), side=None) == pytest.approx(0.68)


SENTENCES = {
    "nl": {
        "unknown": "Nog niet van allebei bekend, dus voor de helft meegeteld.",
        "levels": ("Lassen", "meegekeken", "zelfstandig", "legt het uit", "Pompen", "niet bij deze mentor"),
        "shifts": ("7,5", "50\u202f%"),
        "hours": ("22", "50\u202f%"),
        "fits": "70\u202f%",
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
    found = wording.parts(explanation, {}, side=None)
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
    whole = text(told, side=None)
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
            said[name] = [s for t in told for p in wording.parts(t, {}, side=None) for s in (p.title, p.sentence)]
    same = {nl for nl, en in zip(said["nl"], said["en"], strict=True) if nl == en}
    assert not same


def test_a_pair_without_a_match_has_nothing_to_explain():
    for explanation in ({}, {"goal": "iets"}, {"parts": {}}):
        for side in (None, "mentor", "junior"):
            assert wording.parts(explanation, {}, side=side) == []
            assert wording.score(explanation, side=side) is None


@pytest.mark.parametrize(
    ("shifts", "told"),
    [(1.0, "ongeveer 1 dienst samen"), (1.04, "ongeveer 1 dienst samen"), (1.6, "ongeveer 1,6 diensten samen")],
)
def test_one_shift_together_is_one_shift(shifts: float, told: str):
    seldom = explained(meeting={"shifts_per_four_weeks": shifts, "hours_per_two_weeks": 1.0})
    with use_locale("nl"):
        assert told in text(seldom, side=None)
        assert told.replace("1,6", "2") in text(seldom), "the two read no decimals"


@pytest.mark.parametrize("side", ["mentor", "junior"])
def test_the_two_are_spoken_to_and_read_no_figures_of_how_they_match(language, side: str):
    for wish, known, remote in itertools.product((0.0, 1.0), (True, False), (True, False)):
        parts = {**explained()["parts"], "wish": wish}
        told = explained(parts=parts, known=known, remote=remote)
        said = text(told, side=side) + wording.verdict(told, side=side)
        assert "%" not in said and not re.search(r"\b(They|Ze|Wish|Wens|the junior|de junior)\b", said)
    assert [p.fit for p in wording.parts(explained(), {}, side=side)] == {
        "nl": ["goed", "redelijk", "goed"],
        "en": ["good", "fair", "good"],
    }[language]


@pytest.mark.parametrize(("share", "told"), [(0.7, "goed"), (0.69, "redelijk"), (0.4, "redelijk"), (0.39, "een paar")])
def test_how_well_two_match_is_a_word_for_them_and_a_figure_for_the_coordinator(share: float, told: str):
    pair = explained(parts=dict.fromkeys(WEIGHTS, share))
    with use_locale("nl"):
        assert told in wording.verdict(pair, side="junior") and "%" not in wording.verdict(pair, side="mentor")
        assert f"{share * 100:.0f}\u202f%" in wording.verdict(pair, side=None)


def test_a_domain_is_called_as_the_reader_calls_it():
    """What stands with a pair is its name in Dutch; one that was renamed since keeps the name of then."""
    parts = wording.parts(explained(), {"Lassen": "Welding"}, side="junior")
    assert "Welding: " in parts[0].sentence and "Pompen: " in parts[0].sentence
    assert "Lassen" not in parts[0].sentence
