"""Every page that takes no id, as every role: it answers, and the client inspects what it answers."""

import pytest

from tests.factories import Organisation

PAGES = {
    "junior": [
        "/",
        "/mentor-requests/new",
        "/mentor-requests/new?domain=1",
        "/mentor-requests/new?domain=1&current=2",
        "/mentor-requests/mine",
        "/mentorships",
        "/profiles",
        "/profiles/wishes",
        "/profiles/wishes?q=proef",
        "/account",
        "/reminders",
    ],
    "senior": ["/", "/profiles", "/mentorships", "/signals", "/waiting/asked", "/lessons", "/mentorships/mentoring"],
    "manager": [
        "/",
        "/insight/workload",
        "/insight/workload?sort=free&order=down",
        "/insight/workload?page=99",
        "/insight/workload.csv",
        "/insight/published",
        "/insight/published.csv",
        "/insight/published.xlsx",
        "/week",
        "/week?week=-1&side=learns&site=1&sort=site&order=down",
        "/week/paper",
        "/links/codes",
    ],
    "coordinator": [
        "/insight/outcomes",
        "/insight/outcomes/outcomes.csv",
        "/insight/outcomes/quarter",
        "/insight/outcomes/outcomes.xlsx",
        "/",
        "/rounds",
        "/people",
        "/people?q=s&site=1&role=senior&account=none",
        "/waiting",
        "/domains",
        "/growth/jobs",
        "/growth/jobs/courses",
        "/growth/held",
        "/growth/held/mine",
        "/growth/matrix",
        "/growth/matrix/matrix.csv",
        "/growth/matrix/matrix.xlsx",
        "/growth/certificates",
        "/growth/certificates/certificates.csv",
        "/growth/certificates/certificates.xlsx",
        "/growth/certificate-kinds",
        "/insight/mirror",
        "/insight/mirror/mirror.csv",
        "/insight/mirror/mirror.xlsx",
        "/pulse/waves",
        "/growth/held/certificates",
        "/rosters",
        "/programme",
        "/insight/workload",
        "/signals",
        "/checkins/settings",
        "/papers",
        "/papers?paper=council",
    ],
    "hr": ["/", "/people", "/joining", "/sites", "/rosters"],
    "admin": ["/", "/people"],
    "nobody": ["/", "/profiles", "/papers/agreed"],
}


@pytest.mark.parametrize("who", PAGES)
@pytest.mark.both_databases
def test_pages_answer(who, visit, organisation: Organisation):
    client = visit(who)
    for url in PAGES[who]:
        assert client.get(url).status_code == 200, url


def test_pages_of_nobody(visit):
    client = visit(None)
    for url in (
        "/account/sign-in",
        "/account/activate",
        "/links",
        "/healthz",
        "/reminders/unsubscribe",
        "/papers/open",
    ):
        assert client.get(url).status_code == 200
    assert client.get("/profiles").location == "/account/sign-in?next=/profiles"
    assert client.get("/nonsense").status_code == 404
    assert client.get("/people/99999999999999999999").status_code in (303, 404)
