"""Whose address for mail changes hears of it at the one they had, at once, whoever changes it and in whatever way."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from mentorship.base import delivery, undo
from mentorship.base.mail import Declined, Send
from mentorship.base.outbox import OutboxRow, retry
from mentorship.hr_import.actions import import_directory
from mentorship.hr_import.choices import Choices
from mentorship.hr_import.imports import actions as imports
from mentorship.hr_import.reading.files import folder
from mentorship.people import actions
from mentorship.people.account import actions as accounts
from mentorship.people.addresses.actions import tell_old
from mentorship.people.addresses.queries import addresses
from mentorship.people.closed import actions as closed
from mentorship.people.models import Account, Person
from mentorship.programme.models import Programme
from mentorship.reminders.mails import renderers
from tests.hr_import.exports import changed, small, write
from tests.reminders.conftest import Post, words
from tests.rounds.stage import Stage, counted

OLD, NEW = "junior@example.nl", "elders@example.nl"
HOUR = timedelta(hours=1)
SUBJECT = "Your e-mail address was changed"


def move(session: Session, stage: Stage, email: str | None) -> None:
    """The coordinator changes the address of the junior, and nothing else."""
    person = session.get_one(Person, stage.person("junior"))
    actions.change_person(
        session,
        stage.coordinator,
        stage.person("junior"),
        site_id=person.site_id,
        department=person.department,
        manager="n-manager",
        languages=person.languages.split(","),
        email=email,
        now=stage.now,
    )


class Declining(Post):
    """A server that takes no mail."""

    @contextmanager
    def opened(self, seconds: float) -> Iterator[Send]:
        def decline(_message: EmailMessage) -> None:
            raise Declined("550", permanent=True, hung_up=False)

        yield decline


def to(found: list[EmailMessage]) -> list[str]:
    return [message["To"].addresses[0].addr_spec for message in found]


def notices(found: list[EmailMessage]) -> list[EmailMessage]:
    """Those of these mails that tell of another address."""
    return [message for message in found if message["Subject"] in (SUBJECT, "Je e-mailadres is gewijzigd")]


def rows(stage: Stage) -> list[OutboxRow]:
    query = select(OutboxRow).where(OutboxRow.kind == "address").order_by(col(OutboxRow.id))
    return stage.read(lambda session: list(session.exec(query)))


def test_the_old_address_is_told_by_whom_and_when_and_not_which_is_the_new(stage: Stage, post: Post):
    stage.act(move, stage, NEW)
    (told,) = post.go()
    assert to([told]) == [OLD] and told["Subject"] == SUBJECT
    said = words(told)
    assert "Coordinator Proef changed your e-mail address in Leermaat on 23 Nov 2026 10:00" in said
    assert "Tell the coordinator of your company at once." in said
    assert NEW not in said and NEW not in words(told, "html")


@pytest.mark.parametrize("email", [NEW, None])
def test_it_is_told_at_once_and_once_and_what_stays_is_told_of_nothing(stage: Stage, post: Post, email: str | None):
    stage.act(move, stage, OLD)
    assert rows(stage) == []
    stage.act(move, stage, email)
    assert [row.not_before for row in rows(stage)] == [None]
    assert to(post.go()) == [OLD] and post.go(stage.now + HOUR) == []
    assert [row.address for row in rows(stage)] == [None], "sent, so it is kept no longer"


def test_whom_people_ask_is_who_is_to_be_told(stage: Stage, post: Post):
    named = {"contact_name": "Fatma Yilmaz", "contact_reach": "fatma@example.nl"}
    stage.act(lambda session: session.execute(sa.update(Programme).values(**named)))
    stage.act(move, stage, NEW)
    (told,) = post.go()
    assert "Tell Fatma Yilmaz · fatma@example.nl at once." in words(told)
    assert told["Reply-To"].addresses[0].addr_spec == "fatma@example.nl"


def test_who_had_no_address_is_not_told_and_who_left_neither(stage: Stage, post: Post):
    stage.act(lambda session: session.execute(sa.update(Person).values(email=None)))
    stage.act(move, stage, OLD)
    assert rows(stage) == []
    stage.act(move, stage, NEW)
    yesterday = stage.now.date() - timedelta(days=1)
    stage.act(lambda session: session.execute(sa.update(Person).values(last_day=yesterday)))
    assert post.go() == [] and [row.dropped_at for row in rows(stage)] == [stage.now]


def test_an_undo_is_told_to_the_address_that_it_takes_away(stage: Stage, post: Post):
    def change(session: Session) -> int:
        move(session, stage, NEW)
        row = undo.offer(session, stage.coordinator, "Saved.", "people.index", {}, stage.now)
        assert row is not None and row.id is not None
        return row.id

    def take_back(session: Session, row_id: int) -> None:
        inverses = {undo.name_of(actions.put_person_back): actions.put_person_back}
        undo.carry_out(session, stage.coordinator, session.get_one(undo.UndoRow, row_id), inverses, stage.now)

    stage.act(take_back, stage.act(change))
    assert to(post.go()) == [OLD, NEW]


def test_a_mail_that_failed_is_tried_again_at_the_old_address(stage: Stage, post: Post):
    stage.act(move, stage, NEW)
    delivery.deliver(stage.engine, stage.now, Declining(stage, post.settings), renderers(post.settings))
    assert [row.failed_at for row in rows(stage)] == [stage.now]
    stage.act(retry, stage.now)
    assert to(post.go()) == [OLD]


def test_without_its_address_it_goes_to_no_other(stage: Stage, post: Post):
    stage.act(move, stage, NEW)
    stage.act(lambda session: session.execute(sa.update(OutboxRow).values(address=None)))
    assert post.go() == []


def test_a_link_for_one_mailbox_goes_to_no_other(stage: Stage, post: Post):
    """What was asked for and then waits is not sent to an address that was changed meanwhile."""
    junior = stage.person("junior")
    stage.act(lambda session: session.add(Account(person_id=junior, password_hash="x", mailbox=OLD)))
    stage.act(closed.ask_to_confirm, stage.actor("junior"), "/confirming/link#code=abc", stage.now)
    address = "https://hier.example/account/activate"
    stage.act(accounts.invite, stage.coordinator, [junior], address, stage.now)
    stage.act(move, stage, NEW)
    assert {(message["To"].addresses[0].addr_spec, str(message["Subject"])) for message in post.go()} == {
        (OLD, SUBJECT),
    }


@pytest.fixture
def taken(stage: Stage, tmp_path: pathlib.Path) -> pathlib.Path:
    """An export that was taken in before."""
    directory = write(tmp_path / "first", small())
    stage.act(import_directory, directory, None, stage.now)
    assert rows(stage) == [], "who is new has no address of before"
    return tmp_path


def test_an_import_tells_every_old_address_by_whom_it_was_changed(stage: Stage, post: Post, taken: pathlib.Path):
    files = changed("medewerkers.csv", 4, "E-mail werk", "cor@nieuw.example")
    files["medewerkers.csv"][2][4] = ""
    stage.act(import_directory, write(taken / "second", files), stage.person("coordinator"), stage.now)
    sent = notices(post.go())
    assert sorted(to(sent)) == ["bep@b.example", "cor@b.example"]
    for message in sent:
        assert "Coordinator Proef heeft op 23 nov 2026 10:00 je e-mailadres in Leermaat gewijzigd." in words(message)


def test_files_that_come_in_by_themselves_tell_it_too(stage: Stage, post: Post, taken: pathlib.Path):
    files = changed("medewerkers.csv", 4, "E-mail werk", "cor@nieuw.example")
    stage.act(import_directory, write(taken / "second", files), None, stage.now)
    (told,) = notices(post.go())
    assert to([told]) == ["cor@b.example"] and "De bestanden van HR hebben op 23 nov 2026 10:00" in words(told)


def test_undoing_an_import_tells_the_address_that_goes(stage: Stage, post: Post, taken: pathlib.Path):
    files = changed("medewerkers.csv", 4, "E-mail werk", "cor@nieuw.example")
    uploads = list(folder(write(taken / "second", files)))
    took = stage.act(imports.take_in, stage.person("coordinator"), uploads, Choices(), stage.now)
    stage.act(imports.undo, stage.coordinator, took.taken.id, stage.now)
    assert sorted(to(notices(post.go()))) == ["cor@b.example", "cor@nieuw.example"]


def test_telling_many_takes_no_more_reads_than_telling_few(stage: Stage):
    numbers = []
    for many in (3, 300):
        with Session(stage.engine) as session:
            for number in range(many):
                person = Person(number=f"{many}-{number}", given_name="A", family_name="B", site_id=1)
                person.email = f"{many}-{number}@example.nl"
                session.add(person)
            session.flush()
            before = addresses(session)
            session.connection().execute(sa.update(Person).values(email=None))
            with counted(stage.engine) as statements:
                tell_old(session, before, None, stage.now)
            numbers.append(len(statements))
            session.rollback()
    assert numbers[0] == numbers[1] == 3, "the addresses as they are, the mails, and who is told at signing in"
