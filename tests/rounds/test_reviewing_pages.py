"""The pages of a round while one decides: ten clicks without a page between, many at once, and what is chosen by."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from mentorship.profiles.models import Capacity
from mentorship.rounds.solving import solve_waiting
from tests.client import InspectingClient
from tests.factories import Screen
from tests.rounds.stage import Stage, counted
from tests.rounds.test_reviewing import crowd, outcome

Visit = Callable[[str | None], InspectingClient]


def test_whoever_is_left_over_has_a_next_step_one_tap_away(stage: Stage, visit: Visit):
    stage.cast()
    made = stage.organisation
    made.person("lonely", "junior", manager="manager")
    lonely = made.asks("lonely", "PLC-programmering")
    made.speak("en")
    made.session.commit()
    round_id = stage.solved()
    screen = Screen(visit("coordinator"), f"/rounds/{round_id}/review/{lonely}")
    there = screen.tap("What would help Lonely")
    assert there.path.startswith("/waiting") and f"r{lonely}" in {row.get("id") for row in there.tree.iter("span")}


@pytest.mark.both_databases
def test_ten_clicks_without_a_page_between(stage: Stage, visit: Visit):
    """The page that was opened once says all that ten locks need, also while it is solved behind it."""
    crowd(stage)
    round_id = stage.solved()
    page = visit("coordinator")
    shown = page.get(f"/rounds/{round_id}").text
    values = re.findall(r'<input type="hidden" name="pair" value="([^"]+)"', shown)
    assert len(values) == 12
    for place, value in enumerate(values[:10]):
        answer = page.post(f"/rounds/{round_id}/review/decide", {"pair": value, "kind": "lock"})
        assert answer.status_code == 303 and answer.location.endswith(f"#request-{value.split('-')[0]}")
        if place == 5:
            assert solve_waiting(stage.engine, stage.now)
    assert len(stage.overrides(round_id)) == 10
    again = page.post(f"/rounds/{round_id}/review/decide", {"pair": values[0], "kind": "forbid"})
    assert again.status_code == 409
    assert "iets anders besloten" in html.unescape(again.text)


def test_the_page_of_a_round_that_is_solved_again(stage: Stage, visit: Visit, engine: sa.Engine):
    stage.cast()
    stage.organisation.speak("en")
    round_id = stage.solved()
    page = visit("coordinator")
    screen = Screen(page, f"/rounds/{round_id}")
    assert "being worked out again" not in screen.text and "Publish 2 proposals" in screen.names("a")
    screen.press("Not together: Junior Proef and Senior Proef")
    assert screen.path == f"/rounds/{round_id}" and screen.heading == "All 2 requests have a mentor"
    assert "The outcome is being worked out again." in screen.text
    assert "another mentor is looked for" in screen.text
    assert "Publish 2 proposals" not in screen.names("a") and "Stop" in screen.names("button")
    quiet = f"/rounds/{round_id}/progress?quiet=1"
    assert page.get(quiet).status_code == 204
    assert solve_waiting(engine, stage.now)
    assert page.get(quiet).status_code == 200
    screen = Screen(page, f"/rounds/{round_id}")
    assert "being worked out again" not in screen.text
    assert "1 pair moved. Nobody loses a mentor." in screen.text and "was Senior Proef" in screen.text
    screen.press("Undo the last decision")
    assert "The outcome is being worked out again." in screen.text
    assert not stage.overrides(round_id)
    assert solve_waiting(engine, stage.now)
    screen = Screen(page, f"/rounds/{round_id}")
    assert "1 pair moved." in screen.text and "Undo the last decision" not in screen.names("button")


def test_a_swap_is_shown_in_its_row_before_and_after(stage: Stage, visit: Visit):
    first, _ = stage.cast()
    stage.organisation.speak("en")
    round_id = stage.solved()
    stage.decide(round_id, first, "other_senior", "lock")
    page = visit("coordinator")
    both = "Junior Proef and Other_senior Proef"
    screen = Screen(page, f"/rounds/{round_id}")
    assert "becomes Other_senior Proef" in screen.text and f"swapped : {both}" in screen.names("button")
    stage.solve(round_id)
    screen = Screen(page, f"/rounds/{round_id}")
    assert "was Senior Proef" in screen.text and f"swapped : {both}" in screen.names("button")
    screen.press(f"swapped : {both}")
    assert not stage.overrides(round_id)


def test_pairs_are_chosen_by_domain_and_by_what_was_not_decided(stage: Stage, visit: Visit):
    made = stage.organisation
    made.domain("Meten")
    first, _ = stage.cast()
    round_id = stage.solved()
    stage.decide(round_id, first, "senior", "lock")
    stage.solve(round_id)
    page = visit("coordinator")

    def who(query: str) -> set[str]:
        rows = Screen(page, f"/rounds/{round_id}?{query}").rows()
        return {row[1].split(" ")[0] for row in rows if len(row) > 1 and "Proef" in row[1]}

    assert who("decided=lock") == {"Junior"} and who("decided=open") == {"Other_junior"}
    assert who("decided=lock&decided=open") == {"Junior", "Other_junior"}
    assert who(f"domain={made.domains['Pneumatiek']}") == {"Junior", "Other_junior"}
    assert who(f"domain={made.domains['Meten']}") == set()


def test_many_are_decided_from_the_page(stage: Stage, visit: Visit):
    first, second = stage.cast()
    stage.organisation.speak("en")
    round_id = stage.solved()
    page = visit("coordinator")
    at = f"/rounds/{round_id}"
    shown = page.get(at).text
    values = re.findall(r'type="checkbox" name="pair"\s+value="([^"]+)"', shown)
    assert {int(value.split("-")[0]) for value in values} == {first, second}
    answer = page.post(f"{at}/review/decide", {"pair": values, "kind": "lock"})
    assert answer.location == f"{at}#pairs"
    assert "2 pairs are locked." in page.get(at).text
    assert len(stage.overrides(round_id)) == 2
    none = page.follow(page.post(f"{at}/review/decide", {"kind": "lock"}))
    assert "Tick a pair first." in none.text
    for wrong in ("1", "1-2", "0-1-", "1-1-zz", f"1-{2**31}-", "1-2-" + "g" * 12):
        assert page.post(f"{at}/review/decide", {"pair": wrong, "kind": "lock"}).status_code == 422, wrong


@pytest.mark.both_databases
def test_a_decision_asks_as_much_of_the_database_for_many_as_for_few(stage: Stage, visit: Visit, engine: sa.Engine):
    page, numbers = visit("coordinator"), []
    for size in (3, 16):
        made = stage.organisation
        for place in range(size):
            made.person(f"s{size}-{place}", "junior")
            made.asks(f"s{size}-{place}")
        made.session.commit()
        for key in ("senior", "other_senior"):
            stage.change(Capacity, stage.person(key), places=20, hours=40, confirmed_hours=40)
        round_id = stage.solved()
        value = next(iter(outcome(stage, round_id).items()))
        pair = f"{value[0]}-{value[1][0]}-"
        with counted(engine) as statements:
            assert page.post(f"/rounds/{round_id}/review/decide", {"pair": pair, "kind": "lock"}).status_code == 303
        numbers.append(len(statements))
        stage.solve(round_id)
    assert numbers[1] <= numbers[0]
