"""Who looked at whom: kept before anything is shown, and read by who was looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, select

from mentorship.people.access import Rule
from mentorship.people.looks import actions, queries
from mentorship.people.looks.models import DUO, GOALS, PROFILE, Look
from mentorship.people.seen.words import OWN
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

Visit = Callable[[str | None], InspectingClient]
PUBLIC_LINK = "whoever holds the address is its person, or was given it by them"
KEPT_NOWHERE = {
    "signing_out.ask": "asks whether a name is to be signed out, and shows nothing of theirs",
    "signing_out.end": "asks whether a name is to be signed out, and shows nothing of theirs",
    "single_sign_on.unlink": "takes off by what account elsewhere somebody signs in, and shows nothing of theirs",
    "insight.confirm": "figures that stand in the list of the team already",
    "insight.what_if": "figures that stand in the list of the team already",
    "lowering.show": "the places stand in the list of who carries what already",
    "lowering.lower": "the places stand in the list of who carries what already",
    "managers.ask_again": "that hours wait stands in the list of who carries what already",
    "agreements.show": "what was agreed is everybody's",
    "confidants.let_go": "who is a confidant is everybody's to know",
    "confidants.end_stand_in": "who is a confidant is everybody's to know",
    "confidants.stand_in": "who is a confidant is everybody's to know",
    "announcing.answer_at_once": "who manages one of the two answers about a pair that their own list names",
    "certificates.remove": "the certificate stands in the list already, and nothing else of them is shown",
    "direct.index": "names of who waits stand in the waiting list already",
    "direct.second": "asks for what and until when; the page that it leads to is kept",
    "direct.propose": "who proposes opened the page before, and that look is kept",
    "planning.ask_to_stop": "the address is a programme's, and shows nothing of who made it",
    "planning.stop": "the address is a programme's, and shows nothing of who made it",
    "proposals.replace": "withdraws, and leads to a page of which the look is kept",
    "stand_ins.of_person": "who stands in is everybody's to know whom they would ask",
    "stand_ins.save": "who stands in is everybody's to know whom they would ask",
    "stand_ins.let_go": "who stands in is everybody's to know whom they would ask",
    "questions.ask": "only who chose to be found is asked, and that form shows their name and site",
    "questions.form": "the name and site of who chose that every colleague may find them",
    "notes.take_back": "takes back one's own words, and shows nothing of who asked",
    "waiting.ask": "asks a mentor for a place, and shows nothing of theirs",
    "waiting.outside": "notes a course on a request that stands in the list already",
    "requests.show": "an administrator answers a request of theirs, and it stands in their own list who did",
    "requests.extend": "an administrator answers a request of theirs, and it stands in their own list who did",
    "requests.refuse": "an administrator answers a request of theirs, and it stands in their own list who did",
    "requests.carry_out": "an administrator answers a request of theirs, and it stands in their own list who did",
}
"""Doors by which others come to what is somebody's, and no look is kept, with the reason."""


def kept(session: Session) -> list[tuple[int, int, str, int]]:
    session.expire_all()
    looks = session.exec(select(Look).order_by(sa.text("viewer_id, person_id, kind"))).all()
    found = [(look.viewer_id, look.person_id, look.kind, look.times) for look in looks]
    session.rollback()
    return found


def test_every_door_to_what_is_anothers_says_what_it_shows(app: Flask):
    silent = set()
    for endpoint, view in app.view_functions.items():
        rule, find = getattr(view, "access", (None, None))
        if not isinstance(rule, Rule) or find is None or rule.anyone:
            continue
        owned = rule.owner and not rule.roles and not rule.line
        if owned or find.__name__ in NOBODYS:
            continue
        if not hasattr(view, "shows"):
            silent.add(endpoint)
    assert silent - set(KEPT_NOWHERE) == set(KEPT_NOWHERE) - silent == set()


NOBODYS = {
    "round_subject",
    "roster_subject",
    "shift_subject",
    "site_subject",
    "import_subject",
    "code_subject",
    "mail_subject",
    "tablet_subject",
    "message_subject",
    "text_subject",
    "job_subject",
    "course_subject",
    "kind_subject",
    "wave_subject",
}


@pytest.mark.both_databases
def test_opening_a_profile_is_kept_and_told(visit: Visit, session: Session, organisation: Organisation, app: Flask):
    made = organisation
    coordinator, junior = made.people["coordinator"], made.people["junior"]
    looks = visit("coordinator")
    assert looks.get(f"/profiles/{junior}").status_code == 200
    assert looks.get(f"/insight/person/{junior}").status_code == 200
    assert kept(session) == [(coordinator, junior, PROFILE, 1)], "within ten minutes it is one look"
    app.config["CLOCK"] = lambda: made.now + timedelta(minutes=11)
    looks.get(f"/insight/person/{junior}")
    assert kept(session) == [(coordinator, junior, PROFILE, 2)]
    app.config["CLOCK"] = lambda: made.now + timedelta(days=1)
    visit("admin").get(f"/insight/person/{junior}")
    page = Screen(visit("junior"), "/profiles").tap("Wie keek er naar mij")
    assert page.heading == "Wie keek er naar jou"
    first, second = page.rows()
    assert first[0].startswith("Admin Proef") and "beheerder" in first[0].lower() and first[1] == "je profiel"
    assert second[0].startswith("Coordinator Proef") and second[2].startswith("2 keer die dag")


def test_nobody_looks_at_themselves_nor_at_their_own_pair(visit: Visit, session: Session, organisation: Organisation):
    pair = organisation.pair("senior", "junior", "active", started_on=organisation.now.date())
    session.commit()
    me = visit("junior")
    for address in (
        f"/checkins/duo/{pair}",
        f"/mentorships/{pair}/goals",
        f"/mentorships/{pair}/goals/pace",
        f"/person-roster/{organisation.people['junior']}",
    ):
        assert me.get(address).status_code == 200
    assert visit("senior").get(f"/checkins/duo/{pair}").status_code == 200
    assert kept(session) == []


def test_of_a_pair_both_are_told(visit: Visit, session: Session, organisation: Organisation):
    made = organisation
    pair = made.pair("senior", "junior", "active", started_on=made.now.date())
    session.commit()
    who = made.people["coordinator"]
    both = sorted((made.people["senior"], made.people["junior"]))
    looks = visit("coordinator")
    assert looks.get(f"/checkins/duo/{pair}").status_code == 200
    assert looks.get(f"/mentorships/{pair}/goals/pace").status_code == 200
    assert kept(session) == [(who, person, kind, 1) for person in both for kind in (DUO, GOALS)]


def test_a_pair_that_opens_beside_a_list_is_a_look_too(visit: Visit, session: Session, organisation: Organisation):
    made = organisation
    pair = made.pair("senior", "junior", "active", started_on=made.now.date())
    session.commit()
    looks = visit("coordinator")
    assert looks.get("/duos?class=unknown").status_code == 200
    assert kept(session) == [], "a list is none"
    assert "1 van 1" in Screen(looks, f"/duos?class=unknown&open={pair}").text
    both = sorted((made.people["senior"], made.people["junior"]))
    assert kept(session) == [(made.people["coordinator"], person, DUO, 1) for person in both]


def test_who_is_refused_saw_nothing(visit: Visit, session: Session, organisation: Organisation):
    assert visit("hr").get(f"/profiles/{organisation.people['junior']}").status_code == 404
    assert kept(session) == []


def test_a_form_sent_in_vain_is_a_look_too(visit: Visit, session: Session, organisation: Organisation):
    """It answers with the page, so it may be no way round."""
    junior = organisation.people["junior"]
    answer = visit("coordinator").post(f"/insight/person/{junior}/name", {"given_name": ""})
    assert answer.status_code == 422
    assert kept(session) == [(organisation.people["coordinator"], junior, PROFILE, 1)]


def test_ones_own_page_costs_no_statement_more(visit: Visit, organisation: Organisation, engine: sa.Engine):
    me = visit("junior")
    address = f"/person-roster/{organisation.people['junior']}"
    me.get(address)
    statements: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    me.get(address)
    assert statements and not [one for one in statements if " look" in one.lower().replace("look_again", "")]


def test_looks_are_forgotten_after_the_twelve_months_that_the_page_promises(
    visit: Visit, session: Session, organisation: Organisation
):
    made = organisation
    viewer, person = made.people["coordinator"], made.people["junior"]
    actions.note(session, viewer, [person], PROFILE, made.now - timedelta(days=366))
    actions.note(session, viewer, [person], DUO, made.now - timedelta(days=364))
    actions.purge(session, made.now)
    session.commit()
    assert kept(session) == [(viewer, person, DUO, 1)]
    assert "12 maanden" in Screen(visit("junior"), "/seen").text


def test_every_kind_has_its_words(app: Flask):
    marked = {view.shows for view in app.view_functions.values() if hasattr(view, "shows")}
    assert marked == set(OWN)


def test_an_empty_page_and_many_looks(visit: Visit, session: Session, organisation: Organisation):
    made = organisation
    assert Screen(visit("junior"), "/seen").heading == "Niemand keek naar jouw pagina's"
    for day in range(60):
        actions.note(session, made.people["hr"], [made.people["junior"]], PROFILE, made.now - timedelta(days=day))
    session.commit()
    assert len(Screen(visit("junior"), "/seen").rows()) == 50
    assert len(Screen(visit("junior"), "/seen?page=2").rows()) == 10
    assert queries.count(session, made.people["junior"]) == 60
    assert not Screen(visit("senior"), "/seen").rows(), "of others nobody reads it"
