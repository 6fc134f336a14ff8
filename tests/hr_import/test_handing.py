"""An import that changes who leads whom hands signals on at once, and its undo hands them back along the line."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, select

from mentorship.checkins.signals.models import Signal
from mentorship.hr_import.choices import Choices
from mentorship.hr_import.imports.actions import take_in, undo
from mentorship.hr_import.reading.files import Upload
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Actor
from mentorship.people.models import Person
from tests.factories import Organisation
from tests.hr_import.exports import encoded, small, table

BOSS, CHIEF = "1", "6"
CHIEF_ROW = """
6;Fem;;Chef;fem@b.example;Delft;Werk;leidinggevende;;;;nl;01-01-1990;;;;nee
"""


def led_by(boss: str) -> list[Upload]:
    """The small export with a second manager, and who leads the two of its pair."""
    files = small()
    people = files["medewerkers.csv"]
    place = people[0].index("Leidinggevende")
    for row in people[1:]:
        if row[0] in ("2", "4"):
            row[place] = boss
    people += table(CHIEF_ROW)
    return [Upload(name, encoded(rows)) for name, rows in files.items()]


def test_a_line_changed_by_an_import_hands_signals_on(session: Session, organisation: Organisation):
    now = organisation.now
    choices = Choices(confirmed=True)
    assert take_in(session, None, led_by(BOSS), choices, now).taken
    numbers = {person.number: person.id for person in session.exec(select(Person))}
    pair = session.exec(select(Mentorship)).one()
    row = Signal(mentorship_id=pair.id, kind="apart", side="both", since=now.date(), raised_at=now)
    row.status, row.owner_id, row.action = "taken", numbers[BOSS], "pace"
    row.look_again_on = now.date() + timedelta(days=9)
    session.add(row)
    session.commit()
    took = take_in(session, None, led_by(CHIEF), choices, now)
    session.commit()
    assert took.taken is not None and row.owner_id == numbers[CHIEF] and row.handed_at == now
    hr = Actor(organisation.people["hr"], frozenset({"hr"}))
    undo(session, hr, took.taken.id or 0, now)
    session.commit()
    assert row.owner_id == numbers[BOSS]
