"""What was agreed is for everybody to read; what changes waits, with its difference, until it is agreed to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import Session, select

from mentorship.base.audit import AuditRow
from mentorship.base.errors import Conflict
from mentorship.checkins.settings import queries as asked
from mentorship.checkins.settings.models import CheckInSettings
from mentorship.home.agreements import actions, parts
from mentorship.programme.consent import queries, rules
from mentorship.programme.consent.models import Consent, ConsentProposal
from mentorship.programme.models import Programme, VisibilityPeriod
from tests.factories import Organisation, Screen

pytestmark = pytest.mark.both_databases

ASK, SAVE = "Stel voortaan deze vragen", "Instellingen opslaan"
ENTER, NARROW = "Het is afgesproken: laat het gelden", "Laat het meteen gelden"
SLEEP = "Ik slaap slecht door het werk"
WORDS = "word-junior-progress-nl"


@pytest.fixture(autouse=True)
def agreed(organisation: Organisation) -> Organisation:
    """Everything was agreed as it stands."""
    organisation.agree()
    return organisation


def first_question(session: Session) -> str:
    """The first question to juniors as it is asked now."""
    found = asked.newest_set(session).questions["junior"][0]["nl"]
    session.rollback()
    return found


def settings(session: Session) -> Programme:
    """The settings as they stand."""
    found = session.get_one(Programme, 1, populate_existing=True)
    session.expunge(found)
    session.rollback()
    return found


def waiting(session: Session) -> dict[str, Any]:
    """What waits."""
    found = queries.waiting(session)
    session.rollback()
    return found


def present(session: Session) -> Consent | None:
    """What was agreed last."""
    found = queries.present(session)
    if found:
        session.expunge(found)
    session.rollback()
    return found


def test_another_question_waits_until_it_is_agreed_to(visit, session: Session, organisation: Organisation):
    """It went live in one POST."""
    before = first_question(session)
    screen = Screen(visit("coordinator"), "/checkins/settings").press(ASK, **{WORDS: SLEEP})
    assert first_question(session) == before
    assert screen.path == "/agreements" and "wacht hier tot ook die is afgesproken" in screen.text
    assert before in screen.text and SLEEP in screen.text
    screen.press(ENTER, works_council_on="2026-11-23", council_reference="OR-2026-8")
    assert first_question(session) == SLEEP
    assert "De ondernemingsraad stemde in op maandag 23 november" in screen.heading
    assert session.exec(select(ConsentProposal)).all() == []
    screen.tap("De ondernemingsraad stemde in op maandag 23 november")
    assert before in screen.text and SLEEP in screen.text and "OR-2026-8" in screen.text
    kept = present(session)
    assert kept and kept.snapshot["questions"]["junior"][0]["nl"] == SLEEP
    assert kept.hash == rules.fingerprint(kept.snapshot)


def test_everybody_reads_what_was_agreed_and_nobody_else_what_is_proposed(visit, session: Session):
    Screen(visit("coordinator"), "/checkins/settings").press(ASK, **{WORDS: SLEEP})
    before = first_question(session)
    for reader in ("junior", "nobody", "manager", "admin"):
        screen = Screen(visit(reader), "/agreements")
        assert before in screen.text and "Kenmerk: OR-7" in screen.text
        assert SLEEP not in screen.text and ENTER not in screen.names("button")


def test_everybody_is_told_on_their_own_page_for_two_weeks(app, visit, now: datetime):
    coordinator, junior = visit("coordinator"), visit("junior")
    told = "veranderde er iets in wat over Leermaat is afgesproken"
    Screen(coordinator, "/checkins/settings").press(ASK, **{WORDS: SLEEP})
    assert told not in Screen(junior, "/").text
    Screen(coordinator, "/agreements").press(ENTER, no_works_council="true", works_council_on="")
    screen = Screen(junior, "/")
    assert told in screen.text
    assert SLEEP in screen.tap("Bekijk wat er veranderde").text
    for days, is_told in ((13, True), (15, False)):
        app.config["CLOCK"] = lambda moment=now + timedelta(days=days): moment
        assert (told in Screen(visit("junior"), "/").text) == is_told


def test_without_a_works_council_it_holds_once_confirmed(visit, session: Session):
    screen = Screen(visit("coordinator"), "/programme").press(SAVE, notes_months="6")
    assert settings(session).notes_months == 3
    screen.press(ENTER, no_works_council="true", works_council_on="")
    found = settings(session)
    assert (found.notes_months, found.no_works_council, found.works_council_on) == (6, True, None)
    assert "er is geen ondernemingsraad" in screen.heading


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"works_council_on": "2026-11-24"}, "in de toekomst"),
        ({"works_council_on": "2026-11-01", "no_works_council": "true"}, "niet allebei"),
        ({"works_council_on": "", "no_works_council": None}, "niet allebei"),
        ({"works_council_on": "2026-11-01", "dpia_on": ""}, "Vul dit in"),
    ],
)
def test_what_cannot_be_agreed_lets_nothing_hold(visit, session: Session, typed: dict[str, str], sentence: str):
    screen = Screen(visit("coordinator"), "/programme").press(SAVE, floor="0,4").press(ENTER, **typed)
    assert screen.status == 422 and sentence in screen.text
    assert settings(session).floor == 0.3


def test_what_changed_since_it_was_shown_was_not_agreed_to(visit, session: Session):
    client = visit("coordinator")
    shown = Screen(client, "/programme").press(SAVE, floor="0,4")
    Screen(client, "/programme").press(SAVE, floor="0,5")
    shown.press(ENTER, works_council_on="2026-11-23")
    assert shown.status == 409 and settings(session).floor == 0.3


def test_what_only_takes_away_may_hold_at_once_and_is_told_until_it_is_agreed_to(visit, session: Session):
    client = visit("coordinator")
    Screen(client, "/agreements").press("Stel dit voor", visibility="released")
    screen = Screen(client, "/programme").press(SAVE, notes_months="2", answers_months="20")
    assert settings(session).visibility == "classes"
    screen.press(NARROW, reason="Een leidinggevende maakte er misbruik van")
    found = settings(session)
    assert (found.visibility, found.notes_months, found.answers_months) == ("released", 2, 12)
    assert [row.visibility for row in session.exec(select(VisibilityPeriod))] == ["classes"], "promises are kept"
    for reader in (screen, Screen(visit("junior"), "/agreements")):
        assert "Een leidinggevende maakte er misbruik van" in reader.text
    screen.press(ENTER, works_council_on="2026-11-23")
    found = settings(session)
    assert (found.visibility, found.notes_months, found.answers_months) == ("released", 2, 20)
    kept = present(session)
    assert kept and set(kept.urgent) == {"visibility", "notes_months"}


def test_urgent_needs_a_reason_and_something_that_takes_away(visit, session: Session):
    client = visit("coordinator")
    screen = Screen(client, "/programme").press(SAVE, answers_months="20")
    assert NARROW not in screen.names("button")
    refused = client.post("/agreements/urgent", {"reason": "haast"})
    assert refused.status_code == 422 and settings(session).answers_months == 12
    Screen(client, "/programme").press(SAVE, notes_months="1").press(NARROW, reason="")
    assert settings(session).notes_months == 3


def test_what_is_set_back_to_what_was_agreed_waits_no_longer(visit, session: Session):
    client = visit("coordinator")
    Screen(client, "/programme").press(SAVE, notes_months="2").press(NARROW, reason="haast")
    Screen(client, "/programme").press(SAVE, notes_months="3")
    assert settings(session).notes_months == 3
    assert session.exec(select(ConsentProposal)).all() == []


def test_what_is_wider_than_what_was_narrowed_waits_and_nobody_reads_that_it_holds(visit, session: Session):
    client = visit("coordinator")
    Screen(client, "/programme").press(SAVE, notes_months="2").press(NARROW, reason="haast")
    screen = Screen(client, "/programme").press(SAVE, notes_months="6")
    assert settings(session).notes_months == 2
    assert "Wordt 6 maanden Wacht tot het is afgesproken." in screen.text
    assert "Notities bij tussenstanden: 2 maanden" in screen.text and screen.text.count("had: haast") == 1


def test_what_is_withdrawn_waits_no_longer_and_what_was_narrowed_goes_on(visit, session: Session):
    client = visit("coordinator")
    Screen(client, "/programme").press(SAVE, notes_months="2").press(NARROW, reason="haast")
    screen = Screen(client, "/programme").press(SAVE, floor="0,5").press("Trek in wat wacht")
    assert "0,5" not in screen.text and "haast" in screen.text
    assert (settings(session).floor, settings(session).notes_months) == (0.3, 2)


def test_saving_a_page_anew_drops_nothing_that_waits(visit, session: Session):
    client = visit("coordinator")
    Screen(client, "/programme").press(SAVE, floor="0,5")
    Screen(client, "/programme").press(SAVE, organisation="Installatie Oost")
    assert settings(session).organisation == "Installatie Oost"
    assert waiting(session) == {"floor": 0.5}


def test_how_often_is_asked_waits_and_whether_does_not(visit, session: Session):
    Screen(visit("coordinator"), "/checkins/settings").press(SAVE, days="10", running=None)
    found = session.get_one(CheckInSettings, 1, populate_existing=True)
    assert (found.days, found.running) == (14, False)
    session.rollback()
    assert waiting(session) == {"days": 10}


def test_what_proposals_together_cannot_be_is_refused(visit, session: Session):
    client = visit("coordinator")
    Screen(client, "/programme").press(SAVE, answers_months="6")
    screen = Screen(client, "/programme").press(SAVE, notes_months="9")
    assert screen.status == 422 and waiting(session) == {"answers_months": 6}


def test_what_was_switched_on_outside_is_told_and_never_counts_as_agreed(
    app, visit, session: Session, organisation: Organisation
):
    app.extensions["mentorship_settings"] = app.extensions["mentorship_settings"].model_copy(
        update={"security_syslog": "tls://logboek.example:6514"}
    )
    screen = Screen(visit("coordinator"), "/agreements")
    assert "logboek.example" in screen.text and "is niet afgesproken" in screen.text
    assert "logboek.example" not in Screen(visit("junior"), "/agreements").text
    told = "1 doel of ander systeem is anders dan is afgesproken"
    assert told in Screen(visit("coordinator"), "/").text and told not in Screen(visit("junior"), "/").text
    screen.press(ENTER, works_council_on="2026-11-23")
    assert "logboek.example" in Screen(visit("junior"), "/agreements").text
    assert told not in Screen(visit("coordinator"), "/").text


def test_each_room_gives_what_is_agreed_to_and_takes_it_back(session: Session, organisation: Organisation):
    found = parts.gather(session, ())
    assert set(found) == rules.AGREED
    wanted = {
        "questions": {
            side: [*asked, {"key": "more", "nl": "Ja?", "en": "Yes?"}] for side, asked in found["questions"].items()
        },
        "scale": [{"nl": "nee", "en": "no"}, {"nl": "ja", "en": "yes"}],
        "days": 15,
        "later_days": 30,
        "visibility": "aggregates",
        "weights": {**found["weights"], "wish": 0.3},
        "floor": 0.2,
        "spread": 0.1,
        "waiting": 0.05,
        "managers_pair": True,
        "notes_months": 1,
        "answers_months": 2,
        "pairs_months": 3,
    }
    parts.settle(session, organisation.actor("coordinator"), wanted, organisation.now)
    session.flush()
    held = parts.gather(session, ())
    assert {name: held[name] for name in wanted} == wanted


def test_who_entered_it_stands_in_the_audit_log_alone(session: Session, organisation: Organisation):
    kept = present(session)
    assert kept and (kept.agreed_on, kept.dpia_on) == (date(2026, 11, 14), date(2026, 11, 14))
    rows = session.exec(select(AuditRow).where(AuditRow.verb == "enter consent").order_by(AuditRow.id)).all()
    coordinator = organisation.people["coordinator"]
    assert [(row.details["hash"], row.actor_id) for row in rows] == [(kept.hash, coordinator)]


def test_the_first_time_everything_that_stands_is_agreed_to(visit, session: Session, organisation: Organisation):
    """Until nothing lacks every change holds at once, and nothing counts as agreed."""
    session.delete(session.exec(select(Consent)).one())
    found = session.get_one(Programme, 1)
    found.works_council_on = found.dpia_on = found.visibility = None
    session.commit()
    client = visit("coordinator")
    Screen(client, "/checkins/settings").press(ASK, **{WORDS: "Ik leer"})
    assert first_question(session) == "Ik leer"
    go_on = "Opslaan en verder"
    Screen(client, "/setup/agreements").press(go_on, works_council_on="2026-11-20", council_reference="OR-2026-3")
    Screen(client, "/setup/agreements").press(go_on, dpia_on="2026-11-20")
    assert present(session) is None
    assert "nog niets afgesproken" in Screen(visit("junior"), "/agreements").heading
    Screen(client, "/setup/agreements").press(go_on, visibility="classes")
    session.rollback()
    kept = present(session)
    assert kept and kept.snapshot["questions"]["junior"][0]["nl"] == "Ik leer"
    assert kept.reference == "OR-2026-3", "the letter came before the rest"
    assert go_on not in Screen(client, "/setup/agreements").names("button")
    with pytest.raises(Conflict):
        actions.arrange(session, organisation.actor("coordinator"), 1, {}, (), organisation.now)


def test_who_enters_the_same_twice_enters_it_once(visit, session: Session):
    client = visit("coordinator")
    shown = [Screen(client, "/programme").press(SAVE, floor="0,4"), Screen(client, "/agreements")]
    assert [one.press(ENTER, works_council_on="2026-11-23").status for one in shown] == [200, 409]
    assert len(session.exec(select(Consent)).all()) == 2


def test_of_two_who_enter_and_change_at_the_same_moment_none_waits_for_ever(visit, session: Session):
    clients = [visit("coordinator"), visit("coordinator")]
    asking = Screen(clients[0], "/checkins/settings").fields(SAVE)
    for turn in range(4):
        Screen(clients[1], "/checkins/settings").press(SAVE, later_days=str(30 + turn))
        asking = Screen(clients[0], "/checkins/settings").fields(SAVE)
        entering = {**Screen(clients[1], "/agreements").fields(ENTER), "works_council_on": "2026-11-23"}
        start = Barrier(2)

        def send(one: Any, path: str, fields: dict[str, str], start: Barrier = start) -> int:
            start.wait(10)
            return int(one.post(path, fields).status_code)

        with ThreadPoolExecutor(2) as pool:
            change = pool.submit(send, clients[0], "/checkins/settings", {**asking, "days": str(15 + turn)})
            enter = pool.submit(send, clients[1], "/agreements", entering)
        assert {change.result(), enter.result()} <= {303, 409}


def test_the_programme_says_what_a_round_may_weigh(visit, session: Session):
    assert "een ronde met wat is afgesproken kan worden gepubliceerd" in Screen(visit("coordinator"), "/programme").text
    session.delete(session.exec(select(Consent)).one())
    session.commit()
    assert "Elke ronde kan anders zijn" in Screen(visit("coordinator"), "/programme").text
