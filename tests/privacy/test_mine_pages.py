"""The pages of what is kept about oneself."""

from __future__ import annotations

import json
import re

from flask import Flask
from sqlmodel import Session

from mentorship.base import audit, outbox
from mentorship.base.i18n import use_locale
from mentorship.base.mail_kinds import ABOUT_ACCOUNT, AT_ONCE, WAITING
from mentorship.hr_import.writing.models import ImportedRecord
from mentorship.hr_import.writing.renumbering import OF_PEOPLE
from mentorship.mentor_requests.models import RequestOutcome
from mentorship.people.models import Account
from mentorship.people.views.models import SavedView
from mentorship.privacy.mine.codes import LISTS
from mentorship.privacy.mine.gathering import gather
from mentorship.privacy.mine.reading import boxes
from mentorship.privacy.mine.subjects import SUBJECTS
from mentorship.profiles.models import Plan
from tests.factories import Organisation
from tests.operations.decisions import decisions
from tests.privacy.left_out import OF_NOBODY
from tests.privacy.rows_about import Planting
from tests.privacy.test_parts import personal_tables

LOANED = {"duo", "import"}
"""Words that Dutch has too."""


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


def test_no_code_of_the_service_is_read(app: Flask, session: Session, organisation: Organisation):
    """Of each kind of mail, list and row of a file, and of every decision, also one that was undone."""
    made = organisation
    me = made.people["junior"]
    for verb, subject in decisions():
        for about in (verb, f"undo: {verb}"):
            audit.record(session, made.now, me, about[:60], subject, None, before=[], after=[])
    for kind in (*ABOUT_ACCOUNT, *AT_ONCE, *WAITING):
        outbox.ask(session, kind, me, made.now.date(), made.now, about=f"12 {kind}")
    for kind in OF_PEOPLE:
        session.add(ImportedRecord(kind=kind, key="n-junior", values={}))
    for kept in LISTS:
        session.add(SavedView(person_id=me, list=kept, name="mijn lijst", query=""))
    session.commit()
    codes = {*ABOUT_ACCOUNT, *AT_ONCE, *WAITING, *OF_PEOPLE, *LISTS, *(verb for verb, _ in decisions())}
    with app.test_request_context(), use_locale("nl"):
        read = set()
        for found in gather(session, me).values():
            for box in boxes(found):
                read |= {told for row in box.rows for told in row}
    assert sorted(read & (codes - LOANED)) == []
    assert not [told for told in read if told.startswith(("undo:", "12 "))]


def test_a_decision_names_what_it_points_at(visit, session: Session, organisation: Organisation):
    made = organisation
    me, admin, craft = made.people["junior"], made.people["admin"], made.domains["Pneumatiek"]
    changes = [{"table": "expertise", "before": None, "after": {"domain_id": craft, "level": 2}}]
    audit.record(session, made.now, admin, "set expertise", "person", me, changes=changes)
    moved = [{"table": "person", "before": {"manager_id": me}, "after": {"manager_id": made.people["manager"]}}]
    audit.record(session, made.now, admin, "change person", "person", me, changes=moved)
    audit.record(
        session, made.now, admin, "set roles", "person", me, before=["junior"], after=["junior", "coordinator"]
    )
    session.commit()
    client = visit("junior")
    for address in ("/mine/subject?of=log", "/mine/whole"):
        page = " ".join(client.get(address).text.split())
        assert "vakgebied Pneumatiek" in page
        assert "leidinggevende: Junior Proef → Manager Proef" in page
        assert "junior → junior, coördinator" in page
    told = client.get("/mine/data.json").data.decode()
    assert '"manager": "Manager Proef"' in told
    assert '"domain": "Pneumatiek"' in told


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
