"""Nobody makes a code for the other side of their own duo: they could sign in as who answers about them."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from mentorship.people.models import ActivationCode, PersonRole
from tests.factories import Organisation

REFUSED = "Je vormt een duo met iemand van deze mensen."


def guides(made: Organisation, mentor: str, junior: str, status: str) -> None:
    """Let the coordinator be one side of a duo."""
    made.session.add(PersonRole(person_id=made.people["coordinator"], role="senior"))
    made.offers("coordinator")
    made.pair(mentor, junior, status)
    made.session.commit()


@pytest.mark.parametrize("sides", [("coordinator", "junior"), ("senior", "coordinator")])
@pytest.mark.parametrize("status", ["proposed", "active", "paused"])
def test_no_code_for_the_other_side_of_ones_own_duo(
    sides: tuple[str, str], status: str, visit, session: Session, organisation: Organisation
):
    guides(organisation, *sides, status)
    [partner] = [organisation.people[side] for side in sides if side != "coordinator"]
    chosen = {"person": [organisation.people["nobody"], partner], "sure": "true"}
    answer = visit("coordinator").post("/people/activation-codes", chosen)
    assert answer.status_code == 422 and REFUSED in answer.text
    assert not session.exec(select(ActivationCode)).all(), "for nobody of these"
    assert visit("hr").post("/people/activation-codes", chosen).status_code == 200, "somebody else may"


def test_no_code_is_mailed_to_them_either(app, visit, session: Session, organisation: Organisation):
    app.extensions["mentorship_settings"].smtp_host = "localhost"
    guides(organisation, "coordinator", "junior", "active")
    answer = visit("coordinator").post("/people/invitations", {"person": [organisation.people["junior"]]})
    assert answer.status_code == 422 and REFUSED in answer.text
    assert not session.exec(select(ActivationCode)).all()


def test_after_a_duo_and_for_others_a_code_is_made(visit, organisation: Organisation):
    guides(organisation, "coordinator", "other_junior", "refused")
    chosen = {"person": [organisation.people["other_junior"], organisation.people["junior"]]}
    assert visit("coordinator").post("/people/activation-codes", chosen).status_code == 200
