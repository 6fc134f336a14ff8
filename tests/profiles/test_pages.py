"""A profile as its owner fills it in: every section is kept, and nothing typed is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlmodel import Session

from mentorship.matching import FORMS
from mentorship.profiles.models import Capacity
from mentorship.profiles.rosters import patterns as rosters
from mentorship.profiles.rosters.ready_made import SHAPES
from tests.factories import Organisation, Screen, words_of

ORDER = ["online", "on_the_job", "short_modules", "classroom", "with_colleague"]


@pytest.fixture
def made(organisation: Organisation) -> Organisation:
    organisation.speak("en")
    return organisation


@pytest.mark.both_databases
def test_what_i_can(visit, made: Organisation):
    air, plc = (str(made.domains[name]) for name in ("Pneumatiek", "PLC-programmering"))
    screen = Screen(visit("junior"), "/profiles")
    add = "Add this domain"
    screen.press(add, add_domain=air, add_willing="true")
    fields = screen.fields(add)
    assert screen.status == 422 and (fields["add_domain"], fields["add_willing"]) == (air, "true"), "still chosen"
    assert "How well?: Choose both a domain and a level to add." in screen.text, "it names what lacks"
    screen.press(add, add_domain="", add_level="2")
    assert screen.status == 422 and "Domain: Choose both a domain and a level to add." in screen.text
    screen.press(add, add_domain=air)
    screen.press(add, add_domain=plc, add_level="5")
    assert "Saved." in screen.text and "2 domains, 1 that I pass on" in screen.text
    assert screen.fields("Save PLC-programmering") == {"domain": plc, "level": "5"}
    assert screen.fields("Save Pneumatiek") == {"domain": air, "level": "2", "willing": air}
    screen.press("Save PLC-programmering", level="4", willing=plc)
    assert screen.fields("Save PLC-programmering") == {"domain": plc, "level": "4", "willing": plc}
    assert screen.fields("Save Pneumatiek") == {"domain": air, "level": "2", "willing": air}, "as it was"
    screen.press("Remove Pneumatiek")
    assert "Save Pneumatiek" not in screen.names("button") and "1 domain, 1 that I pass on" in screen.text
    screen.press("Undo")
    assert "2 domains, 2 that I pass on" in Screen(visit("junior"), "/profiles").text


def opened(screen: Screen) -> list[str]:
    """Return the folds that are open, by their titles."""
    found = [e for e in screen.tree.iter("details") if (e.get("class") or "") == "fold" and e.get("open") is not None]
    return [words_of(next(e.iter("b"))) for e in found]


def test_only_what_is_missing_is_open(visit, session: Session, made: Organisation):
    made.person("fresh", "junior", roster=None)
    made.speak("en")
    session.commit()
    client = visit("fresh")
    screen = Screen(client, "/profiles")
    assert "Your profile is not complete: 2 things are missing" in screen.text
    assert opened(screen) == ["How I like to learn", "When I work"]
    screen.press("Save my order", choice=ORDER)
    assert "Your profile is almost complete: 1 thing is missing" in screen.text
    assert "First choice: online" in screen.text, "told while it is closed"
    assert opened(screen.open("/profiles")) == ["When I work"]
    screen.press("Save when I work", roster_id=str(next(iter(made.rosters.values()))))
    assert "Your profile is complete" in screen.text
    assert opened(screen.open("/profiles")) == []
    assert opened(screen.open("/profiles?open=places")) == ["I can also mentor somebody"], "a link opens it"
    assert opened(screen.press("Pause", until="2026-11-22")) == ["I can also mentor somebody"], "and so does a mistake"


def test_who_mentors_is_told_what_that_needs(visit, made: Organisation):
    screen = Screen(visit("senior"), "/profiles")
    assert "not said yet which way suits you" in screen.text
    screen.press("Save how I like to mentor", **dict.fromkeys(FORMS, "3"))
    assert "2 places, 8 hours a week" in screen.text and "not said yet which way suits you" not in screen.text


def test_a_tap_answers_with_the_page_as_it_is_then(visit, made: Organisation):
    client = visit("junior")
    fields = {"horizon": "1_to_3"}
    tapped = client.post("/profiles/plans", fields, headers={"HX-Request": "true", "HX-Trigger": "tap"})
    assert tapped.status_code == 200 and "Saved at 10:00" in tapped.text
    assert "Filled in; only you and the coordinator see it" in tapped.text
    assert ">Undo<" not in tapped.text, "another tap takes it back"
    pressed = client.post(
        "/profiles/plans", {"horizon": "unknown"}, headers={"HX-Request": "true", "HX-Trigger": "button"}
    )
    assert "Undo" in pressed.text
    wrong = client.post("/profiles/plans", {"horizon": "x"}, headers={"HX-Request": "true", "HX-Trigger": "tap"})
    assert wrong.status_code == 422 and "data-mistakes" in wrong.text


@pytest.mark.both_databases
def test_how_i_learn_teach_work_and_plan(visit, made: Organisation):
    screen = Screen(visit("senior"), "/profiles")
    screen.press("Save my order", choice=ORDER)
    assert screen.fields("Save my order")["choice"] == ORDER
    twice = [*ORDER[:4], ORDER[0]]
    screen.press("Save my order", choice=twice)
    assert screen.status == 422 and "fifth choice: Give every way of learning its own place." in screen.text
    assert screen.fields("Save my order")["choice"] == twice, "kept as it was chosen"
    screen.press("Save my order", choice=["", *ORDER[1:]])
    assert screen.status == 422
    assert screen.text.count("Choose one of the options.") == 2, "in the summary, and beside the empty one"
    assert Screen(visit("senior"), "/profiles").fields("Save my order")["choice"] == ORDER, "nothing was changed"
    comfort = {form: str(n) for n, form in enumerate(FORMS)}
    assert screen.press("Save how I like to mentor", **comfort).fields("Save how I like to mentor") == comfort
    screen.press("Save how I like to mentor", online="")
    assert screen.status == 422 and "Fill in a whole number." in screen.text
    del comfort["online"]
    assert screen.fields("Save how I like to mentor") == comfort, "what was chosen stays, and only that"
    screen.press("Save when I work", roster_id="", off=["0", "4"], school=["2"], remote="true")
    fields = screen.fields("Save when I work")
    assert fields == {"roster_id": "", "off": ["0", "4"], "school": "2", "remote": "true"}
    assert screen.fields("Save my plans") == {"horizon": "unknown"}, "not required"
    assert screen.press("Save my plans", horizon="1_to_3").fields("Save my plans") == {"horizon": "1_to_3"}


@pytest.mark.both_databases
def test_hours_wait_for_the_manager(visit, made: Organisation, session: Session):
    made.speak("nl")
    screen = Screen(visit("senior"), "/profiles")
    assert screen.fields("Plekken opslaan") == {"places": "2", "hours": "8"}
    assert "De uren zijn bevestigd in de planning." in screen.text
    screen.press("Plekken opslaan", places="3", hours="2,5")
    assert screen.fields("Plekken opslaan") == {"places": "3", "hours": "2,5"}
    assert "1 plek telt nu." in screen.text, "fewer hours need no new confirmation"
    screen.press("Plekken opslaan", hours="6,25")
    assert "nu bevestigd: 2,5" in screen.text and "1 plek telt nu." in screen.text, "more hours do"
    assert session.get_one(Capacity, made.people["senior"], populate_existing=True).confirmed_hours == Decimal("2.5")
    session.rollback()
    manager = Screen(visit("manager"), "/insight/workload?line=own").press("Bevestig")
    assert manager.status == 200
    screen.open("/profiles")
    assert "3 plekken tellen nu." in screen.text and "De uren zijn bevestigd" in screen.text
    screen.press("Plekken opslaan", hours="8")
    Screen(visit("manager"), "/insight/workload?line=own").press("Bevestig", answer="fewer", hours="6,5", seen="6,5")
    screen.open("/profiles")
    assert "Je leidinggevende heeft 6,5 van deze uren bevestigd in de planning." in screen.text, (
        "fewer is an answer too"
    )
    assert "De uren zijn bevestigd" not in screen.text and "moet de uren" not in screen.text
    screen.press("Plekken opslaan", hours="6,25")
    assert "De uren zijn bevestigd in de planning." in screen.text
    screen.press("Plekken opslaan", places="veel", hours="41")
    assert screen.status == 422 and "Vul een heel getal in." in screen.text and "Hoogstens 40." in screen.text
    assert screen.fields("Plekken opslaan") == {"places": "veel", "hours": "41"}
    junior = Screen(visit("junior"), "/profiles").press("Plekken opslaan", places="1", hours="2")
    assert "0 plekken tellen nu." in junior.text, "a junior may guide too"
    assert "Plekken, uren, pauze" in junior.open("/").names("a")


def test_pause(visit, made: Organisation):
    screen = Screen(visit("senior"), "/profiles").press("Pause", until="2026-11-22")
    assert screen.status == 422 and "stay empty): This pause would be over already." in screen.text, (
        "it names its field"
    )
    assert screen.fields("Pause")["until"] == "2026-11-22", "the date is kept"
    assert screen.fields("Save places") == {"places": "2", "hours": "8"}, "and the places are not emptied"
    screen.press("Pause", until="2026-12-01")
    assert "paused up to and including 1 Dec 2026" in screen.text
    assert "You pause as a mentor." in screen.open("/").text
    screen.open("/profiles").press("End my pause")
    assert "Pause" in screen.names("button")
    assert "until further notice" in screen.press("Pause").text


def test_wishes_and_blocks(visit, made: Organisation):
    screen = Screen(visit("junior"), "/profiles/wishes?q=sen")
    screen.press("wanted: Senior Proef")
    assert screen.path == "/profiles/wishes" and screen.heading == "You named 1 colleague"
    assert "Other_senior Proef" in screen.text, "the search one made is still there"
    screen.press("Undo")
    assert screen.heading == "You named nobody: everybody who fits counts"
    screen.press("wanted: Senior Proef").open("/profiles/wishes")
    assert "Senior Proef Ede wanted" in screen.text
    screen.press("rather not: Senior Proef").open("/profiles/wishes?q=other").press("rather not: Other_senior Proef")
    screen.open("/profiles/wishes")
    assert "Senior Proef Ede rather not" in screen.text and "Other_senior Proef Ede rather not" in screen.text
    shown = Screen(visit("coordinator"), f"/profiles/{made.people['junior']}").text
    assert "Senior Proef: rather not" in shown
    screen.press("Remove: Senior Proef").press("Remove: Other_senior Proef")
    assert "Nobody named" in screen.text
    assert "Junior Proef" not in Screen(visit("junior"), "/profiles/wishes?q=junior+proef").names("button"), (
        "not oneself"
    )
    client = visit("junior")
    for other in (made.people["junior"], 10**6):
        assert client.post("/profiles/wishes", {"other_id": other, "wish": "wanted"}).status_code == 422
    assert Screen(client, "/profiles/wishes?q=niemand-heet-zo").text.count("Nobody found.") == 1


def rows_of(screen: Screen) -> dict[str, tuple[bool, bool]]:
    """Return what the table of domains says of each: critical, and learned remotely."""
    fields = screen.fields("Save")
    ticked = {name: fields.get(name, []) for name in ("critical", "remote")}
    return {
        name: (number in ticked["critical"], number in ticked["remote"])
        for number, name in zip(fields["domain"], fields["name"], strict=True)
    }


def typed(screen: Screen, **names: str) -> list[str]:
    """Return the names of the domains with some of them typed anew."""
    return [names.get(name, name) for name in screen.fields("Save")["name"]]


def test_domains(visit, made: Organisation):
    screen = Screen(visit("coordinator"), "/domains").press("Add", name=" Lassen ", critical="true")
    assert rows_of(screen)["Lassen"] == (True, False)
    number = dict(zip(screen.fields("Save")["name"], screen.fields("Save")["domain"], strict=True))["Lassen"]
    screen.press("Save", name=typed(screen, Lassen="TIG-lassen"), critical=None, remote=[number])
    assert rows_of(screen)["TIG-lassen"] == (False, True)
    screen.press("Add", name="TIG-lassen", remote="true")
    assert screen.status == 422 and "There is a domain with this name already." in screen.text
    assert {"name": "TIG-lassen", "remote": "true"}.items() <= screen.fields("Add").items()
    doubled = [*screen.fields("Save")["name"]]
    doubled[doubled.index("TIG-lassen")] = "pneumatiek"
    screen.press("Save", name=doubled, critical=[number])
    assert screen.status == 422 and "There is a domain with this name already." in screen.text
    fields = screen.fields("Save")
    assert (fields["name"], fields["critical"]) == (doubled, number), "what was typed stays in its row"
    assert screen.fields("Add")["name"] == ""
    screen.press("Add", name="  ")
    assert screen.status == 422 and "Fill this in." in screen.text
    assert "TIG-lassen" in rows_of(screen.open("/domains")), "refused changes changed nothing"


def test_of_one_domain_changed_in_two_tabs_both_changes_stay(visit, made: Organisation):
    stale = Screen(visit("coordinator"), "/domains")
    number = stale.fields("Save")["domain"][0]
    title = stale.fields("Save")["name"][0]
    Screen(visit("coordinator"), "/domains").press("Save", critical=[number])
    stale.press("Save", name=typed(stale, **{title: "Hydraulica"}))
    assert rows_of(stale)["Hydraulica"][0], "the other tab made it critical, and this one said nothing of that"


def test_one_tap_saves_every_domain_that_was_changed(visit, made: Organisation):
    screen = Screen(visit("coordinator"), "/domains")
    plc, air = (str(made.domains[name]) for name in ("PLC-programmering", "Pneumatiek"))
    names = typed(screen, Pneumatiek="Perslucht")
    screen.press("Save", name=names, critical=[plc], remote=[air])
    assert screen.status == 200
    assert (rows_of(screen)["PLC-programmering"][0], rows_of(screen)["Perslucht"]) == (True, (False, True))
    half_wrong = ["" if name == "PLC-programmering" else name for name in typed(screen, Perslucht="Lucht")]
    screen.press("Save", name=half_wrong)
    assert screen.status == 422 and screen.fields("Save")["name"] == half_wrong, "nothing typed is lost"
    assert "Perslucht" in rows_of(screen.open("/domains")), "and nothing was saved"


def test_a_table_shown_before_undoes_nobody_elses_change(visit, made: Organisation):
    one, other = (Screen(visit("coordinator"), "/domains") for _ in range(2))
    air = str(made.domains["Pneumatiek"])
    other.press("Save", critical=[air])
    one.press("Save", name=typed(one, **{"PLC-programmering": "PLC"}))
    rows = rows_of(one)
    assert "PLC" in rows and rows["Pneumatiek"][0], "only what was changed here is saved"


def test_a_roster_of_every_shape_and_the_timetable_it_gives(visit, session: Session, made: Organisation):
    screen = Screen(visit("coordinator"), "/rosters")
    for shape in SHAPES:
        screen.press("Add", name=f"R-{shape}", shape=shape, starts_on="2026-01-05")
        assert screen.status == 200, shape
    ids = {r.name: r.id for r in rosters.rosters(session)}
    tables = rosters.patterns(session)
    for shape, wanted in SHAPES.items():
        table = tables[ids[f"R-{shape}"] or 0]
        assert table.start == 739621, "5 January 2026"
        assert table.days == tuple((wanted.times[code],) if code else () for code in wanted.cycle)
    five_shifts = tables[ids["R-five_shifts"] or 0]
    assert [(begin // 60, end // 60) for day in five_shifts.days for begin, end in day or [(0, 0)]] == [
        (6, 14),
        (6, 14),
        (14, 22),
        (14, 22),
        (22, 30),
        (22, 30),
        (0, 0),
        (0, 0),
        (0, 0),
        (0, 0),
    ]
    session.rollback()
    row = next(r for r in screen.rows() if r[0] == "R-five_shifts")
    assert row[1:] == ["5 Jan 2026", "V V L L N N – – – –", "0"]
    screen.press("Add", name="R-day", shape="twelve_hours", starts_on="2026-02-02")
    assert screen.status == 422 and "There is a roster with this name already." in screen.text
    assert screen.fields("Add") == {"name": "R-day", "shape": "twelve_hours", "starts_on": "2026-02-02"}
    assert screen.press("Add", name="x", starts_on="2 februari").status == 422


def test_only_the_coordinator_sees_somebodys_profile(visit, session: Session, made: Organisation):
    made.person("both", "junior", "senior", remote=True)
    made.can("both", "Lassen", 3)
    made.offers("both", places=2, hours=4.5, confirmed=None)
    session.commit()
    url = f"/profiles/{made.people['both']}"
    text = Screen(visit("coordinator"), url).text
    for words in (
        "Lassen can do it alone yes",
        "Roster DAG",
        "Remote yes",
        "Hours a week 4.5",
        "Confirmed hours none",
        "Ways of learning not known",
        "Plans not known",
    ):
        assert words in text
    assert visit("both").get(url).status_code == 200
    for who in ("junior", "manager", "director", "admin"):
        assert visit(who).get(url).status_code == 404, who
