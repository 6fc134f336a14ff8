"""Who plays what in the demo, and what the demo lacks for every page to be seen with something on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect
from sqlmodel import Session, col, select

from mentorship.base import links
from mentorship.base.clock import local_date
from mentorship.checkins.confidants.models import Confidant
from mentorship.checkins.links.rules import LINK_PURPOSE
from mentorship.checkins.models import ANSWERED, OPEN, SKIPPED, CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.demo.visiting import who
from mentorship.growth.certificates.models import CertificateKind
from mentorship.growth.handover.models import HandoverPiece
from mentorship.growth.models import CourseFollowed, JobProfile
from mentorship.growth.path.models import PathChosen
from mentorship.hr_import.imports.models import TakenImport
from mentorship.hr_import.reading.files import Upload
from mentorship.hr_import.upload.actions import upload
from mentorship.hr_import.upload.models import DraftFile, ImportDraft
from mentorship.hr_import.writing.journal import packed
from mentorship.insight.planning.models import PlanningFeed
from mentorship.mentor_requests.models import MentorRequest, RequestOutcome
from mentorship.mentorships.goals.models import CLAIMED, SECONDING, Goal, LevelClaim
from mentorship.mentorships.meeting.models import MeetingPoint
from mentorship.mentorships.models import ACTIVE, PROPOSED, Mentorship
from mentorship.mentorships.questions.models import QuickQuestion
from mentorship.mentorships.rules import JUNIOR
from mentorship.people.access import Actor
from mentorship.people.models import Account, Person, PersonRole
from mentorship.people.queries import roles_of
from mentorship.people.second_factor.models import RecoveryCode, SecondFactor
from mentorship.people.second_factor.rules import new_recovery_codes, recovery_digest
from mentorship.privacy.requests.models import PrivacyRequest
from mentorship.profiles import actions as profiles
from mentorship.profiles.findable.models import Findable
from mentorship.profiles.findable.queries import is_found
from mentorship.profiles.models import Capacity, Domain
from mentorship.programme.consent.models import Consent
from mentorship.pulse.models import PulseInvited, PulseWave
from mentorship.pulse.questions import fingerprint
from mentorship.reminders.messages import actions as messages
from mentorship.reminders.messages.models import OF_PEOPLE
from mentorship.reminders.texts import actions as texts
from mentorship.reminders.texts.rules import Both, Words
from mentorship.rounds import actions as rounds
from mentorship.rounds import queries
from mentorship.rounds.models import ANNOUNCED, SOLVING, AnnouncedPair, Round, RoundPair, RoundUnmatched
from mentorship.rounds.review import actions as decisions
from mentorship.rounds.solution import unpack
from mentorship.rounds.solving import LOST_LOCK
from mentorship.rounds.standing import seen_by_request
from tests.browser.serving import be_in, give_code, give_password
from tests.hr_import.exports import changed, encoded

HALFWAY, CAREFUL = "halfway", "careful"
"""Who has a second factor: one whose code is still to come, and one who gave it."""


@dataclass
class Cast:
    """The personnel number per role, and the ids and secrets that pages are asked for with."""

    numbers: dict[str, str]
    ids: dict[str, Any] = field(default_factory=dict)
    codes: list[str] = field(default_factory=new_recovery_codes)

    def sign_in(self, page: Page, role: str) -> None:
        """Sign in as somebody; who is careful uses up a recovery code, and who is halfway still has to."""
        give_password(page, self.numbers[role])
        if role == HALFWAY:
            expect(page.locator("[name=code]")).to_be_visible()
            return
        if role == CAREFUL:
            give_code(page, self.codes.pop())
        be_in(page)

    def get_link(self, app: Flask) -> None:
        """Have the link of the open check-in, which stands in a mail."""
        settings = app.extensions["mentorship_settings"]
        self.ids["token"] = links.sign(settings, LINK_PURPOSE, self.ids["open"], app.config["CLOCK"]())


def complete(session: Session, now: datetime) -> Cast:
    """Choose the people and add rounds in the states that the demo has none in."""
    cast = Cast({role: number for _, number, role in who(session, now)})
    waiting = select(MentorRequest).where(MentorRequest.status == "open").order_by(col(MentorRequest.id))
    refused = select(Mentorship.junior_id).where(Mentorship.status == "refused")
    asker, free = session.exec(waiting.where(col(MentorRequest.person_id).not_in(refused)).limit(2)).all()
    cast.numbers["asker"] = session.get_one(Person, asker.person_id).number
    # somebody whose request is withdrawn, so that they can ask anew
    free.status = "withdrawn"
    cast.numbers["newcomer"] = session.get_one(Person, free.person_id).number
    # somebody whom the published round found nobody for, and who reads why
    told = waiting.join(RequestOutcome, col(RequestOutcome.request_id) == MentorRequest.id)
    unlucky = session.exec(told.where(MentorRequest.id != asker.id)).first()
    assert unlucky is not None
    cast.numbers["unlucky"] = session.get_one(Person, unlucky.person_id).number
    plain = select(Person).where(col(Person.id).not_in(select(PersonRole.person_id))).order_by(col(Person.id))
    nobody = session.exec(plain).first()
    assert nobody is not None
    cast.numbers["nobody"] = nobody.number
    first, last = local_date(now), local_date(now) + timedelta(days=13)
    session.add(PulseWave(id=99, opens_on=first, closes_on=last, grouping="role", asks=fingerprint()))
    session.flush()
    session.add(PulseInvited(wave_id=99, person_id=nobody.id or 0, grouped="other", invited_on=first))
    busy = session.exec(select(Mentorship).where(Mentorship.status == ACTIVE).order_by(col(Mentorship.id))).first()
    assert busy is not None
    cast.numbers["mentor"] = session.get_one(Person, busy.mentor_id).number
    profiles.set_pause(session, Actor(busy.mentor_id, roles_of(session, busy.mentor_id)), True, None, now)
    junior = select(Person.id).where(Person.number == cast.numbers[JUNIOR])
    own = select(Mentorship).where(Mentorship.status == PROPOSED, col(Mentorship.junior_id).in_(junior))
    proposal = session.exec(own).first()
    assert proposal is not None
    asked = session.exec(select(QuickQuestion).where(QuickQuestion.asker_id == proposal.junior_id)).first()
    assert asked is not None
    cast.ids.update(question=asked.id or 0, expert=_expert(session, asked))
    roomy = select(Capacity.person_id).where(col(Capacity.places) > 1).order_by(col(Capacity.person_id))
    jobs = select(JobProfile.id).order_by(col(JobProfile.id))
    kinds = select(CertificateKind.id).order_by(col(CertificateKind.id))
    cast.ids["kind"] = session.exec(kinds).first() or 0
    cast.ids.update(roomy=session.exec(roomy).first() or 0, job=session.exec(jobs).first() or 0)
    path = session.exec(select(PathChosen).where(col(PathChosen.shown)).order_by(col(PathChosen.person_id))).first()
    assert path is not None
    cast.numbers["grower"] = session.get_one(Person, path.person_id).number
    cast.ids["grower"] = path.person_id
    session.exec(sa.delete(CourseFollowed).where(col(CourseFollowed.person_id) == path.person_id))
    handed = session.exec(select(HandoverPiece).order_by(col(HandoverPiece.position).desc())).first()
    assert handed is not None
    cast.ids.update(leaver=handed.person_id, handed=handed.domain_id)
    cast.numbers["leaver"] = session.get_one(Person, handed.person_id).number
    cast.ids.update(active=busy.id or 0, proposed=proposal.id or 0, person=busy.mentor_id, junior=asker.person_id)
    running = select(Signal.id).join(Mentorship, col(Mentorship.id) == Signal.mentorship_id)
    running = running.where(Mentorship.status == ACTIVE, Signal.status == "open", Signal.kind == "apart")
    cast.ids["signal"] = session.exec(running.order_by(col(Signal.id))).first() or 0
    _goals(session, cast, busy, now)
    _meeting(session, busy, now)
    _check_ins(session, cast)
    _rounds(session, cast, now)
    _imports(session, cast, now)
    _closed(session, cast, now)
    _careful(session, cast, now)
    _rights(session, cast, now)
    return cast


def _meeting(session: Session, pair: Mentorship, now: datetime) -> None:
    """A first meeting with something agreed, something that waits for each, and something still to choose."""
    for point, agreed, proposed, side in (
        ("long", "half", "", ""),
        ("where", "", "work", "mentor"),
        ("reach", "call", "radio", "junior"),
        ("form", "instructor", "", ""),
    ):
        row = MeetingPoint(mentorship_id=pair.id or 0, point=point, agreed=agreed, proposed=proposed, chosen_at=now)
        row.side = side
        session.merge(row)


def _expert(session: Session, asked: QuickQuestion) -> int:
    """Somebody else who may be found, so that there is something to ask."""
    others = select(Findable.person_id).where(Findable.person_id != asked.asked_id)
    today = asked.asked_at.date()
    return next(one for one in session.exec(others) if is_found(session, asked.asker_id, one, today))


def _rights(session: Session, cast: Cast, now: datetime) -> None:
    """A confidant, a request about data that waits for an admin, and what was agreed."""
    nobody = session.exec(select(Person).where(Person.number == cast.numbers["nobody"])).one()
    post = session.exec(select(Confidant).where(Confidant.site_id == nobody.site_id)).first()
    session.add(post or Confidant(site_id=nobody.site_id, person_id=nobody.id or 0))
    if post is not None:
        post.person_id = nobody.id or 0
    asked = PrivacyRequest(
        asker_id=cast.ids["junior"], kind="correct", words="Kraan", received_at=now, due_on=now.date()
    )
    session.add(asked)
    session.flush()
    cast.ids["privacy"] = asked.id or 0
    cast.ids["consent"] = session.exec(select(Consent.id)).first() or 0


def _careful(session: Session, cast: Cast, now: datetime) -> None:
    """Two with a second factor, and recovery codes of one of them."""
    used = set(cast.numbers.values())
    query = (
        select(Person)
        .join(Account, col(Account.person_id) == Person.id)
        .where(col(Person.number).not_in(used))
        .order_by(col(Person.id).desc())
    )
    for role, person in zip((HALFWAY, CAREFUL), session.exec(query.limit(2)), strict=True):
        cast.numbers[role] = person.number
        session.add(SecondFactor(person_id=person.id or 0, secret="x", begun_at=now, confirmed_at=now))
    for code in cast.codes:
        session.add(RecoveryCode(person_id=person.id or 0, code_hash=recovery_digest(code)))


def _closed(session: Session, cast: Cast, now: datetime) -> None:
    """Somebody whose account a code opened, and who has to confirm that it is theirs."""
    used = set(cast.numbers.values())
    query = select(Person).where(col(Person.email).is_not(None), col(Person.number).not_in(used))
    found = session.exec(query.order_by(col(Person.id).desc())).first()
    assert found is not None and found.id is not None
    cast.numbers["closed"] = found.number
    account = session.get(Account, found.id) or Account(person_id=found.id, password_hash="x")
    account.closed_before, account.mailbox = now, found.email or ""
    session.add(account)


def _imports(session: Session, cast: Cast, now: datetime) -> None:
    """An export with causes and questions, one that is being read, and one that was taken in."""
    number = cast.numbers["coordinator"]
    person_id = session.exec(select(Person.id).where(Person.number == number)).one() or 0
    me = Actor(person_id, roles_of(session, person_id))
    files = changed("medewerkers.csv", 4, "Achternaam", "")
    files["medewerkers.csv"][2][7] = "Opperhoofd"
    files["medewerkers.csv"][0][12] = "Kleur"
    uploads = [Upload(name, encoded(rows)) for name, rows in files.items()]
    cast.ids["draft_import"] = upload(session, me, uploads, "", now).id
    reading = ImportDraft(person_id=person_id, created_at=now)
    session.add(reading)
    session.flush()
    session.add(DraftFile(draft_id=reading.id or 0, position=0, name="export.xlsx", content=b"PK"))
    taken = TakenImport(
        at=now,
        taken_by=person_id,
        files=["export.xlsx"],
        summary={"rows": 24, "aside": 1, "created": 20, "updated": 3, "left": [], "leavers": 2},
        journal=packed({}),
    )
    session.add(taken)
    session.flush()
    cast.ids.update({"read_import": reading.id, "import": taken.id})


def _goals(session: Session, cast: Cast, pair: Mentorship, now: datetime) -> None:
    """A pair with a goal, a level that waits for the mentor, and one that waits for a second."""
    cast.numbers["learner"] = session.get_one(Person, pair.junior_id).number
    nobody = session.exec(select(Person.id).where(Person.number == cast.numbers["nobody"])).one()
    taken = select(Goal.domain_id).where(Goal.mentorship_id == pair.id)
    free = session.exec(select(Domain.id).where(col(Domain.id).not_in(taken)).order_by(col(Domain.id))).all()
    waiting = [{}, {"status": CLAIMED}, {"status": SECONDING, "second_id": nobody, "evidence": "Zelf een pomp gesteld"}]
    by_then = local_date(now) + timedelta(weeks=9)
    for domain_id, values in zip(free, waiting, strict=False):
        made = {"made_at": now, "start_level": 1, "target_level": 3 if values else 4, "due_on": by_then}
        goal = Goal(mentorship_id=pair.id or 0, domain_id=domain_id or 0, **made)
        session.add(goal)
        session.flush()
        if values:
            claim = LevelClaim(goal_id=goal.id or 0, level=3, claimed_at=now, **values)
            session.add(claim)
            session.flush()
            cast.ids["claim"] = claim.id or 0
    cast.ids["domain"] = free[3] or 0


def _check_ins(session: Session, cast: Cast) -> None:
    """Somebody with a check-in to answer and one that they sent, and somebody who skipped one."""
    sent = select(CheckIn.person_id).where(CheckIn.status == ANSWERED, CheckIn.side == JUNIOR)
    waiting = select(CheckIn).where(CheckIn.status == OPEN, col(CheckIn.person_id).in_(sent)).order_by(col(CheckIn.id))
    asked = session.exec(waiting).first()
    assert asked is not None
    own = select(CheckIn).where(CheckIn.person_id == asked.person_id, CheckIn.status == ANSWERED)
    told = session.exec(own.order_by(col(CheckIn.id))).first()
    passed = session.exec(select(CheckIn).where(CheckIn.status == SKIPPED).order_by(col(CheckIn.id))).first()
    assert told is not None and passed is not None
    told.note, told.note_shared = "Vandaag zelf een pomp gereviseerd.", True
    cast.numbers["answerer"] = session.get_one(Person, asked.person_id).number
    cast.numbers["skipper"] = session.get_one(Person, passed.person_id).number
    cast.ids.update(open=asked.id or 0, sent=told.id or 0, skipped=passed.id or 0, checked=asked.mentorship_id)
    _slip(session, cast)


def _slip(session: Session, cast: Cast) -> None:
    """Somebody whose check-in came in by a slip that the coordinator made, and who is asked whether it was them."""
    others = select(Person.id).where(col(Person.number).in_(cast.numbers.values()))
    answered = select(CheckIn).where(CheckIn.status == ANSWERED, col(CheckIn.person_id).not_in(others))
    found = session.exec(answered.order_by(col(CheckIn.id).desc())).first()
    maker = session.exec(select(Person.id).where(Person.number == cast.numbers["coordinator"])).one()
    assert found is not None
    found.slip_by_id, found.slip_seen_at = maker, None
    cast.numbers["slipped"] = session.get_one(Person, found.person_id).number
    cast.ids["slip"] = found.id or 0


def _announced(session: Session, cast: Cast, me: Actor, now: datetime) -> None:
    """A round that waits for its managers, with a pair of which one is asked, who also keeps hours in a planning."""
    manager = session.exec(select(Person).where(Person.number == cast.numbers["manager"])).one()
    mentor_id = session.exec(select(Person.id).where(Person.manager_id == manager.id).order_by(col(Person.id))).first()
    alone = session.exec(select(RoundUnmatched.request_id).order_by(col(RoundUnmatched.request_id).desc())).first()
    assert mentor_id is not None and alone is not None
    told = rounds.open_round(session, me, name="Aangekondigde ronde", site_ids=[], now=now)
    told.status, told.solved_at, told.announced_at = ANNOUNCED, now, now
    told.objections_until = now + timedelta(days=5)
    pair = {"round_id": told.id or 0, "request_id": alone, "mentor_id": mentor_id}
    session.add(RoundPair(**pair, score=700_000))
    session.add(AnnouncedPair(**pair, announced_at=now, objections_until=told.objections_until))
    feed = PlanningFeed(
        token_hash="0" * 64, name="Planner", person_id=manager.id or 0, manager_id=manager.id, made_at=now
    )
    session.add(feed)
    session.flush()
    cast.ids.update(announced=told.id or 0, feed=feed.id or 0, manager=manager.id or 0)


def _written(session: Session, cast: Cast, me: Actor, now: datetime) -> None:
    """A message that was sent, to one by mail and one on paper, one that is being written, and a text that was kept."""
    people = list(
        session.exec(select(Person.id).where(col(Person.left_on).is_(None)).order_by(col(Person.id)).limit(4))
    )
    both = Both(
        Words("Vrijdag samen aan tafel", "Vrijdag om drie uur is er koffie in de kantine.\n\nTot dan, {voornaam}?"),
        Words("Coffee together on Friday", "On Friday at three there is coffee.\n\nSee you, {first name}?"),
    )
    ids = []
    for _ in range(2):
        made = messages.begin(session, me, OF_PEOPLE, [one for one in people if one], now)
        messages.write(session, me, made.id or 0, both, "message", now)
        ids.append(made.id or 0)
    session.get_one(Person, people[0]).email = None
    session.flush()
    messages.send(session, me, ids[0], 2, now, mails=True)
    text = texts.keep(session, me, "Koffie op vrijdag", both, now)
    cast.ids.update(message=ids[0], letter=ids[1], text=text.id or 0)


def _rounds(session: Session, cast: Cast, now: datetime) -> None:
    number = cast.numbers["coordinator"]
    person = session.exec(select(Person).where(Person.number == number)).one()
    me = Actor(person.id or 0, roles_of(session, person.id or 0))
    found = {r.status: r for r in session.exec(select(Round))}
    solved = found["solved"].id or 0
    pairs = session.exec(select(RoundPair).where(RoundPair.round_id == solved)).all()
    solution = unpack(found["solved"].problem or b"")
    pair = next((one for one in pairs if len(solution.choices(one.request_id, None)) > 1), None)
    alone = session.exec(select(RoundUnmatched).where(RoundUnmatched.round_id == solved)).first()
    assert pair is not None and alone is not None
    draft = rounds.open_round(session, me, name="Voorjaarsronde", site_ids=[], now=now)
    for kind, mentor in (("lock", pair.mentor_id), ("forbid", cast.ids["person"])):
        known = seen_by_request(queries.overrides(session, draft.id or 0))
        asked = decisions.Asked(pair.request_id, mentor, known.get(pair.request_id, ""))
        draft = decisions.decide(session, me, draft.id or 0, [asked], kind=kind, now=now)
    draft.failure = LOST_LOCK
    solving = rounds.open_round(session, me, name="Lopende ronde", site_ids=[], now=now)
    solving.status, solving.claimed_at, solving.stage = SOLVING, now, "solve"  # another worker is at it
    _announced(session, cast, me, now)
    _written(session, cast, me, now)
    cast.ids.update(
        published=found["published"].id or 0,
        solved=solved,
        draft=draft.id or 0,
        solving=solving.id or 0,
        matched=pair.request_id,
        pairable=session.get_one(MentorRequest, pair.request_id).person_id,
        guides=pair.mentor_id,
        unmatched=alone.request_id,
    )
