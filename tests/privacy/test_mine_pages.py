"""The pages of what is kept about oneself."""

from __future__ import annotations

import json
import re

from sqlmodel import Session

from mentorship.mentor_requests.models import RequestOutcome
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


def test_one_or_two_colleagues_are_counted_nowhere(visit, session: Session, organisation: Organisation):
    """Of two who are far enough and one who is free the asker could guess who it is."""
    counts = {"able": 2, "reachable": 1, "free": 1, "fitting": 0}
    asked = organisation.asks("junior")
    outcome = RequestOutcome(request_id=asked, round_name="Lente", told_at=organisation.now, **counts)
    session.add(outcome)
    session.commit()
    client = visit("junior")
    told = json.loads(client.get("/mine/data.json").data.decode("utf-8"))
    (found,) = told["data"]["requests"]["outcomes"]
    assert [found[name] for name in counts] == ["minder dan 3", "minder dan 3", "minder dan 3", 0]
    for address in ("/mine/subject?of=requests", "/mine/whole"):
        page = " ".join(client.get(address).text.split())
        row = page[page.index("Lente") :].partition("</tr>")[0].partition("</dl>")[0]
        assert row.count("minder dan 3") == 3, address
        assert not re.search(r">\s*[12]\s*<", row), address
    outcome = session.get_one(RequestOutcome, asked)
    outcome.able = 3
    session.commit()
    told = json.loads(client.get("/mine/data.json").data.decode("utf-8"))
    assert told["data"]["requests"]["outcomes"][0]["able"] == 3


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
