"""Every mail once: asked for twice, two workers, a kill at the worst moment, a clock that jumps."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base import delivery, outbox
from mentorship.base.db import open_session
from mentorship.base.mail import Declined, Send, Transport
from mentorship.base.outbox import LEASE, OutboxRow
from tests.outbox.conftest import DAY, Office
from tests.outbox.postbox import Postbox
from tests.rounds.stage import at_once, in_the_middle

LATER = LEASE + timedelta(seconds=1)
HOUR, WHOLE_DAY = timedelta(hours=1), timedelta(days=1)


class Killed(BaseException):
    """As kill -9: nothing in the service handles it."""


class Dying:
    """Dies at a step of the first mail: "before" the server has it, or "after" its yes and before our note."""

    def __init__(self, way: Transport, when: str) -> None:
        self.sender, self._way, self._when = way.sender, way, when

    @contextmanager
    def opened(self, seconds: float) -> Iterator[Send]:
        with self._way.opened(seconds) as send:

            def die(message: EmailMessage) -> None:
                if self._when == "after":
                    send(message)
                raise Killed

            yield die


def test_one_row_per_key_and_one_mail(office: Office, postbox: Postbox):
    office.ask(1, 2)
    office.ask(1, 2)
    office.ask(1, about="7")
    office.ask(1, due_on=DAY + WHOLE_DAY)
    assert [(r.recipient_id, r.about) for r in office.rows()] == [(1, ""), (2, ""), (1, "7"), (1, "")]
    assert office.deliver().sent == 4 and len(postbox.taken) == 4
    office.ask(1, 2)
    assert office.deliver().sent == 0 and len(postbox.taken) == 4, "asked for again after it was sent"


def test_what_is_asked_for_is_undone_with_the_decision(office: Office, session: Session):
    outbox.ask(session, "news", 1, DAY, office.now)
    session.rollback()
    assert office.rows() == []


def test_asked_for_by_two_at_once(office: Office):
    assert at_once(*[lambda: office.ask(*range(1, 30))] * 4) == [None] * 4
    assert sorted(r.recipient_id for r in office.rows()) == list(range(1, 30))


def test_asked_for_while_another_did_not_commit_yet(office: Office, engine: sa.Engine):
    def ask(session: Session) -> None:
        outbox.ask(session, "news", 1, DAY, office.now)

    assert in_the_middle(engine, ask, lambda: office.ask(1)) is None
    assert len(office.rows()) == 1


def test_two_workers_at_once_send_each_mail_once(office: Office, postbox: Postbox):
    office.ask(*range(1, 21))
    found = at_once(*[office.deliver] * 3)
    assert sum(done.sent for done in found) == 20
    assert sorted(postbox.to()) == sorted(f"p{n}@example.nl" for n in range(1, 21))
    assert len(set(postbox.ids())) == 20


def test_words_stay_until_sent_and_no_longer(office: Office, postbox: Postbox):
    office.ask(1, 2, 3)
    office.gone = {2}
    postbox.refusals["p3@example.nl"] = ["550 no such user Vogel"]
    done = office.deliver()
    assert (done.sent, done.dropped, done.declined) == (1, 1, 1)
    sent, dropped, failed = office.rows()
    assert sent.sent_at == dropped.dropped_at == failed.failed_at == office.now
    for row in (sent, dropped, failed):
        assert (row.subject, row.text, row.html, row.headers) == ("", "", "", {})
    assert failed.last_error == "550 SMTPRecipientsRefused", "nothing of what the server said"
    assert postbox.taken[0]["Subject"] == "Vogel 1 voor p1"


def test_not_before_its_moment(office: Office, postbox: Postbox):
    office.ask(1, not_before=office.now + HOUR)
    assert office.deliver().sent == 0 and office.deliver(office.now + HOUR - timedelta(seconds=1)).sent == 0
    assert office.deliver(office.now + HOUR).sent == 1


def test_a_kind_that_nobody_can_write_waits(office: Office):
    office.ask(1, kind="other")
    assert office.deliver() == delivery.Pass() and office.rows()[0].claimed_at is None


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_around_the_yes_of_the_server(office: Office, postbox: Postbox, when: str):
    office.ask(1, 2)
    with pytest.raises(Killed):
        office.deliver(way=Dying(office.way, when))
    assert len(postbox.taken) == (1 if when == "after" else 0)
    left = office.rows()[0]
    assert left.sent_at is None and left.message_id
    assert office.deliver().sent == 1, "the other goes out meanwhile"
    for early in (timedelta(minutes=1), LEASE):
        assert office.deliver(office.now + early).sent == 0
    assert office.deliver(office.now + LATER).sent == 1
    ids = [i for i in postbox.ids() if i == left.message_id]
    assert len(ids) == (2 if when == "after" else 1), "the same Message-ID, and no third time"
    again = [m["Subject"] for m in postbox.taken if m["Message-ID"] == left.message_id]
    assert set(again) == {"Vogel 1 voor p1"}, "and the same words"
    assert office.deliver(office.now + 9 * LEASE).sent == 0


def test_killed_while_writing(office: Office, postbox: Postbox):
    def die(session: Session, row: OutboxRow, now: datetime) -> None:
        raise Killed

    office.ask(1)
    with pytest.raises(Killed):
        delivery.deliver(office.engine, office.now, office.way, {"news": die})
    assert office.deliver(office.now + LATER).sent == 1 and len(postbox.taken) == 1


CHILD = """
import os, sys
from datetime import datetime
from mentorship.base import delivery, mail
from mentorship.base.db import make_engine
from mentorship.base.mail import Mail
from tests.outbox.postbox import settings

engine = make_engine(sys.argv[1])
give = mail._hand_over

def give_and_die(client, message):
    give(client, message)
    os._exit(9)

mail._hand_over = give_and_die
words = lambda session, row, now: Mail("p1@example.nl", "Vogel", "Vogel", "<p>Vogel</p>")
now = datetime.fromisoformat(sys.argv[3])
delivery.deliver(engine, now, mail.transport(settings(int(sys.argv[2]))), {"news": words})
"""


def test_a_process_killed_between_the_yes_and_our_note(office: Office, postbox: Postbox, database_url: str):
    office.ask(1)
    words = [sys.executable, "-c", CHILD, database_url, str(postbox.port), office.now.isoformat()]
    done = subprocess.run(words, env={**os.environ, "PYTHONPATH": "."}, capture_output=True, text=True, check=False)
    assert done.returncode == 9, done.stderr
    assert len(postbox.taken) == 1 and office.rows()[0].sent_at is None
    assert office.deliver(office.now + LEASE).sent == 0
    assert office.deliver(office.now + LATER).sent == 1
    assert len(postbox.taken) == 2 and len(set(postbox.ids())) == 1


def test_a_worker_whose_lease_ran_out_undoes_nothing_of_the_next(office: Office, postbox: Postbox):
    """The first one is told 450 after the second one sent the mail."""
    office.ask(1)

    class Slow:
        sender = office.way.sender

        @contextmanager
        def opened(self, seconds: float) -> Iterator[Send]:
            with office.way.opened(seconds) as send:

                def slow(message: EmailMessage) -> None:
                    assert office.deliver(office.now + LATER).sent == 1
                    postbox.refusals["p1@example.nl"] = ["450 later"]
                    send(message)

                yield slow

    office.deliver(way=Slow())
    row = office.rows()[0]
    assert row.sent_at == office.now + LATER and row.attempts == 0 and row.not_before is None
    assert len(postbox.taken) == 1


def test_a_worker_whose_lease_ran_out_frees_nothing_that_the_next_has_in_hand(office: Office, postbox: Postbox):
    """The first is told 450 while the second is at work: a third finds the mail in the hands of the second."""
    office.ask(1)
    late = office.now + LATER

    class Slow:
        sender = office.way.sender

        @contextmanager
        def opened(self, seconds: float) -> Iterator[Send]:
            def refuse(message: EmailMessage) -> None:
                with pytest.raises(Killed):
                    office.deliver(late, way=Dying(office.way, "before"))
                raise Declined("450 later", permanent=False, hung_up=False)

            yield refuse

    office.deliver(way=Slow())
    row = office.rows()[0]
    assert (row.claimed_at, row.attempts) == (late, 0)
    assert office.deliver(late + LEASE / 2).sent == 0
    assert office.deliver(late + LATER).sent == 1


def test_what_is_undone_takes_back_no_mail_of_before(office: Office, postbox: Postbox, session: Session):
    """What was asked before the undone, and was neither sent nor dropped since, is of something else that stands."""
    office.ask(1, about="7")
    outbox.forget(session, "news", "7", office.now + HOUR)
    session.commit()
    assert office.deliver().sent == 1
    outbox.forget(session, "news", "7", office.now - HOUR)
    session.commit()
    assert len(office.rows()) == 1, "sent is sent"


@pytest.mark.parametrize("jump", [HOUR, -HOUR, WHOLE_DAY, -WHOLE_DAY], ids=str)
def test_a_clock_that_jumps_sends_nothing_twice_and_loses_nothing(office: Office, postbox: Postbox, jump: timedelta):
    office.ask(1, 2)
    postbox.refusals["p2@example.nl"] = ["450 later"]
    office.deliver()
    office.ask(3)
    with pytest.raises(Killed):
        office.deliver(way=Dying(office.way, "before"))
    now = office.now + jump
    office.ask(1, 2, 3)
    office.deliver(now)
    office.ask(4)
    for moment in (now, now + LATER, office.now, office.now + LATER, office.now + WHOLE_DAY, now + WHOLE_DAY):
        office.deliver(moment)
    assert sorted(postbox.to()) == [f"p{n}@example.nl" for n in (1, 2, 3, 4)]


def test_the_words_are_asked_again_before_each_attempt(office: Office, postbox: Postbox):
    """Who left while the server was away gets nothing any more."""
    office.ask(1, 2)
    postbox.refusals["p1@example.nl"] = postbox.refusals["p2@example.nl"] = ["450 later"] * 2
    assert office.deliver().declined == 2
    office.gone = {1}
    assert office.deliver(office.now + HOUR).dropped == 1
    assert postbox.to() == ["p2@example.nl"] and postbox.taken[0]["Subject"] == "Vogel 2 voor p2"


def test_a_mail_that_cannot_be_written_does_not_hold_up_the_others(office: Office, postbox: Postbox, caplog):
    def stumble(session: Session, row: OutboxRow, now: datetime):
        if row.recipient_id == 1:
            raise ValueError("".join(("Geheim", "vogel")))  # not as a word in the traceback
        return office.write(session, row, now)

    office.ask(1, 2)
    delivery.deliver(office.engine, office.now, office.way, {"news": stumble})
    first, second = office.rows()
    assert second.sent_at and (first.attempts, first.last_error, first.sent_at) == (1, "ValueError", None)
    assert "stumble" in caplog.text and "Geheimvogel" not in caplog.text
    assert office.deliver(office.now + HOUR).sent == 1, "mended, it goes out"


def test_purged_after_ninety_days_and_never_before_it_is_finished(office: Office):
    office.ask(1, 2, 3)
    office.gone = {2}
    office.deliver(batch=2)
    with open_session(office.engine) as session:
        delivery.purge(session, office.now + timedelta(days=90))
        assert session.scalar(sa.select(sa.func.count()).select_from(OutboxRow)) == 3
        delivery.purge(session, office.now + timedelta(days=90, seconds=1))
        session.commit()
    assert [r.recipient_id for r in office.rows()] == [3]


def test_a_mail_that_failed_is_written_anew_and_tried_from_the_start_when_somebody_says_so(
    office: Office, postbox: Postbox, session: Session
):
    office.ask(1)
    postbox.refusals["p1@example.nl"] = ["550 unknown", "450 later"]
    office.deliver()
    (given_up,) = office.rows()
    again = office.now + HOUR
    assert given_up.message_id and outbox.retry(session, again) == 1
    session.commit()
    assert office.deliver(again).declined == 1
    (row,) = office.rows()
    assert (row.attempts, row.failed_at) == (1, None), "the first refusal of many again, not the last"
    office.deliver(again + HOUR)
    (mail,) = postbox.taken
    assert (mail["Subject"], mail.get_body(("plain",)).get_content().strip()) == ("Vogel 2 voor p1",) * 2
    assert postbox.ids() != [given_up.message_id], "as it was never sent, to a server that may have seen it, it is new"


def test_a_clock_set_back_leaves_no_mail_in_the_hands_of_the_dead(office: Office, postbox: Postbox):
    """Claimed tomorrow, by a worker that died; a claim of a moment ahead may be of one that lives, by another clock."""
    office.ask(1)
    with pytest.raises(Killed):
        office.deliver(way=Dying(office.way, "before"))
    assert office.deliver(office.now - LEASE / 2).sent == 0
    assert office.deliver(office.now - WHOLE_DAY).sent == 1
    assert postbox.to() == ["p1@example.nl"]
