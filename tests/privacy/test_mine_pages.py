"""The pages of what is kept about oneself."""

from __future__ import annotations

import json

from sqlmodel import Session

from mentorship.people.models import Account
from mentorship.privacy.mine.left_out import OF_NOBODY
from mentorship.privacy.mine.subjects import SUBJECTS
from mentorship.profiles.models import Plan
from tests.factories import Organisation
from tests.privacy.rows_about import Planting
from tests.privacy.test_parts import personal_tables


def test_every_subject_has_a_page_that_people_can_read(visit, session: Session, organisation: Organisation):
    Planting(session, organisation).everywhere(set(personal_tables()) - OF_NOBODY.keys())
    client = visit("junior")
    index = client.get("/mine").text
    for subject in SUBJECTS:
        assert f"/mine/subject?of={subject.key}" in index
        page = client.get(f"/mine/subject?of={subject.key}")
        assert page.status_code == 200
        for name in personal_tables():
            assert "_" not in name or name not in page.text, "the name of a table is no word for people"
    assert client.get("/mine/subject?of=nothing").status_code == 404


def test_what_is_kept_is_told_in_words(visit, session: Session, organisation: Organisation):
    organisation.can("junior", "Pneumatiek", 2, willing=True)
    session.commit()
    page = visit("junior").get("/mine/subject?of=craft").text
    assert "Pneumatiek" in page
    assert "onder begeleiding" in page


def test_the_file_tells_what_its_keys_mean(visit, session: Session, organisation: Organisation):
    answer = visit("senior").get("/mine/data.json")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    told = json.loads(answer.data.decode("utf-8"))
    (you,) = told["data"]["person"]["you"]
    assert you["given_name"] == "Senior"
    assert you["manager"] == "Manager Proef"
    for subject, parts in told["data"].items():
        for key, rows in parts.items():
            for row in rows:
                assert row.keys() <= told["keys"][subject][key].keys()


def test_everything_on_one_page_for_paper(visit, organisation: Organisation):
    page = visit("junior").get("/mine/whole").text
    assert "n-junior" in page


def test_what_is_closed_stays_closed_until_they_confirm(visit, session: Session, organisation: Organisation):
    """Who came in by a code that another made reads nothing that its person kept to themselves."""
    me = organisation.people["junior"]
    session.add(Plan(person_id=me, horizon="under_1"))
    session.commit()
    client = visit("junior")
    assert "minder dan een jaar" in client.get("/mine/subject?of=craft").text
    session.add(Account(person_id=me, password_hash="x", closed_before=organisation.now))
    session.commit()
    for address in ("/mine/subject?of=craft", "/mine/whole", "/mine/data.json"):
        page = client.get(address).text
        assert "minder dan een jaar" not in page
        assert "under_1" not in page
    assert "/confirming" in client.get("/mine/subject?of=craft").text
