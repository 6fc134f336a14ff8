"""An author shows a signal to the coordinator and, where managers see what is released, to their own line."""

from __future__ import annotations

import pytest
from sqlmodel import select

from mentorship.base.errors import Refused
from mentorship.checkins.signals import actions as signal_actions
from mentorship.checkins.signals.models import Signal
from tests.checkins.stage import Asking, cards_of
from tests.rounds.stage import counted

TALK, LOW, LOWEST = (
    "Praat met dit duo",
    "Je antwoorden waren twee keer achter elkaar laag",
    "Je gaf een keer het laagste antwoord",
)
APART = "Vier weken niet samen gewerkt"
RELEASE, BACK = "Laat mijn leidinggevende dit zien", "Intrekken"
TO_COORDINATOR, BY_KIND = "Laat de coördinator dit zien", "Een van de twee laat zien: een heel laag antwoord"
PEOPLE = (
    "senior",
    "junior",
    "other_senior",
    "other_junior",
    "manager",
    "director",
    "other_manager",
    "coordinator",
    "admin",
    "nobody",
)


def plant(stage: Asking, pair: int, kind: str, side: str, about: str = "") -> int:
    row = Signal(mentorship_id=pair, kind=kind, side=side, about=about, since=stage.today, raised_at=stage.now)
    if (kind, about) == ("help", "manager"):
        row.asked_id = stage.person("manager")
    stage.act(lambda session: session.add(row))
    return signal(stage).id or 0


def signal(stage: Asking) -> Signal:
    found: Signal = stage.read(lambda s: s.exec(select(Signal).order_by(Signal.id.desc())).first())
    return found


def seen(stage: Asking) -> dict[str, list[str]]:
    found = {key: stage.cards(key) for key in PEOPLE}
    return {key: cards for key, cards in found.items() if cards}


@pytest.mark.parametrize(
    ("side", "author", "line"),
    [("junior", "other_junior", {"other_manager", "director"}), ("mentor", "senior", {"manager", "director"})],
)
def test_a_released_signal_reaches_the_line_of_its_author_in_neutral_words(
    stage: Asking, side: str, author: str, line: set[str]
):
    plant(stage, stage.start("senior", "other_junior"), "low", side)
    stage.choose("released")
    before = {author: [LOW], "coordinator": [TALK]}
    assert seen(stage) == before
    page = stage.screen(author, "/signals")
    assert f"Je leidinggevende ziet dit niet. Laat je het zien, dan ziet je leidinggevende “{TALK}”" in page.text
    page = page.press(RELEASE)
    assert f"Sinds 23 nov 2026 te zien: je leidinggevende ziet “{TALK}”" in page.text
    by_kind = ["Een van de twee laat zien: twee keer achter elkaar laag"]
    assert seen(stage) == {**before, "coordinator": by_kind, **{key: [TALK] for key in line}}
    told = stage.screen("director", "/signals").text
    assert "laag" not in told and "ontstaan" not in told and "te zien" not in told
    assert stage.visit(author).post(f"/signals/{signal(stage).id}/release", {"release": "true"}).status_code == 303
    page = stage.screen(author, "/signals").press(BACK)
    assert "Ingetrokken: waar het over gaat, is weer van jou alleen." in page.text
    assert seen(stage) == before
    for verb in ("release signal", "take back signal"):
        (row,) = stage.audit(verb)
        assert (row.actor_id, row.subject_id, row.details) == (stage.person(author), signal(stage).id, {})


def test_whoever_took_it_on_and_sees_it_no_more_lets_it_go(stage: Asking):
    plant(stage, stage.start(), "low", "junior")
    stage.choose("released")
    stage.screen("junior", "/signals").press(RELEASE)
    stage.screen("manager", "/signals").press("Oppakken", action="pace")
    page = stage.screen("junior", "/signals")
    assert "Manager Proef heeft het opgepakt en kijkt opnieuw op 7 dec 2026." in page.text and "tempo" not in page.text
    page.press(BACK)
    found = signal(stage)
    assert (found.status, found.owner_id, found.action, found.look_again_on) == ("open", None, "", None)
    stage.screen("coordinator", "/signals").press("Oppakken", action="talk")
    page = stage.screen("junior", "/signals").press(RELEASE).press(BACK)
    assert signal(stage).owner_id == stage.person("coordinator"), "who still sees it keeps it"


@pytest.mark.parametrize(
    ("visibility", "said", "line"),
    [
        ("classes", f"Je leidinggevende ziet “{TALK}”, en geen antwoorden: zo is het programma ingericht.", True),
        ("aggregates", "Je leidinggevende ziet dit niet: zo is het programma ingericht.", False),
    ],
)
def test_elsewhere_the_coordinator_is_shown_what_it_is_and_managers_as_before(
    stage: Asking, visibility: str, said: str, line: bool
):
    number = plant(stage, stage.start(), "lowest", "junior")
    stage.choose(visibility)
    page = stage.screen("junior", "/signals")
    assert said in page.text and f"Laat je het zien, dan ziet de coördinator “{BY_KIND}”" in page.text
    assert RELEASE not in page.names("button")
    before = seen(stage)
    assert before["coordinator"] == [TALK] and (before.get("manager") == [TALK]) is line
    page = page.press(TO_COORDINATOR)
    assert "Sinds 23 nov 2026 te zien" in page.text and BY_KIND in page.text
    assert seen(stage) == {**before, "coordinator": [BY_KIND]}
    stage.screen("junior", "/signals").press(BACK)
    assert seen(stage) == before and signal(stage).released_at is None
    stage.choose(None)
    answer = page.client.post(f"/signals/{number}/release", {"release": "true"})
    assert answer.status_code == 422 and "nog niet gekozen" in answer.text


def test_what_was_shown_while_managers_saw_groups_stays_the_coordinators(stage: Asking):
    plant(stage, stage.start(), "lowest", "junior")
    stage.later(hours=1)
    stage.widen("aggregates")
    stage.later(hours=1)
    stage.screen("junior", "/signals").press(TO_COORDINATOR)
    for visibility in ("released", "classes"):
        stage.later(days=1)
        stage.widen(visibility)
        page = stage.screen("junior", "/signals")
        assert ("manager" in seen(stage)) is (visibility == "classes"), "there it was raised under it"
        assert ("Je leidinggevende ziet dit niet." in page.text) is ("manager" not in seen(stage))


@pytest.mark.parametrize(
    ("raised", "side", "about", "who"),
    [
        ("low", "junior", "", {"junior"}),
        ("low", "mentor", "", {"senior"}),
        ("safety", "junior", "", {"junior"}),
        ("apart", "both", "", set()),
        ("rule", "both", "site", set()),
        ("hours", "mentor", "", set()),
        ("help", "junior", "coordinator", set()),
        ("help", "junior", "mentor", set()),
        ("help", "mentor", "manager", set()),
    ],
)
def test_only_an_author_releases(stage: Asking, raised: str, side: str, about: str, who: set[str]):
    number = plant(stage, stage.start(), raised, side, about)
    stage.choose("released")
    for key in PEOPLE:
        offered = RELEASE in stage.screen(key, "/signals").names("button")
        answer = stage.visit(key).post(f"/signals/{number}/release", {"release": "maybe"})
        assert (offered, answer.status_code) == ((True, 422) if key in who else (False, 404)), key
        if key not in who:
            with pytest.raises(Refused):
                stage.act(signal_actions.release, stage.actor(key), number, True, stage.now)
    assert signal(stage).released_at is None


@pytest.mark.parametrize("visibility", ["released", "classes", "aggregates"])
def test_what_hours_rosters_and_rules_say_goes_to_both_lines(stage: Asking, visibility: str):
    pair = stage.start("senior", "other_junior")
    stage.choose(visibility)
    plant(stage, pair, "apart", "both")
    everybody = ("senior", "other_junior", "manager", "other_manager", "director", "coordinator")
    assert seen(stage) == {key: [APART] for key in everybody}
    plant(stage, pair, "hours", "mentor")
    assert len(stage.cards("senior")) == 2 and stage.cards("manager") == [APART], "to the mentor first"
    stage.later(days=7)
    assert {key for key, cards in seen(stage).items() if len(cards) == 2} == set(everybody) - {"other_junior"}


@pytest.mark.parametrize(
    ("raised", "side", "line"),
    [
        ("lowest", "junior", {"other_manager", "director"}),
        ("lowest", "mentor", {"manager", "director"}),
        ("safety", "junior", {"other_manager", "director"}),
        ("apart", "both", {"manager", "other_manager", "director"}),
        ("rule", "both", {"manager", "other_manager", "director"}),
    ],
)
def test_managers_see_what_is_of_their_own_side(stage: Asking, raised: str, side: str, line: set[str]):
    number = plant(stage, stage.start("senior", "other_junior"), raised, side, "site" if raised == "rule" else "")
    assert {key for key in seen(stage) if "manager" in key or key == "director"} == line
    for key in {"manager", "other_manager", "director"} - line:
        assert stage.visit(key).post(f"/signals/{number}/close", {"outcome": "x", "matter": "true"}).status_code == 404
        assert "vraagt je aandacht" not in stage.screen(key).text


def test_a_manager_who_is_the_mentor_hears_of_the_junior_from_the_junior(stage: Asking):
    """A pair within a line should not be; where there is one, managing opens nobody's answers to their own mentor."""
    stage.organisation.offers("manager")
    plant(stage, stage.start("manager", "junior"), "low", "junior")
    assert set(seen(stage)) == {"junior", "director", "coordinator"}
    plant(stage, 1, "help", "junior", "manager")
    assert stage.cards("manager") == ["Wil hulp"], "of what the junior asks of their manager they do hear"


def test_a_junior_sees_what_was_noticed_in_their_own_answers_and_nothing_else(stage: Asking):
    pair = stage.start()
    for kind, side, about in (
        ("low", "mentor", ""),
        ("hours", "mentor", ""),
        ("help", "mentor", "coordinator"),
        ("help", "junior", "coordinator"),
    ):
        plant(stage, pair, kind, side, about)
    assert stage.cards("junior") == []
    assert "Bekijk wat anderen ervan zien" not in stage.screen("junior", f"/checkins/duo/{pair}").names("a")
    number = plant(stage, pair, "lowest", "junior")
    plant(stage, pair, "apart", "both")
    page = stage.screen("junior", f"/checkins/duo/{pair}")
    assert "2 signalen komen uit wat je antwoordde" in page.text
    page = page.tap("Bekijk wat anderen ervan zien")
    assert sorted(cards_of(page)) == sorted([LOWEST, APART])
    assert "Pak het op" not in page.text and not {"Oppakken", "Sluiten"} & set(page.names("button"))
    for verb, fields in (
        ("take", {"action": "talk", "look_again_on": "2027-01-01"}),
        ("close", {"outcome": "x", "matter": "true"}),
    ):
        assert stage.visit("junior").post(f"/signals/{number}/{verb}", fields).status_code == 404
    assert "vraagt je aandacht" not in stage.screen("junior").text, "it asks nothing of them"
    assert stage.cards("other_junior") == []
    assert "komt uit wat je" not in stage.screen("manager", f"/checkins/duo/{pair}").text


def test_a_closed_signal_is_not_released(stage: Asking):
    number = plant(stage, stage.start(), "low", "junior")
    stage.choose("released")
    stage.screen("coordinator", "/signals").press("Sluiten", outcome="Gepraat", matter="true")
    assert stage.visit("junior").post(f"/signals/{number}/release", {"release": "true"}).status_code == 409


def test_a_juniors_page_costs_the_same_for_many_signals(stage: Asking):
    pair, numbers = stage.start(), []
    client = stage.visit("junior")
    for kinds in (("low",), ("lowest", "fall", "safety")):
        for kind in kinds:
            plant(stage, pair, kind, "junior")
        client.get("/signals")
        with counted(stage.engine) as statements:
            assert client.get("/signals").status_code == 200
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
