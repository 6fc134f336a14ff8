"""Who is stopped at which rule for a request nobody was found for: each under the first rule that is in the way."""

from __future__ import annotations

from collections.abc import Callable

from mentorship.people.models import Person
from mentorship.profiles.models import Wish
from tests.client import InspectingClient
from tests.factories import Screen
from tests.rounds.stage import Stage

Visit = Callable[[str | None], InspectingClient]


def crowd(stage: Stage) -> tuple[int, int]:
    """Who can teach a lonely junior and why each does not; return the round and the request that is left over."""
    made = stage.organisation
    made.speak("en")
    made.person("lonely", "junior", site="Assen", manager="manager")
    request_id = made.asks("lonely", "PLC-programmering")
    made.mentor("near", "PLC-programmering", site="Assen", places=0)
    made.mentor("far", "PLC-programmering", places=1)
    made.mentor("also", "PLC-programmering", places=1)
    made.mentor("chief", "PLC-programmering", site="Assen")
    made.mentor("blocked", "PLC-programmering", site="Assen")
    made.mentor("foreign", "PLC-programmering", site="Assen")
    made.mentor("beginner", "PLC-programmering", site="Assen", level=2)
    made.session.get_one(Person, made.people["lonely"]).manager_id = made.people["chief"]
    made.session.get_one(Person, made.people["foreign"]).languages = "pl"
    wish = Wish(person_id=made.people["lonely"], other_id=made.people["blocked"], wanted=False)
    made.session.add(wish)
    made.session.commit()
    return stage.solved(), request_id


def told(screen: Screen) -> dict[str, str]:
    """What stands under each rule."""
    parts = screen.text.split("can pass this on")[1].split("By the facts of today")[0]
    rules = screen.names("h3")
    found = {}
    for rule, after in zip(rules, [*rules[1:], None], strict=True):
        rest = parts.split(rule, 1)[1]
        found[rule] = rest.split(after)[0] if after else rest
    return found


def test_each_is_named_under_the_first_rule_in_the_way(stage: Stage, visit: Visit):
    round_id, request_id = crowd(stage)
    page = Screen(visit("coordinator"), f"/rounds/{round_id}/review/{request_id}")
    assert "Far Proef" not in page.text, "only when it is asked for"
    page.tap("Who is stopped where")
    found = told(page)

    def under(name: str) -> list[str]:
        return [rule for rule, words in found.items() if f"{name} Proef" in words]

    assert under("Far") == under("Also") == ["Same site, or both able to work remotely"]
    assert under("Chief") == ["Neither is the other's manager, or above that"]
    assert under("Blocked") == ["Nobody said “rather not”, and not an earlier pair"]
    assert under("Foreign") == ["A working language in common"]
    assert under("Beginner") == [], "who cannot teach it is stopped by that"
    assert "or another site" in found["Same site, or both able to work remotely"]


def test_the_two_may_not_read_it(stage: Stage, visit: Visit):
    round_id, request_id = crowd(stage)
    address = f"/rounds/{round_id}/review/{request_id}?stops=1"
    assert [visit(who).get(address).status_code for who in ("junior", "manager", "hr")] == [404, 404, 404]


def test_where_nobody_can_teach_it_a_training_is_named(stage: Stage, visit: Visit):
    made = stage.organisation
    made.speak("en")
    made.person("lonely", "junior")
    request_id = made.asks("lonely", "PLC-programmering")
    made.session.commit()
    page = Screen(visit("coordinator"), f"/rounds/{stage.solved()}/review/{request_id}?stops=1")
    assert "0 colleagues can pass this on" in page.text and "a training outside is the first step" in page.text
