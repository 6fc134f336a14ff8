"""A phone was lost: an administrator ends everything that is signed in with it, reads nothing, and says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from mentorship.base.audit import AuditRow
from mentorship.base.outbox import OutboxRow
from mentorship.home.calendar.actions import make as make_calendar
from mentorship.people.account import actions as accounts
from mentorship.people.account.passwords import Passwords
from mentorship.people.devices import actions as devices
from mentorship.people.devices.queries import is_trusted
from mentorship.people.models import Account, Person, SignIn
from mentorship.people.second_factor import actions as factors
from mentorship.people.second_factor.models import HalfSignIn
from mentorship.privacy.requests.actions import erase_person
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

Visit = Callable[[str | None], InspectingClient]
PASSWORD = "drie koude bakfietsen"
SECRET, OTHER = "s" * 43, "o" * 43


@pytest.fixture
def junior(session: Session, organisation: Organisation) -> int:
    """Somebody with a password, a device and a sign-in that waits for its second step."""
    person = session.get_one(Person, organisation.people["junior"])
    accounts.set_password(session, person, PASSWORD, Passwords(8, 1), organisation.now)
    devices.remember(session, organisation.people["junior"], SECRET, organisation.now, trusted=True)
    devices.remember(session, organisation.people["senior"], OTHER, organisation.now, trusted=True)
    factors.start_half(session, organisation.people["junior"], organisation.now)
    session.commit()
    return organisation.people["junior"]


def test_everything_of_that_person_ends_and_nothing_of_others(
    junior: int, visit: Visit, session: Session, organisation: Organisation
):
    phone, laptop, colleague, admin = visit("junior"), visit("junior"), visit("senior"), visit("admin")
    calendar = make_calendar(session, junior, organisation.now)
    session.commit()
    assert phone.get(f"/calendar/{calendar}.ics").status_code == 200
    asked = Screen(admin, f"/insight/person/{junior}").tap("Overal uitloggen")
    assert asked.heading == "Junior Proef overal uitloggen?"
    assert phone.get("/").status_code == 200, "nothing is done by asking"
    done = asked.press("Ja, overal uitloggen")
    assert done.path == f"/insight/person/{junior}" and "is overal uitgelogd." in done.text
    for ended in (phone, laptop):
        assert ended.get("/").location == "/account/sign-in"
    assert colleague.get("/").status_code == 200 and admin.get("/").status_code == 200
    assert phone.get(f"/calendar/{calendar}.ics").status_code == 404
    assert not is_trusted(session, junior, SECRET, organisation.now)
    assert is_trusted(session, organisation.people["senior"], OTHER, organisation.now)
    assert not session.exec(select(HalfSignIn)).all()
    row = session.exec(select(AuditRow).where(AuditRow.verb == "end sessions")).one()
    assert (row.actor_id, row.subject_id, row.details) == (organisation.people["admin"], junior, {})


def test_the_person_is_told_by_mail_and_once_at_signing_in(
    junior: int, visit: Visit, session: Session, organisation: Organisation
):
    visit("admin").post(f"/signing-out/{junior}")
    mail = session.exec(select(OutboxRow).where(OutboxRow.kind == "signed-out")).one()
    assert mail.recipient_id == junior and mail.not_before is None
    session.rollback()
    told = "een beheerder, heeft je op"
    for expected in (True, False):
        person = visit(None)
        fields = {"name": "n-junior", "password": PASSWORD}
        page = person.follow(person.post("/account/sign-in", fields))
        assert (told in page.text) is expected


def test_the_person_comes_in_though_the_admin_was_erased(
    junior: int, visit: Visit, session: Session, organisation: Organisation
):
    visit("admin").post(f"/signing-out/{junior}")
    organisation.person("another", "admin")
    erase_person(session, organisation.people["admin"], organisation.now)
    session.commit()
    person = visit(None)
    fields = {"name": "n-junior", "password": PASSWORD}
    page = person.follow(person.post("/account/sign-in", fields))
    assert "iemand die weg is, een beheerder, heeft je op" in page.text


def test_the_page_of_it_tells_an_admin_nothing_of_what_is_signed_in(junior: int, visit: Visit):
    visit("junior")
    page = Screen(visit("admin"), f"/signing-out/{junior}")
    for word in ("laatst gebruikt", "sinds", "Chrome", "test"):
        assert word not in page.text


@pytest.mark.parametrize("who", ["junior", "senior", "manager", "coordinator", "hr"])
def test_an_admin_alone_may(junior: int, visit: Visit, session: Session, who: str):
    client = visit(who)
    assert client.get(f"/signing-out/{junior}").status_code == 404
    assert client.post(f"/signing-out/{junior}").status_code == 404
    if who in ("coordinator", "hr"):
        assert "/signing-out/" not in client.get(f"/insight/person/{junior}").text
    assert not session.exec(select(SignIn).where(SignIn.ended_at != None)).all()  # noqa: E711


def test_without_an_account_there_is_nothing_to_end(visit: Visit, session: Session, organisation: Organisation):
    nobody = organisation.people["nobody"]
    admin = visit("admin")
    assert "/signing-out/" not in admin.get(f"/insight/person/{nobody}").text
    assert admin.post(f"/signing-out/{nobody}").status_code == 422
    assert session.get(Account, nobody) is None
