"""Every page that takes no id, as every role: it answers, and the client inspects what it answers."""

import pytest

from tests.factories import Organisation

PAGES = {
    "junior": ["/", "/requests/new", "/requests/new?domain=1", "/requests/new?domain=1&current=2", "/requests/mine",
               "/mentorships", "/profile", "/wishes", "/wishes?q=proef", "/account", "/account/mail"],
    "senior": ["/", "/profile", "/mentorships", "/signals"],
    "manager": ["/", "/workload", "/workload?sort=free&order=down", "/workload?page=99", "/workload/workload.csv",
                "/check-ins/codes"],
    "coordinator": ["/", "/rounds", "/people", "/people?q=s&site=1&role=senior&account=none", "/requests", "/domains",
                    "/rosters", "/programme", "/workload", "/signals", "/check-ins/settings"],
    "admin": ["/", "/people"],
    "nobody": ["/", "/profile"],
}  # fmt: skip


@pytest.mark.parametrize("who", PAGES)
def test_pages_answer(who, visit, organisation: Organisation):
    client = visit(who)
    for url in PAGES[who]:
        assert client.get(url).status_code == 200, url


def test_pages_of_nobody(visit):
    client = visit(None)
    for url in ("/sign-in", "/activate", "/c", "/healthz", "/mail/unsubscribe"):
        assert client.get(url).status_code == 200
    assert client.get("/profile").location == "/sign-in?next=/profile"
    assert client.get("/nonsense").status_code == 404
    assert client.get("/people/99999999999999999999").status_code in (303, 404)
