"""What one's own phone may keep: nothing of anybody else, and no longer than the session."""

from __future__ import annotations

import json

from sqlmodel import Session

from mentorship.base.clock import local_date
from tests.checkins.stage import plant
from tests.conftest import NOW
from tests.factories import Organisation

LIST = "/offline/own.json"


def kept(visit, key: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(visit(key).flask.get(LIST).text)
    return found


def test_each_of_a_pair_keeps_their_own(visit, session: Session, organisation: Organisation):
    pair = organisation.pair("senior", "junior", "active", started_on=local_date(NOW))
    asked = plant(session, organisation, pair, "junior")
    session.commit()
    junior, senior = kept(visit, "junior"), kept(visit, "senior")
    assert junior["reader"] == str(organisation.people["junior"])
    assert junior["pages"] == ["/offline/own", f"/checkins/{asked}"]
    assert senior["pages"] == ["/offline/own"], "the check-in of the other is not theirs"
    assert kept(visit, "coordinator")["pages"] == ["/offline/own"]


def test_no_longer_than_the_session(visit, app):
    hours = app.extensions["mentorship_settings"].session_hours
    seconds = kept(visit, "junior")["seconds"]
    assert isinstance(seconds, int) and 0 < seconds <= hours * 3600


def test_it_is_for_who_is_signed_in_and_no_cache_keeps_it(visit):
    for address in (LIST, "/offline/own"):
        answer = visit("junior").flask.get(address)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert visit(None).flask.get(address).status_code == 303


def test_only_who_takes_part_is_offered_it(visit):
    assert "data-own-phone" in visit("junior").get("/account").text
    assert "data-own-phone" not in visit("coordinator").get("/account").text
