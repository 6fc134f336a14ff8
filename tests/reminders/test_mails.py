"""The mails, letter for letter, in both languages (golden/mail). UPDATE_GOLDEN=1 rewrites them: then read them."""

from __future__ import annotations

import os
import pathlib
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from email.message import EmailMessage
from html import unescape

import html5lib
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, select

from mentorship.base.clock import local_date, wall_time
from mentorship.base.i18n import long_day, use_locale
from mentorship.base.mail import Mail, mailbox, via, written
from mentorship.base.mail_kinds import UNDO_LASTS
from mentorship.checkins.actions import close_missed
from mentorship.checkins.due import last_day
from mentorship.checkins.endings.actions import end
from mentorship.checkins.endings.rules import Parting
from mentorship.checkins.links.actions import note_closed
from mentorship.checkins.links.opening import Opened
from mentorship.checkins.models import CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.growth.certificates.models import Certificate, CertificateKind
from mentorship.leaving import actions as leaving
from mentorship.mentor_requests.models import MentorRequest, RequestOutcome
from mentorship.mentorships import rules as rules_of_pairs
from mentorship.mentorships.acting import actions as acting
from mentorship.mentorships.acting import planning
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.models import ClosingWord, Mentorship
from mentorship.mentorships.pace.slowing import slow
from mentorship.mentorships.proposals.actions import expire_proposals, withdraw
from mentorship.mentorships.questions import actions as questions
from mentorship.mentorships.questions.models import QuickQuestion
from mentorship.mentorships.questions.queries import days as question_days
from mentorship.operations.signing_out.actions import end_everywhere
from mentorship.people.access import COORDINATOR, Actor
from mentorship.people.account import actions as account_actions
from mentorship.people.account import rules
from mentorship.people.addresses.actions import tell_old
from mentorship.people.closed import actions as closed
from mentorship.people.identity_provider import actions as provided
from mentorship.people.identity_provider.rules import Identity
from mentorship.people.models import Account, Person, PersonRole
from mentorship.people.second_factor import actions as factors
from mentorship.people.tablet import actions as tablets
from mentorship.profiles.filled import actions as filled
from mentorship.profiles.findable.actions import be_found
from mentorship.profiles.models import Capacity, Domain
from mentorship.programme.models import Programme
from mentorship.pulse.models import PulseInvited, PulseWave
from mentorship.pulse.questions import fingerprint
from mentorship.reminders.managers.actions import ask_again
from mentorship.reminders.messages import actions as messages
from mentorship.reminders.models import MailPreference
from mentorship.reminders.proposals.actions import remind
from mentorship.reminders.texts.rules import Both, Words
from mentorship.rounds.announcing.rules import end_of
from mentorship.rounds.models import AnnouncedPair, Round
from tests.checkins.stage import plant
from tests.reminders.conftest import Post, words
from tests.rounds.stage import Stage

GOLDEN = pathlib.Path(__file__).parents[1] / "golden" / "mail"
HEADERS = (
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Auto-Submitted",
    "Precedence",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
)
WHO = {
    "proposal": ("junior",),
    "proposals": ("senior",),
    "accepted": ("junior", "senior"),
    "check-in": ("junior",),
    "refused": ("other_junior", "other_senior"),
    "invitation": ("nobody",),
    "expired": ("junior", "senior"),
    "help": ("coordinator",),
    "signal": ("senior",),
    "level": ("senior",),
    "thanks": ("manager",),
    "line": ("manager", "coordinator"),
    "leaves": ("junior", "manager"),
    "last-day": ("senior",),
    "stays": ("junior",),
    "left": ("junior",),
    "filled-in": ("other_senior",),
    "helper-left": ("other_junior",),
    "code-made": ("junior",),
    "card-made": ("junior",),
    "confirm": ("junior",),
    "provider": ("junior",),
    "break-glass": ("coordinator",),
    "second-factor": ("junior",),
    "address": ("junior",),
    "signed-out": ("junior",),
    "slip": ("junior",),
    "proposal-again": ("nobody",),
    "hours-again": ("manager",),
    "withdrawn": ("nobody", "colleague"),
    "nobody": ("nobody",),
    "announced": ("manager",),
    "object-soon": ("manager",),
    "pauses": ("junior", "colleague"),
    "goes-on": ("junior",),
    "runs-until": ("colleague",),
    "slower": ("junior", "manager"),
    "ends-soon": ("junior", "colleague"),
    "certificate-ends": ("other_senior",),
    "pulse": ("colleague",),
    "pulse-again": ("colleague",),
    "ends-on": ("junior",),
    "no-end": ("junior",),
    "ended": ("junior",),
    "ended-well": ("junior",),
    "message": ("junior",),
    "question": ("colleague",),
    "question-yes": ("junior",),
    "question-off": ("colleague",),
    "question-no": ("other_junior",),
}


def everything(stage: Stage, post: Post, monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], EmailMessage]:
    """Let everything happen of which there is mail; return the mails by kind and reader."""
    made = stage.organisation
    found: dict[tuple[str, str], EmailMessage] = {}

    def take(kind: str) -> None:
        for message in post.go():
            found[kind, message["To"].addresses[0].username] = message

    first = made.pair("senior", "junior")
    made.session.commit()
    take("proposal")
    found.clear()
    second, third = made.pair("senior", "other_junior"), made.pair("other_senior", "other_junior")
    made.session.commit()
    take("proposals")
    found["proposal", "junior"] = next(m for m in post.taken if m["To"].addresses[0].username == "junior")
    for key in ("junior", "senior"):
        stage.answer(key, first, True)
    take("accepted")
    plant(made.session, made, first, "junior")
    made.session.commit()
    take("check-in")
    for key, pair in (("senior", second), ("other_junior", third)):
        stage.answer(key, pair, False)
    take("refused")
    monkeypatch.setattr(rules, "new_code", lambda: "ABCDEFGHJKMN")
    address = post.settings.link("/account/activate")
    stage.act(account_actions.invite, stage.coordinator, [stage.person("nobody")], address, stage.now)
    take("invitation")
    about_an_account(stage)
    for message in post.go():
        found["code-made" if "code" in str(message["Subject"]) else "confirm", "junior"] = message
    guiding(stage, first)
    take("mixed")
    for kind, who in (("help", "coordinator"), ("signal", "senior"), ("level", "senior"), ("thanks", "manager")):
        found[kind, who] = sent(post, kind, who)
    made.session.execute(sa.delete(MailPreference))
    made.pair("colleague", "other_junior", proposed_at=stage.now - timedelta(days=20))
    made.session.commit()
    take("line")
    stage.act(expire_proposals, stage.now)
    for message in post.go():
        who = message["To"].addresses[0].username
        found["expired", "senior" if who == "colleague" else "junior"] = message
    before = stage.now - UNDO_LASTS
    leaver = stage.person("senior")
    stage.act(leaving.set_last_day, stage.coordinator, leaver, stage.now.date() + timedelta(days=10), before)
    take("leaves")
    found["last-day", "senior"] = found["leaves", "senior"]
    stage.act(leaving.take_back, stage.coordinator, leaver, before)
    take("stays")
    stage.act(leaving.set_last_day, stage.coordinator, leaver, stage.now.date() - timedelta(days=1), before)
    take("left")
    last_words(stage, before)
    take("last")
    second_factor = Actor(stage.person("junior"), frozenset())
    stage.act(factors.begin, second_factor, ["k"], before)
    stage.act(factors.reset, second_factor, stage.person("junior"), before)
    take("second-factor")
    stage.act(end_everywhere, Actor(stage.person("hr"), frozenset()), stage.person("junior"), before)
    take("signed-out")
    about_the_provider(stage, before)
    take("provider")
    found["break-glass", "coordinator"] = found["provider", "coordinator"]
    before_it = {stage.person("junior"): "junior@vroeger.example"}
    stage.act(tell_old, before_it, stage.coordinator.person_id, before)
    take("address")
    answered = {"due_on": stage.now.date() - timedelta(days=1), "status": "answered", "closed_at": before}
    by_slip = plant(made.session, made, first, "junior", slip_by_id=stage.person("manager"), **answered)
    made.session.commit()
    stage.act(
        lambda session: note_closed(session, Opened(session.get_one(CheckIn, by_slip), stage.person("manager")), before)
    )
    take("slip")
    stage.act(tablets.make_cards, stage.coordinator, [stage.person("junior")], stage.now)
    take("card-made")
    waits = about_a_proposal(stage)
    take("mixed")
    stage.act(remind, stage.coordinator, [waits], before)
    take("proposal-again")
    stage.act(withdraw, stage.coordinator, waits, before)
    take("withdrawn")
    nobody_found(stage, waits)
    take("nobody")
    a_pair_announced(stage, stage.now, until=stage.now + timedelta(days=7))
    take("announced")
    a_pair_announced(stage, stage.now - timedelta(days=4), until=stage.now + timedelta(days=1))
    take("object-soon")
    about_a_change(stage, take)
    about_friday(stage, before)
    take("message")
    about_a_question(stage, take)
    hours_wait(stage, before)
    take("hours-again")
    a_certificate_ends(stage)
    take("certificate-ends")
    the_pulse_asks(stage, days=0)
    take("pulse")
    the_pulse_asks(stage, days=9)
    take("pulse-again")
    found["filled-in", "other_senior"] = found["last", "other_senior"]
    found["helper-left", "other_junior"] = found["last", "other_junior"]
    return {key: message for key, message in found.items() if key[0] != "mixed"}


def a_certificate_ends(stage: Stage) -> None:
    """Somebody has a certificate that ends in forty days."""
    made, today = stage.organisation, local_date(stage.now)
    kind = CertificateKind(name="VCA basisveiligheid", name_en="VCA basic safety", months=120)
    made.session.add(kind)
    made.session.flush()
    mine = {"person_id": stage.person("other_senior"), "noted_by": stage.person("other_senior")}
    days = {"got_on": today - timedelta(days=900), "ends_on": today + timedelta(days=40), "noted_at": stage.now}
    made.session.add(Certificate(kind_id=kind.id or 0, **mine, **days))
    made.session.commit()


def the_pulse_asks(stage: Stage, days: int) -> None:
    """A pulse of two weeks asked somebody so many days ago."""
    made, first = stage.organisation, local_date(stage.now) - timedelta(days=days)
    last = {"opens_on": first, "closes_on": first + timedelta(days=13)}
    made.session.merge(PulseWave(id=1, grouping="role", asks=fingerprint(), **last))
    made.session.flush()
    asked = {"person_id": stage.person("colleague"), "grouped": "senior", "invited_on": first}
    made.session.merge(PulseInvited(wave_id=1, **asked))
    made.session.commit()


def hours_wait(stage: Stage, before: datetime) -> None:
    """The coordinator asks a manager again for hours that wait."""
    mentor = stage.person("colleague")
    stage.change(Programme, 1, confirm_hours=True)
    stage.change(Capacity, mentor, places=2, hours=Decimal(9), confirmed_hours=None, answered_hours=None)
    stage.act(ask_again, stage.coordinator, mentor, before)


def about_a_proposal(stage: Stage) -> int:
    """Make a proposal to two who had none."""
    made = stage.organisation
    asked = made.asks("nobody")
    made.session.get_one(MentorRequest, asked).status = "placed"
    waits = made.pair("colleague", "nobody", request_id=asked)
    made.session.commit()
    return waits


def a_pair_announced(stage: Stage, at: datetime, until: datetime) -> None:
    """Announce a pair until the end of a day."""
    made = stage.organisation
    made.session.execute(sa.delete(AnnouncedPair))
    made.session.execute(sa.delete(Round))
    request = made.session.exec(select(MentorRequest.id)).first()
    assert request is not None
    stated = {"weights": {}, "floor": 0.3, "spread": 0.02, "created_at": at, "status": "announced"}
    held = Round(name="Winter", objections_until=end_of(until.date()), announced_at=at, **stated)
    made.session.add(held)
    made.session.flush()
    pair = {"round_id": held.id, "request_id": request, "mentor_id": stage.person("colleague")}
    made.session.add(AnnouncedPair(**pair, announced_at=at, objections_until=end_of(until.date())))
    made.session.commit()


def about_a_change(stage: Stage, take: Callable[[str], None]) -> None:
    """A pair pauses, goes on, is meant to run for six days more, and ends: not so well, then well and with thanks.

    Of the second it is said that it ends on a day, and taken back.
    """
    made, now = stage.organisation, stage.now
    before = now - UNDO_LASTS
    pair = made.pair("colleague", "junior", "active", started_on=local_date(now))
    other = made.pair("other_senior", "junior", "active", started_on=local_date(now))
    made.session.commit()
    take("mixed")
    coordinator = Actor(stage.person("coordinator"), frozenset({COORDINATOR}))
    stage.act(acting.pause, coordinator, pair, local_date(now) + timedelta(days=21), before)
    take("pauses")
    stage.act(acting.resume, Actor(stage.person("colleague"), frozenset()), pair, before)
    take("goes-on")
    stage.act(acting.expect, Actor(stage.person("junior"), frozenset()), pair, local_date(now) + timedelta(20), before)
    take("runs-until")
    goal = {"domain_id": made.domains["Pneumatiek"], "start_level": 1, "target_level": 3, "made_at": now}
    made.session.add(Goal(mentorship_id=pair, due_on=local_date(now) + timedelta(days=40), **goal))
    made.session.commit()
    stage.act(slow, coordinator, pair, 4, before)
    take("slower")
    made.session.get_one(Mentorship, pair).expected_end = local_date(now) + timedelta(days=6)
    made.session.commit()
    take("ends-soon")
    stage.act(end, Actor(stage.person("colleague"), frozenset()), pair, before, Parting("not_fitting"))
    take("ended")
    day = local_date(now) + timedelta(days=30)
    said = {"ended_as": "time", "thanks": "Mooi gedaan, jullie twee."}
    stage.act(planning.plan_end, coordinator, other, day, before - timedelta(seconds=1), **said)
    take("ends-on")
    stage.act(planning.let_go_on, coordinator, other, before)
    take("no-end")
    stage.act(end, coordinator, other, before, Parting("reached", "Mooi gedaan, jullie twee."))
    take("ended-well")


def about_friday(stage: Stage, before: datetime) -> None:
    """The coordinator writes to somebody, in both languages."""
    both = Both(
        Words("Vrijdag samen aan tafel", "Vrijdag om drie uur is er koffie.\n\nKom je ook, {voornaam}?\nTot dan."),
        Words("Coffee together on Friday", "On Friday there is coffee.\n\nWill you come, {first name}?\nSee you."),
    )
    made = stage.act(messages.begin, stage.coordinator, "people", [stage.person("junior")], before)
    stage.act(messages.write, stage.coordinator, made.id, both, "message", before)
    stage.act(messages.send, stage.coordinator, made.id, made.version + 1, before, mails=True)


def about_a_question(stage: Stage, take: Callable[[str], None]) -> None:
    """Somebody is asked to let another walk along, says yes, and it is called off; to another they say no."""
    made, before = stage.organisation, stage.now - UNDO_LASTS
    asked = Actor(stage.person("colleague"), frozenset())
    if made.session.get(Account, asked.person_id) is None:
        made.session.add(Account(person_id=asked.person_id, password_hash="x"))
        made.session.commit()
    stage.act(be_found, asked, found=True, now=before)
    ids = []
    for key in ("junior", "other_junior"):
        asker = Actor(stage.person(key), frozenset())
        row = stage.act(questions.ask, asker, asked.person_id, before, words="Nooit in een mail", along=key == "junior")
        ids.append(row.id)
        take("question")

    def offered(session: Session) -> list[date]:
        return question_days(session, session.get_one(QuickQuestion, ids[0]), local_date(before))

    days = stage.read(offered)
    stage.act(questions.answer, asked, ids[0], before, day=days[0], said_yes=True)
    take("question-yes")
    stage.act(questions.call_off, Actor(stage.person("junior"), frozenset()), ids[0], before)
    take("question-off")
    stage.act(questions.answer, asked, ids[1], before, said_yes=False)
    take("question-no")


def nobody_found(stage: Stage, withdrawn: int) -> None:
    """A round finds nobody for whom that proposal was."""
    made = stage.organisation
    request_id = made.session.get_one(Mentorship, withdrawn).request_id
    counts = {"able": 4, "reachable": 3, "free": 0, "fitting": 0}
    made.session.add(RequestOutcome(request_id=request_id, round_name="Herfstronde", told_at=stage.now, **counts))
    made.session.commit()


def about_an_account(stage: Stage) -> None:
    """A new code is made for an account that has a password, and its owner asks for the link to their mailbox."""
    number = stage.person("junior")
    mailbox = stage.read(lambda session: session.get_one(Person, number).email)
    stage.act(lambda session: session.add(Account(person_id=number, password_hash="x", mailbox=mailbox)))
    stage.act(account_actions.issue_codes, stage.coordinator, [number], stage.now)
    stage.act(closed.ask_to_confirm, Actor(number, frozenset()), "/confirming/link#code=abc", stage.now)


def about_the_provider(stage: Stage, before: datetime) -> None:
    """A junior comes in by the provider for the first time, and somebody past it, of which an admin hears."""
    made = stage.organisation
    made.session.add(PersonRole(person_id=stage.person("coordinator"), role="admin"))
    made.session.commit()
    identity = Identity("https://provider.example", "one", claims={})

    def come(session: Session, now: datetime) -> None:
        provided.link(session, session.get_one(Person, stage.person("junior")), identity, now, keeps=True)
        provided.note_break_glass(session, stage.person("senior"), now)

    stage.act(come, before)


def last_words(stage: Stage, before: datetime) -> None:
    """The coordinator fills in two sections for a mentor, and whom a junior asked for help leaves."""
    made = stage.organisation
    pair = made.pair("other_senior", "other_junior", status="active")
    asked = {"kind": "help", "side": "junior", "about": "manager", "asked_id": stage.person("other_manager")}
    made.session.add(Signal(mentorship_id=pair, since=stage.now.date(), raised_at=stage.now, **asked))
    made.session.commit()
    mentor = stage.person("other_senior")
    stage.act(filled.give_places, stage.coordinator, mentor, 2, Decimal(6), before)
    stage.act(filled.give_roster, stage.coordinator, [mentor], made.rosters["DAG"], before)
    gone = stage.now.date() - timedelta(days=1)
    stage.act(leaving.set_last_day, stage.coordinator, stage.person("other_manager"), gone, before)


def guiding(stage: Stage, pair: int) -> None:
    """Somebody asks for help, the mentor answers low, a level waits, and another pair of the mentor has ended."""
    made, now = stage.organisation, stage.now
    made.mentor("colleague", manager="manager")
    made.session.flush()
    language = made.session.get_one(Person, made.people["senior"]).locale
    guide = made.session.get_one(Person, made.people["colleague"])
    guide.email, guide.locale = "colleague@example.nl", language
    other = made.pair(
        "senior", "other_junior", status="ended", started_on=now.date() - timedelta(days=70), ended_on=now.date()
    )
    goal = Goal(mentorship_id=pair, domain_id=made.domain("Pneumatiek"), start_level=1, target_level=3, made_at=now)
    made.session.add(goal)
    made.session.flush()
    made.session.add_all(
        [
            LevelClaim(goal_id=goal.id or 0, level=2, claimed_at=now),
            Signal(
                mentorship_id=pair, kind="help", side="junior", about="coordinator", since=now.date(), raised_at=now
            ),
            Signal(mentorship_id=pair, kind="lowest", side="mentor", since=now.date(), raised_at=now),
            ClosingWord(mentorship_id=other, side="junior", thanks="Dank voor je geduld en je uitleg."),
        ]
    )
    made.session.commit()


SUBJECTS = {
    "help": "hulp|help",
    "signal": "begeleiden nog|Is mentoring still",
    "level": "stap|a step",
    "thanks": "Bedank|Thank",
}


def sent(post: Post, kind: str, who: str) -> EmailMessage:
    """Return the one mail of a kind that went to somebody."""
    (found,) = [
        m for m in post.taken if m["To"].addresses[0].username == who and re.search(SUBJECTS[kind], str(m["Subject"]))
    ]
    return found


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_letter_for_letter(stage: Stage, post: Post, locale: str, kind: str, monkeypatch: pytest.MonkeyPatch):
    stage.organisation.speak(locale)
    found = everything(stage, post, monkeypatch)
    assert set(found) >= {(name, who) for name, readers in WHO.items() for who in readers}
    for name, readers in WHO.items():
        for who in readers:
            message = found[name, who]
            head = "".join(f"{h}: {message[h]}\n" for h in HEADERS if message[h])
            for ending, text in (("txt", f"{head}\n{words(message)}"), ("html", words(message, "html"))):
                path = GOLDEN / f"{name}-{who}.{locale}.{ending}"
                if os.environ.get("UPDATE_GOLDEN") and kind == "sqlite":
                    path.write_text(text)
                assert path.read_text() == text, f"{path.name} differs; UPDATE_GOLDEN=1 rewrites it"


def test_every_golden_mail_is_of_now():
    known = {
        f"{name}-{who}.{locale}.{ending}"
        for name, readers in WHO.items()
        for who in readers
        for locale in ("nl", "en")
        for ending in ("txt", "html")
    }
    assert {path.name for path in GOLDEN.iterdir()} == known


def test_html_is_valid_and_asks_nothing_of_anybody_else(stage: Stage, post: Post, monkeypatch: pytest.MonkeyPatch):
    for key, message in everything(stage, post, monkeypatch).items():
        html = words(message, "html")
        parser = html5lib.HTMLParser(strict=False)
        tree = parser.parse(html)
        assert not parser.errors, key
        tags = {e.tag.rpartition("}")[2] for e in tree.iter() if isinstance(e.tag, str)}
        assert not tags & {"img", "script", "link", "style", "iframe", "form"}, "no pictures, no tracking"
        links = [unescape(link) for link in re.findall(r'(?:href|src)="([^"]+)"|url\(', html)]
        assert links and all(link.startswith(post.settings.public_url) for link in links)
        assert set(re.findall(r"https?://\S+", words(message))) == set(links), "the text has the same links"


def sentences(html: str) -> list[str]:
    """Return what stands in the html of a mail to be read, paragraph by paragraph."""
    shown = html.partition("<table")[2].partition(">")[2]
    apart = re.split(r"</?(?:p|td|tr|table|br)\b[^>]*>", shown)
    plain = [" ".join(unescape(re.sub(r"<[^>]+>", "", part)).split()) for part in apart]
    return [text for text in plain if text and text != "Leermaat" and not text.startswith("https://")]


def test_the_text_says_what_the_html_says(stage: Stage, post: Post, monkeypatch: pytest.MonkeyPatch):
    for key, message in everything(stage, post, monkeypatch).items():
        told = re.sub(r"https?://\S+", "", words(message))
        for sentence in sentences(words(message, "html")):
            assert sentence in told, key
            told = told.replace(sentence, "", 1)
        left = re.sub("-- |:", "", told)
        assert left.split() == [], key


def test_outlook_reads_one_table_with_a_button_that_is_a_cell(stage: Stage, post: Post):
    stage.organisation.pair("senior", "junior")
    stage.organisation.session.commit()
    html = words(post.go()[0], "html")
    assert html.count("<table") == 1 and 'width="600"' in html and 'role="presentation"' in html
    assert re.search(r'<td [^>]*bgcolor="#\w+"[^>]*mso-padding-alt[^>]*><a ', html)
    assert "font:" not in html, "the shorthand is none of Outlook's"
    assert all("font-family:" in cell for cell in re.findall(r"<td[^>]*>", html))


@pytest.mark.parametrize(
    ("reach", "to"), [("vragen@example.nl", "Ans Ölie <vragen@example.nl>"), ("06 12345678", None), ("", None)]
)
def test_an_answer_goes_to_whom_people_ask(stage: Stage, post: Post, session: Session, reach: str, to: str | None):
    settings = session.get_one(Programme, 1)
    settings.contact_name, settings.contact_reach = "Ans\r\nÖlie", reach
    stage.organisation.pair("senior", "junior")
    session.commit()
    for message in post.go():
        assert message["Reply-To"] == to and message["Bcc"] is None
        assert "Ans" in words(message)


def test_a_proposal_says_until_when_it_can_be_answered(stage: Stage, post: Post):
    stage.organisation.speak("en")
    stage.organisation.pair("senior", "junior")
    stage.organisation.session.commit()
    told = words(post.go()[0])
    last = rules_of_pairs.last_day(local_date(stage.now), 14)
    with use_locale("en"):
        assert f"until and including {long_day(last)}." in told
    assert stage.act(expire_proposals, wall_time(last, 23)) == []
    assert len(stage.act(expire_proposals, wall_time(last + timedelta(days=1), 1))) == 1


def test_a_check_in_says_until_when_it_can_be_sent(stage: Stage, post: Post):
    made = stage.organisation
    made.speak("en")
    pair = made.pair("senior", "junior", "active", started_on=local_date(stage.now))
    plant(made.session, made, pair, "junior")
    made.session.commit()
    last = last_day(local_date(stage.now))
    told = next(words(m) for m in post.go() if "Two minutes" in str(m["Subject"]))
    with use_locale("en"):
        assert f"until and including {long_day(last)}, or" in told
    assert stage.act(close_missed, wall_time(last, 23)) == 0
    assert stage.act(close_missed, wall_time(last + timedelta(days=1), 1)) == 1


def test_every_link_leads_somewhere(app: Flask, stage: Stage, post: Post, visit, monkeypatch: pytest.MonkeyPatch):
    for (_, who), message in everything(stage, post, monkeypatch).items():
        client = visit(who)
        for link in re.findall(r"https?://\S+", words(message)):
            path = link.removeprefix(post.settings.public_url) or "/"
            answer = visit(None).get(path) if path.startswith(("/account/activate", "/mail")) else client.get(path)
            if answer.status_code == 303:  # a pair that began has a page of its own
                answer = client.follow(answer)
            assert answer.status_code == 200 and 'role="alert"' not in answer.text, path


def test_a_proposal_names_nobody_in_its_subject_nor_in_its_words(stage: Stage, post: Post):
    stage.organisation.pair("senior", "junior")
    stage.organisation.session.commit()
    for message in post.go():
        other = "Senior" if message["To"].addresses[0].username == "junior" else "Junior"
        assert other not in message.as_string()


WICKED = "Jan\r\nBcc: x@boef.example\r\n\r\n<script>alert(1)</script>"


def test_a_name_writes_no_header_and_no_html(stage: Stage, post: Post, session: Session):
    pair = stage.organisation.pair("senior", "junior")
    for key in ("junior", "senior"):
        session.get_one(Person, stage.person(key)).given_name = WICKED
    session.get_one(Domain, session.get_one(Mentorship, pair).domain_id).name = WICKED
    session.commit()
    for key in ("junior", "senior"):
        stage.answer(key, pair, True)
    found = post.go()
    assert len(found) == 2
    for message in found:
        raw = message.as_bytes()
        assert raw.count(b"\nTo:") == 1 and b"\nBcc:" not in raw.partition(b"\r\n\r\n")[0]
        assert message["Bcc"] is None and len(message["To"].addresses) == 1
        assert message["To"].addresses[0].domain == "example.nl"
        assert "<script" not in words(message, "html")


@pytest.mark.parametrize("name", [WICKED, 'A "b" <c@d.example>, e@f.example', "Zoë", "é" * 200, "=?utf-8?q?x?=", ""])
def test_a_mailbox_has_one_address_whatever_the_name(stage: Stage, name: str):
    mail = Mail(mailbox(name, "a@example.nl"), f"over {name}", "x", "<p>x</p>", {"List-Unsubscribe": f"<x>{name}"})
    message = written(mail, "Leermaat <post@example.nl>", "<1@example.nl>", stage.now)
    assert [a.addr_spec for a in message["To"].addresses] == ["a@example.nl"]
    head = message.as_bytes().partition(b"\r\n\r\n")[0].replace(b"\r\n ", b"")
    names = [line.partition(b":")[0] for line in head.split(b"\r\n")]
    assert sorted(set(names)) == sorted(names), "no header twice, and none of somebody's own"
    assert names[:6] == [b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Auto-Submitted"]


@pytest.mark.parametrize(
    ("sender", "company", "written_as"),
    [
        ("Leermaat <post@example.nl>", "Jansen Techniek", "Jansen Techniek via Leermaat <post@example.nl>"),
        ("post@example.nl", "Jansen Techniek", "Jansen Techniek via Leermaat <post@example.nl>"),
        ("Leermaat <post@example.nl>", "", "Leermaat <post@example.nl>"),
        ("HR <post@example.nl>", "Jansen Techniek", "HR <post@example.nl>"),  # whoever runs the service chose that
        ("Leermaat <post@example.nl>", "A\r\nBcc: x@y.example", '"A Bcc: x@y.example via Leermaat" <post@example.nl>'),
    ],
)
def test_the_sender_names_the_company(sender: str, company: str, written_as: str):
    assert via(sender, company) == written_as


def test_the_company_and_who_made_the_account_stand_in_an_invitation(stage: Stage, post: Post, session: Session):
    made = stage.organisation
    made.speak("en")
    settings = session.get_one(Programme, 1)
    settings.organisation, settings.contact_name = "Jansen Techniek", "Ans Ölie"
    session.commit()
    address = post.settings.link("/account/activate")
    stage.act(account_actions.invite, stage.coordinator, [stage.person("nobody")], address, stage.now)
    (message,) = [m for m in post.go() if m["To"].addresses[0].username == "nobody"]
    assert message["From"] == "Jansen Techniek via Leermaat <post@leermaat.example.nl>"
    assert message["Subject"] == "Jansen Techniek: Your account with Leermaat"
    told = words(message)
    assert told.startswith("Jansen Techniek · Leermaat\n")
    assert "Coordinator Proef made an account for you" in told and "Ask Ans Ölie." in told


def test_a_reminder_says_that_it_is_one(stage: Stage, post: Post):
    made = stage.organisation
    made.speak("en")
    pair = made.pair("senior", "junior", "active", started_on=local_date(stage.now))
    plant(made.session, made, pair, "junior")
    made.session.commit()
    first = {str(m["Subject"]) for m in post.go()}
    assert "How is it going? Two minutes" in first
    later = {str(m["Subject"]) for m in post.go(stage.now + timedelta(days=3))}
    assert "Reminder: How is it going? Two minutes" in later
