"""Pure decisions around check-ins, at their edges: what is an answer, who is asked, how long, and who hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mentorship.base.errors import Conflict, Refused
from mentorship.checkins import findings, rules
from mentorship.checkins.balance import PACE
from mentorship.checkins.confidants import rules as confidants
from mentorship.checkins.confidants.rules import Choice, Post, Today, choose
from mentorship.checkins.due import MISSED_AFTER_DAYS
from mentorship.checkins.endings import rules as endings
from mentorship.checkins.findings import Earlier, Finding
from mentorship.checkins.links import rules as links
from mentorship.checkins.rules import Reply
from mentorship.checkins.settings import rules as settings
from mentorship.checkins.signals import rules as signals
from mentorship.people.account.rules import CODE_DAYS

TODAY, DAY, NOW = date(2026, 11, 23), timedelta(days=1), datetime(2026, 11, 23, tzinfo=UTC)
NOTHING = Reply(closing=False, seen="", answers={}, note="", share=False, help_from=())
EDE, ASSEN = 1, 2
ANS, BILAL, COR, DIRK = 11, 12, 13, 14


def refused(check: Any, *given: Any, **named: Any) -> Refused | None:
    try:
        check(*given, **named)
    except Refused as told:
        return told
    return None


def test_only_an_open_check_in_is_answered():
    assert refused(rules.check_open, "open") is None
    for status in ("answered", "skipped", "missed"):
        assert isinstance(refused(rules.check_open, status), Conflict), status


def test_the_steps_of_a_scale_and_no_others_are_answers():
    taken = {key: [n for n in range(-1, 8) if not refused(rules.check_value, key, n)] for key in ("progress", PACE)}
    assert taken == {"progress": [1, 2, 3, 4, 5], PACE: [1, 2, 3]}
    assert not refused(rules.check_value, "progress", None) and not refused(rules.check_value, PACE, None)


def test_what_was_not_asked_is_not_answered():
    assert not refused(rules.check_keys, {}, []) and not refused(rules.check_keys, {"a": 1}, ["a", "b"])
    assert refused(rules.check_keys, {"a": 1, "c": None}, ["a", "b"])


@pytest.mark.parametrize(
    ("reply", "closing", "is_refused"),
    [
        (NOTHING, False, False),
        (NOTHING, True, True),
        (replace(NOTHING, closing=True), True, False),
        (replace(NOTHING, closing=True), False, True),
        (replace(NOTHING, help_from=["manager"]), False, False),
        (replace(NOTHING, help_from=["coordinator", "manager"]), False, False),
        (replace(NOTHING, help_from=["manager", "nobody"]), False, True),
    ],
)
def test_a_form_sends_what_it_was_shown_for(reply: Reply, closing: bool, is_refused: bool):
    assert bool(refused(rules.check_asked, reply, closing, ["manager", "coordinator"])) is is_refused


WRITTEN = ({"note": "x"}, {"help_from": ["manager"]}, {"reached": "x"}, {"thanks": "x"})


@pytest.mark.parametrize("filled", [{"answers": {"a": 1}}, *WRITTEN])
def test_one_thing_is_enough_to_send(filled: dict[str, Any]):
    reply = replace(NOTHING, **filled)
    assert not refused(rules.check_filled_in, reply, []) and reply.written is (filled in WRITTEN)


def test_nothing_at_all_is_not_sent_but_what_was_saved_counts():
    assert refused(rules.check_filled_in, NOTHING, []) and not NOTHING.written
    assert refused(rules.check_filled_in, replace(NOTHING, share=True), []), "there is nothing to share"
    assert not refused(rules.check_filled_in, NOTHING, ["progress"])


@pytest.mark.parametrize("goes", [{"share": True}, {"help_from": ["manager"]}, {"reached": "x"}, {"thanks": "x"}])
def test_by_a_slip_nothing_goes_to_others(goes: dict[str, Any]):
    assert refused(links.check_alone, replace(NOTHING, **goes))
    assert not refused(links.check_alone, replace(NOTHING, answers={"a": 1}, note="voor mij"))


def test_a_code_works_as_many_days_as_it_says():
    assert (links.works_until(TODAY) - TODAY).days == CODE_DAYS - 1, "the day it was made is the first"
    assert timedelta(days=CODE_DAYS) == links.CODE_LASTS and timedelta(weeks=6) == links.LINK_LASTS
    assert isinstance(links.Replaced(), Conflict) and links.Replaced().message == links.NO_CHECK_IN


def test_why_no_check_in_opens():
    assert settings.missing(True, []) == [] and settings.missing(True, ["council"]) == ["council"]
    assert settings.missing(False, ["council"]) == [settings.SWITCHED_OFF, "council"]


def test_a_mentor_is_thanked_after_four_weeks():
    end = TODAY + endings.THANKED_AFTER
    assert (timedelta(weeks=4), timedelta(days=30)) == (endings.THANKED_AFTER, endings.THANKED_WITHIN)
    assert not endings.NOTHING_SAID.again and not endings.NOTHING_SAID.thanks
    assert endings.worth_thanks(TODAY, end) and not endings.worth_thanks(TODAY, end - DAY)
    assert not endings.worth_thanks(None, end) and not endings.worth_thanks(TODAY, None)


def test_a_closing_check_in_is_asked_within_its_term_and_never_of_who_is_out():
    last = TODAY + MISSED_AFTER_DAYS * DAY
    assert endings.is_asked(TODAY, TODAY, ()) and endings.is_asked(TODAY, last, ())
    assert not endings.is_asked(TODAY, last + DAY, ()) and not endings.is_asked(None, TODAY, ())
    assert not endings.is_asked(TODAY, last, {last.toordinal()}), "not while out"
    assert endings.is_asked(TODAY, last + DAY, {last.toordinal()}), "a day out is added at the end"


def test_a_signal_is_looked_at_again_and_a_pause_ends():
    assert (timedelta(weeks=2), timedelta(weeks=4)) == (signals.LATER, signals.PAUSE)


def rule(name: str) -> Finding:
    return Finding(findings.RULE, findings.BOTH, TODAY, (TODAY,), name)


def test_one_failing_rule_is_told_at_a_time():
    help_asked = Finding(findings.HELP, "junior", TODAY, (TODAY,), "manager")
    found = [rule("site"), help_asked, rule("language"), help_asked]
    assert signals.one_rule(found, []) == [found[0], help_asked, help_asked]
    stands = Earlier(findings.RULE, findings.BOTH, None, "meeting")
    assert signals.one_rule(found, [stands]) == [help_asked, help_asked]
    closed, other = replace(stands, closed_at=NOW), replace(stands, kind=findings.HELP)
    assert signals.one_rule(found, [closed, other]) == [found[0], help_asked, help_asked]


def asked(posts: dict[int, Post], *, not_these: Any = (), away: Any = (), gone: Any = (), day: date = TODAY) -> Any:
    return choose(posts, EDE, not_these, Today(day, away, gone))


def test_the_confidant_of_a_site_is_asked_and_else_that_of_all():
    assert asked({}) is None and asked({ASSEN: Post(ANS)}) is None
    both = {EDE: Post(ANS), confidants.WHOLE: Post(BILAL), ASSEN: Post(COR)}
    assert asked(both) == Choice(ANS) and asked({confidants.WHOLE: Post(BILAL)}) == Choice(BILAL)
    assert asked(both, not_these=[ANS]) == Choice(BILAL), "nobody confides in their own mentor about them"
    assert asked(both, gone=[ANS]) == Choice(BILAL) and asked(both, gone=[ANS, BILAL]) is None
    assert asked(both, away=[ANS]) == Choice(ANS), "away, and nobody stands in: it waits for them"


def test_a_stand_in_is_asked_on_their_days_when_they_are_there():
    post = Post(ANS, stand_in_id=COR, first=TODAY, last=TODAY + DAY)
    instead = Choice(COR, in_place_of=ANS)
    days = [asked({EDE: post}, day=TODAY + number * DAY) for number in (-1, 0, 1, 2)]
    assert days == [Choice(ANS), instead, instead, Choice(ANS)]
    assert asked({EDE: post}, away=[COR]) == Choice(ANS) and asked({EDE: post}, gone=[COR]) == Choice(ANS)
    assert asked({EDE: post}, away=[COR, ANS]) == instead and asked({EDE: post}, not_these=[COR]) == Choice(ANS)
    assert asked({EDE: post}, away=[ANS]) == instead and asked({EDE: post}, gone=[ANS]) == instead
    for none in ({"first": None}, {"last": None}):
        assert asked({EDE: replace(post, **none)}) == Choice(ANS)


@pytest.mark.parametrize(
    ("who", "first", "last", "field"),
    [
        (ANS, 0, 1, "stand_in"),
        (COR, 2, 1, "until"),
        (COR, -3, -1, "until"),
        (COR, -3, 0, None),
        (COR, 1, 1, None),
    ],
)
def test_which_stand_ins_a_confidant_can_have(who: int, first: int, last: int, field: str | None):
    told = refused(confidants.check_stand_in, ANS, who, TODAY + first * DAY, TODAY + last * DAY, TODAY)
    assert (told and told.field) == field
