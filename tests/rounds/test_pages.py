"""The coordinator's pages of a round: what stands on them, and that they cost the same for many pairs."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import select

from mentorship.people.models import Person
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme
from mentorship.rounds.models import RoundOverride, RoundPair
from mentorship.rounds.solving import solve_round
from tests.client import InspectingClient
from tests.factories import Screen, words_of
from tests.rounds.stage import Stage, counted

Visit = Callable[[str | None], InspectingClient]


@pytest.mark.both_databases
def test_a_round_through_the_pages(stage: Stage, visit: Visit):
    first, _ = stage.cast()
    made = stage.organisation
    made.person("lonely", "junior", manager="manager")
    lonely = made.asks("lonely", "PLC-programmering")
    made.session.commit()
    page = visit("coordinator")
    at = page.post("/rounds", {"name": "Najaarsronde"}).location
    round_id = int(at.rsplit("/", 1)[1])

    def send(verb: str, **fields: object):
        return page.post(f"{at}/{verb}", {"version": stage.round(round_id).version, **fields})

    def text(path: str = "") -> str:
        answer = page.get(f"{at}{path}")
        assert answer.status_code == 200, path
        return html.unescape(answer.text)

    for path in ("", "/review/unmatched", "/review/places"):
        assert "Nog geen duo's" in text(path)
    assert page.get(f"{at}/progress").location == at, "nothing is being solved yet"
    assert "Deze ronde zoekt duo's" in html.unescape(page.follow(send("solve")).text)
    assert 'id="progress"' in page.get(f"{at}/progress", headers={"HX-Request": "true"}).text
    same = page.get(f"{at}/progress?shown=0-silent", headers={"HX-Request": "true"})
    assert same.status_code == 204, "a step is read out once"
    assert solve_round(stage.engine, round_id, stage.now)
    told = page.get(f"{at}/progress?shown=0-silent", headers={"HX-Request": "true"}).text
    assert "Klaar: 2 van de 3 hebben een mentor." in told, "read out before the page is loaded anew"
    assert page.get(f"{at}/progress?told=1", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert page.get(f"{at}/progress").location == at

    shown = text()
    for name in ("Junior", "Senior", "Other_junior", "Other_senior"):
        assert f"{name} Proef" in shown
    assert "Lonely" not in shown and "2 van de 3 hebben een mentor" in shown
    assert "Lonely Proef" in text("/review/unmatched") and "Niemand kan het en wil het doorgeven" in text(
        "/review/unmatched"
    )
    assert "Niemand kan het en wil het doorgeven" in text(f"/review/{lonely}")
    one = text(f"/review/{first}")
    assert "zelfstandig storingen verhelpen" in one and "Other_senior Proef" in one
    assert "Behoud van kennis" in one, "the coordinator alone sees continuity"
    assert "Nergens: elke mentorvraag met een mogelijke mentor kan er een krijgen." in text("/review/places")
    assert 'value="0,3"' in text("/terms") and 'value="0,02"' in text("/terms")

    other = stage.person("other_senior")
    old = {"pair": f"{first}-{other}-{'0' * 12}", "kind": "lock"}
    assert page.post(f"{at}/review/decide", old).status_code == 409, "an old page decides nothing"
    decided = page.post(f"{at}/review/decide", {"pair": f"{first}-{other}-", "kind": "lock"})
    assert "vastgezet" in html.unescape(page.follow(decided).text)
    again = text()
    assert "De uitkomst wordt opnieuw berekend" in again and "2 van de 3 hebben een mentor" in again
    assert send("publish").status_code == 422, "the outcome does not hold for all decisions"
    record = text("/decisions")
    for words in ("Junior Proef – Other_senior Proef", "zette een duo vast", "liet duo's zoeken", "23 nov 2026"):
        assert words in record
    assert "Coordinator Proef" in record and stage.round(round_id).input_hash in record

    stage.solve(round_id)
    assert "Gepubliceerd. Mentor en junior van elk duo zien nu het voorstel." in page.follow(send("publish")).text
    assert "2 voorstellen wachten op antwoord" in text()
    assert "Nog geen antwoord van 2 juniors en 2 mentoren" in text()
    assert send("publish").status_code == 409
    assert page.follow(send("close")).status_code == 200
    assert stage.round(round_id).status == "closed"
    for path in ("", "/review/unmatched", "/review/places", "/terms", "/decisions", f"/review/{first}"):
        assert text(path)
    for path in (
        "",
        "/progress",
        "/review/unmatched",
        "/review/places",
        "/terms",
        "/decisions",
        "/pairs.csv",
        f"/review/{first}",
    ):
        assert page.get(f"/rounds/999999{path}").status_code == 404
        assert visit("senior").get(f"{at}{path}").status_code in (403, 404)


def test_the_coordinator_stops_the_solving(stage: Stage, visit: Visit):
    stage.cast()
    round_id = stage.open()
    stage.ask(round_id)
    page = visit("coordinator")
    at = f"/rounds/{round_id}"
    assert "Stoppen" in page.get(at).text
    version = stage.round(round_id).version
    shown = page.follow(page.post(f"{at}/stop", {"version": version}))
    assert "Het zoeken van duo's is gestopt" in html.unescape(shown.text) and f'action="{at}/solve"' in shown.text
    assert "Stoppen" not in shown.text
    assert "stopte het zoeken" in page.get(f"{at}/decisions").text
    for late in (version, version + 1):
        assert page.post(f"{at}/stop", {"version": late}).status_code == 409


def test_what_the_coordinator_reads_when_a_round_cannot_go_on(stage: Stage, visit: Visit):
    first, _ = stage.cast()
    round_id = stage.solved()
    page = visit("coordinator")
    stage.change(Programme, 1, dpia_on=None)
    assert f'action="/rounds/{round_id}/publish"' not in page.get(f"/rounds/{round_id}").text
    refused = page.post(f"/rounds/{round_id}/publish", {"version": stage.round(round_id).version})
    assert refused.status_code == 422 and "Het programma is nog niet ingericht" in refused.text
    stage.change(Programme, 1, dpia_on=date(2026, 11, 1))

    stage.change(Capacity, stage.person("senior"), paused=True)
    broken = page.post(f"/rounds/{round_id}/publish", {"version": stage.round(round_id).version})
    assert broken.status_code == 409
    assert "niet meer bij een regel passen: 1." in html.unescape(broken.text)
    stage.decide(round_id, first, "senior", "lock")
    stage.solve(round_id)
    assert "Een vastgezet duo kan niet blijven" in page.get(f"/rounds/{round_id}").text


def test_the_pairs_as_a_table_for_a_spreadsheet(stage: Stage, visit: Visit):
    stage.cast()
    stage.change(Person, stage.person("senior"), given_name="=SOM(A1)")
    round_id = stage.solved()
    answer = visit("coordinator").get(f"/rounds/{round_id}/pairs.csv")
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    header, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert len(rows) == 2 and {len(row) for row in rows} == {len(header)}
    pairs = stage.read(lambda s: list(s.exec(select(RoundPair).order_by(RoundPair.score))))
    for row, pair in zip(rows, pairs, strict=True):
        score = float(row[6].replace(",", "."))
        parts = [float(cell.replace(",", ".")) for cell in row[7:12]]
        weights = list(pair.explanation["weights"].values())
        assert score == pair.score / 1e6
        assert parts == [pair.explanation["parts"][name] for name in pair.explanation["weights"]]
        assert abs(sum(w * p for w, p in zip(weights, parts, strict=True)) / sum(weights) - score) < 2e-6
    assert {tuple(row[:6]) for row in rows} == {
        ("n-junior", "Junior Proef", "Ede", "n-senior", "'=SOM(A1) Proef", "Pneumatiek"),
        ("n-other_junior", "Other_junior Proef", "Ede", "n-other_senior", "Other_senior Proef", "Pneumatiek"),
    }


def _crowd(stage: Stage, first: int, last: int) -> None:
    made = stage.organisation
    for number in range(first, last):
        made.person(f"j{number}", "junior")
        made.asks(f"j{number}")
    made.session.commit()


@pytest.mark.both_databases
def test_the_pages_of_forty_pairs_ask_as_much_of_the_database_as_those_of_three(
    stage: Stage, visit: Visit, engine: sa.Engine
):
    for key in ("senior", "other_senior"):
        stage.change(Capacity, stage.person(key), places=20, hours=40, confirmed_hours=40)
    page, numbers = visit("coordinator"), {}
    for first, last in ((0, 3), (3, 40)):
        _crowd(stage, first, last)
        round_id = stage.solved()
        pairs = stage.pairs(round_id)
        assert len(pairs) == last
        rows = [
            RoundOverride(round_id=round_id, request_id=r, mentor_id=m, kind="lock", decided_at=stage.now)
            for r, m in pairs.items()
        ]
        stage.act(lambda session, rows=rows: session.add_all(rows))
        for path in (
            "",
            "/review/unmatched",
            "/review/places",
            "/terms",
            "/decisions",
            "/pairs.csv",
            f"/review/{min(pairs)}",
        ):
            page.get(f"/rounds/{round_id}{path}")
            with counted(engine) as statements:
                assert page.get(f"/rounds/{round_id}{path}").status_code == 200
            numbers.setdefault(path.rsplit("/", 1)[0] if "requests" in path else path, []).append(len(statements))
    for path, (few, many) in numbers.items():
        assert many <= few, f"{path}: {few} statements for 3 pairs, {many} for 40"


def test_settings_are_saved_as_they_are_shown(stage: Stage, visit):
    """The cost of an unmatched request is empty by default, and stays so."""
    stage.cast()
    round_id, client = stage.open("Ronde"), visit("coordinator")
    shown = client.get(f"/rounds/{round_id}/terms").text
    fields = dict(
        re.findall(r'name="((?:weight_\w+|floor|spread|waiting|unmatched_cost|version))"[^>]*? value="([^"]*)"', shown)
    )
    assert fields["unmatched_cost"] == "" and len(fields) == 10
    assert client.post(f"/rounds/{round_id}/terms", {**fields, "spread": "0,015"}).status_code == 303
    assert 'value="0,015"' in client.get(f"/rounds/{round_id}/terms").text
    assert client.post(f"/rounds/{round_id}/terms", fields).status_code == 409, "the version shown is an old one"


def test_a_forbidden_pair_is_called_forbidden_and_not_locked(stage: Stage, visit: Visit):
    stage.organisation.speak("en")
    first, second = stage.cast()
    round_id = stage.solved()
    stage.decide(round_id, first, "senior", "forbid")
    stage.decide(round_id, second, "other_senior", "lock")
    page = visit("coordinator")
    screen = Screen(page, f"/rounds/{round_id}")
    decided = {row[1].split(" ")[0]: row[-1] for row in screen.rows() if "Proef" in row[1]}
    both = "Junior Proef and Senior Proef"
    assert decided["Junior"] == f"not together : {both}"
    assert decided["Other_junior"].startswith("locked")
    assert f"Not together: {both}" not in screen.names("button"), "it is forbidden already"
    screen.press(f"not together : {both}")
    assert screen.path == f"/rounds/{round_id}", "a click moves nobody away"
    assert f"{both} are released." in words_of(screen.tree)
    assert stage.overrides(round_id) == {(second, stage.person("other_senior"), "lock")}
    screen.press(f"Lock: {both}")
    assert (first, stage.person("senior"), "lock") in stage.overrides(round_id)
    screen.press(f"locked : {both}")
    for request_id, word in ((first, "not together"), (second, "locked")):
        stage.decide(round_id, first, "senior", "forbid")
        shown = Screen(page, f"/rounds/{round_id}/review/{request_id}")
        told = [each for each in ("not together", "locked") for name in shown.names("button") if name.startswith(each)]
        assert told == [word]


def test_a_round_without_a_pair_offers_nothing_to_publish(stage: Stage, visit: Visit):
    stage.organisation.asks("junior", domain="Nobody's")
    stage.organisation.session.commit()
    round_id = stage.solved()
    page = visit("coordinator")
    assert stage.round(round_id).quality["matched"] == 0
    assert f'action="/rounds/{round_id}/publish"' not in page.get(f"/rounds/{round_id}").text
    refused = page.post(f"/rounds/{round_id}/publish", {"version": stage.round(round_id).version})
    assert refused.status_code == 422 and "Er is geen duo om te publiceren." in refused.text
    assert stage.round(round_id).status == "solved"


def test_the_rounds_as_a_list(stage: Stage, visit: Visit):
    stage.organisation.speak("en")
    for name in ("Spring", "Été"):
        stage.open(name)
    page = visit("coordinator")
    screen = Screen(page, "/rounds")
    assert screen.heading == "2 rounds are not published yet"
    assert [row[0] for row in screen.rows()] == ["Été", "Spring"], "the newest first"
    assert [row[0] for row in screen.open("/rounds?q=ete").rows()] == ["Été"]
    assert [row[0] for row in screen.open("/rounds?sort=name").rows()] == ["Été", "Spring"], "é as e"
    assert [row[0] for row in screen.open("/rounds?sort=name&order=down").rows()] == ["Spring", "Été"]
    assert not screen.open("/rounds?status=published").rows() and "Nothing fits this view" in screen.text
    rows = csv.reader(io.StringIO(page.get("/rounds/rounds.csv?q=spring").data.decode("utf-8-sig")), delimiter=";")
    assert [row[:2] for row in rows][1:] == [["Spring", "draft"]]


def test_a_second_round_over_the_same_requests_is_said(stage: Stage, visit: Visit):
    stage.organisation.speak("en")
    delft = stage.organisation.site("Delft")
    stage.organisation.session.commit()
    first = stage.open("Everywhere")
    page = visit("coordinator")
    assert "takes the same requests" not in Screen(page, f"/rounds/{first}").text
    second = stage.open("Delft only", sites=(delft,))
    screen = Screen(page, f"/rounds/{second}")
    assert "takes the same requests" in screen.text and "Everywhere" in screen.names("a")
    assert screen.tap("Everywhere").path == f"/rounds/{first}" and "Delft only" in screen.names("a")


def test_publishing_names_who_get_a_proposal(stage: Stage, visit: Visit):
    stage.cast()
    stage.organisation.speak("en")
    round_id = stage.solved()
    page = visit("coordinator")
    screen = Screen(page, f"/rounds/{round_id}").tap("Publish 2 proposals")
    assert screen.heading == "Publish 2 proposals?"
    assert "Junior Proef – Senior Proef" in screen.text and "Other_junior Proef – Other_senior Proef" in screen.text
    screen.press("Publish 2 proposals")
    assert screen.heading == "2 proposals wait for an answer"


def test_what_a_decision_moved_is_told_after_the_next_search(stage: Stage, visit: Visit):
    first, _ = stage.cast()
    stage.organisation.speak("en")
    round_id = stage.solved()
    page = visit("coordinator")
    assert "pair moved" not in Screen(page, f"/rounds/{round_id}").text
    stage.decide(round_id, first, "other_senior", "lock")
    stage.solve(round_id)
    shown = Screen(page, f"/rounds/{round_id}").text
    assert "1 pair moved. Nobody loses a mentor." in shown
    assert "Junior Proef was Senior Proef becomes Other_senior Proef chosen by hand: fits" in shown
    stage.solve(round_id)
    assert "pair moved" not in Screen(page, f"/rounds/{round_id}").text, "the same again moves nobody"


def test_from_one_request_of_a_round_to_the_next(stage: Stage, visit: Visit):
    stage.cast()
    round_id = stage.solved()
    page = visit("coordinator")
    order = [row[1] for row in Screen(page, f"/rounds/{round_id}").rows()]
    first = Screen(page, f"/rounds/{round_id}").tap("Junior Proef")
    assert "1 van 2" in first.text and "Vorige K" not in first.names("a") and order[0].startswith("Junior Proef")
    second = first.tap("Volgende J")
    assert "2 van 2" in second.text and "Volgende J" not in second.names("a")
    assert second.tap("Vorige K").heading == Screen(page, first.path).heading


def test_the_settings_of_a_round_say_what_was_agreed_about_them(stage: Stage, visit):
    stage.cast()
    client = visit("coordinator")
    page = f"/rounds/{stage.open()}/terms"
    agreed, other = "zijn zoals afgesproken", "andere gewichten, een andere ondergrens"
    assert agreed not in Screen(client, page).text
    stage.organisation.agree()
    screen = Screen(client, page)
    assert agreed in screen.text and other not in screen.text
    screen.press("Instellingen opslaan", floor="0,1")
    assert other in screen.text and agreed not in screen.text
    screen.press("Instellingen opslaan", floor="0,3", unmatched_cost="0,5")
    assert "zet kwaliteit voorop" in screen.text and agreed not in screen.text
