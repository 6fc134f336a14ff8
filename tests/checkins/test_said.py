"""What the form says of who sees what is what the code shows them: every viewer, choice and side, sentence by sentence.

The sentences are read from the tables; here they are held against what `look`, `told` and `reads` give, so that the
two cannot part. A row that is changed on one side alone is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest
from sqlmodel import Session

from mentorship.base.i18n import use_locale
from mentorship.checkins import promises, told, visibility
from mentorship.checkins.findings import ANSWERS, APART, BOTH, HELP, HOURS, LEAVES, RULE, TALK, Finding
from mentorship.checkins.promises import OTHER, OTHER_LINE, OWN_LINE
from mentorship.checkins.told import HOURS_NOTED, ClassRow, PageRow
from mentorship.checkins.visibility import (
    ALWAYS,
    ANY,
    ANYBODY,
    ASKED,
    LINE,
    RELEASED_BY_THEM,
    TALK_ALONE,
    THEIR_OWN,
    WHOLE,
    RaisedSignal,
    SignalRow,
    Ties,
)
from mentorship.people.access import COORDINATOR, MANAGER, SEE_PUBLISHED, Actor
from mentorship.people.models import Person
from mentorship.programme.rules import CLASSES, RELEASED, Visibility
from tests.checkins.stage import Asking

NOW = datetime(2026, 11, 23, 10)
CHOICES = (RELEASED, CLASSES, "aggregates", None)
SIDES = ("junior", "mentor")
DUTCH = "Wordt nooit gebruikt voor beoordeling, loon, promotie of ontslag."


def ties(viewer: str, side: str) -> Ties:
    """What a viewer is to the pair of one side."""
    other = SIDES[side == SIDES[0]]
    return {
        OTHER: Ties(side=other),
        OWN_LINE: Ties(lines=frozenset({side})),
        OTHER_LINE: Ties(lines=frozenset({other})),
        COORDINATOR: Ties(coordinates=True),
        ASKED: Ties(asked=True),
    }[viewer]


def as_reader(viewer: str) -> Actor | None:
    """A viewer as the page of published figures knows them, by role; the other side may have none."""
    roles = {OWN_LINE: MANAGER, OTHER_LINE: MANAGER, COORDINATOR: COORDINATOR}
    return Actor(9, frozenset({roles[viewer]})) if viewer in roles else None


def shown(viewer: str, side: str, chosen: str | None, finding: Finding, released_by: str = "") -> Finding | None:
    """What a viewer is shown of a signal of a week ago, raised while the choice held."""
    signal = RaisedSignal(finding, NOW - timedelta(days=8), released_by=released_by)
    found = visibility.look(signal, ties(viewer, side), Visibility(chosen, None), NOW)
    return None if found is None else found.shown


def of_answers(viewer: str, side: str, chosen: str | None, released_by: str = "") -> Finding | None:
    """What is shown of what was noticed in the answers of a side: of every kind alike, under its name or none."""
    found = set()
    for kind in ANSWERS:
        one = shown(viewer, side, chosen, Finding(kind, side, None, ()), released_by)
        found.add(one and replace(one, kind=TALK if one.kind == TALK else "by kind"))
    [alike] = found
    return alike


def facts(viewer: str, side: str, chosen: str | None) -> dict[str, bool]:
    """What the code gives a viewer, by the words that say so."""
    standing = told.told(ties(viewer, side), Visibility(chosen, None))
    plain, released = (of_answers(viewer, side, chosen, by) for by in ("", side))
    pair = [Finding(kind, BOTH, None, ()) for kind in (APART, RULE, LEAVES)] + [Finding(HOURS, "mentor", None, ())]
    asks = {who: shown(viewer, side, chosen, Finding(HELP, side, None, (), who)) for who in (COORDINATOR, "manager")}
    coordinators = asks["manager"] is None and asks[COORDINATOR] is not None
    whole = standing is not None and standing.whole
    own = standing is not None and side in standing.sides
    return {
        "In a word, how the two of you are doing": whole,
        "Whether your side is low": own,
        "“Talk with this pair” when something": plain is not None and plain.kind == TALK,
        "and no more, when you show a signal": plain is None and released is not None and released.kind == TALK,
        "What a signal is about, when you show it": released is not None and released.kind != TALK,
        "That you ask for help now": viewer == ASKED and None not in asks.values(),
        "when you ask a coordinator": viewer == COORDINATOR and coordinators,
        "The hours that are logged": viewer != OTHER and told.reads(HOURS_NOTED, ties(viewer, side)),
        "a rule that no longer holds": viewer != OTHER and all(shown(viewer, side, chosen, one) for one in pair),
        "Nothing of your answers": viewer != ASKED and not (plain or released or whole or own),
        "except your note when you tick that": viewer == OTHER,
        "Figures of groups": chosen == "aggregates" and SEE_PUBLISHED.allows(as_reader(viewer)),
    }


def check() -> None:
    """Hold every sentence against the code."""
    for viewer, side, chosen in product(promises.VIEWERS, SIDES, CHOICES):
        with use_locale("en"):
            said = promises.sees(viewer, side, chosen)
        wanted = facts(viewer, side, chosen)
        assert {phrase: phrase in said for phrase in wanted} == wanted, (viewer, side, chosen, said)
        seen = of_answers(viewer, side, chosen)
        assert viewer != OTHER or seen is None, "the other side hears of one's answers from oneself"
        assert seen is None or (seen.since is None and not seen.evidence), "nobody is told which answer it was"


def test_every_sentence_is_what_the_code_shows():
    check()


def test_one_sentence_says_the_most_that_managers_see():
    for side, chosen in product(SIDES, CHOICES):
        with use_locale("en"):
            said = promises.in_short(side, chosen)
        found = facts(OWN_LINE, side, chosen)
        assert ("whether your side is low" in said) == found["Whether your side is low"]
        assert ("unless you show them" in said) == found["and no more, when you show a signal"]
        assert ("Your managers see nothing of it" in said and "unless" not in said) == found["Nothing of your answers"]
        assert ("averages of groups" in said) == found["Figures of groups"]


def test_every_sentence_is_said_in_dutch_too():
    for viewer, side, chosen in product(promises.VIEWERS, SIDES, CHOICES):
        said = []
        for language in ("en", "nl"):
            with use_locale(language):
                said.append(promises.sees(viewer, side, chosen).split(". "))
        assert not set(said[0]) & set(said[1]) and len(said[0]) == len(said[1]), said


def signals(change: Callable[[SignalRow], SignalRow | None]) -> Callable[[pytest.MonkeyPatch], None]:
    """Change the rows of the table that decides; None takes one out."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        rows = defaultdict(list)
        for row in filter(None, map(change, visibility.SIGNALS)):
            for kind in row.what:
                rows[row.viewer, kind].append(row)
        patch.setattr(visibility, "_ROWS", rows)

    return plant


def of(viewer: str, what: object, **values: str) -> Callable[[SignalRow], SignalRow]:
    """Give the rows of a viewer other values."""
    return lambda row: row._replace(**values) if row.viewer == viewer and row.what == what else row


PLANTS = {
    "the other line hears of answers": signals(of(LINE, ANSWERS, of=ANYBODY)),
    "the line hears of answers whatever was chosen": signals(of(LINE, ANSWERS, programme=ANY, when=ALWAYS)),
    "the line is told which answer": signals(of(LINE, ANSWERS, shown=WHOLE)),
    "the line hears only what is shown": signals(of(LINE, ANSWERS, when=RELEASED_BY_THEM, shown=TALK_ALONE)),
    "the line hears nothing of answers": signals(lambda row: None if row[:2] == (LINE, ANSWERS) else row),
    "the line hears nothing of hours": signals(lambda row: None if row[:2] == (LINE, {HOURS}) else row),
    "the coordinator hears the kind of all": signals(of(COORDINATOR, ANSWERS, when=ALWAYS)),
    "the coordinator hears of all help": signals(of(COORDINATOR, {HELP}, when=ALWAYS)),
    "the other side hears of answers": signals(of("mentor", ANSWERS, of=ANYBODY)),
    "who is asked hears nothing": signals(lambda row: None if row.viewer == ASKED else row),
    "the line is told the class of the pair": lambda patch: patch.setattr(
        told, "CLASS", (ClassRow(LINE, ANYBODY, CLASSES, ALWAYS),)
    ),
    "the line is told always": lambda patch: patch.setattr(told, "CLASS", (ClassRow(LINE, THEIR_OWN, ANY, ALWAYS),)),
    "nobody is told a class": lambda patch: patch.setattr(told, "CLASS", ()),
    "both lines read the hours": lambda patch: patch.setattr(
        told, "PAGE", (*told.PAGE, PageRow(LINE, HOURS_NOTED, "junior"))
    ),
}


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_a_row_that_changes_without_its_sentence_is_found(plant, monkeypatch: pytest.MonkeyPatch):
    plant(monkeypatch)
    with pytest.raises((AssertionError, ValueError)):
        check()


def test_a_row_without_words_is_a_fault(monkeypatch: pytest.MonkeyPatch):
    new = SignalRow(LINE, ANSWERS, THEIR_OWN, CLASSES, ALWAYS, WHOLE)
    monkeypatch.setattr(promises, "SIGNALS", (new, *visibility.SIGNALS))
    with pytest.raises(KeyError):
        promises.sees(OWN_LINE, "junior", CLASSES)


def rows(text: str) -> str:
    """What a page says of who sees what."""
    said = text[max(text.find("Wie ziet wat"), text.find("Wie wat van jou ziet")) :]
    return said[said.index(" Jij ") : said.index(DUTCH)]


@pytest.mark.parametrize("key", ["junior", "senior"])
def test_the_page_of_a_pair_says_what_the_form_says(stage: Asking, key: str):
    pair = stage.start()
    stage.open()
    form = stage.screen(key, f"/checkins/{stage.newest(key).id}").text
    page = rows(stage.screen(key, f"/checkins/duo/{pair}").text)
    assert page.strip() in form and "Je leidinggevenden: Manager Proef en Director Proef" in page


def test_a_long_line_is_named_as_far_as_three(stage: Asking, session: Session):
    made = stage.organisation
    for key, manager in (("boss", None), ("chief", "boss"), ("lead", "chief"), ("head", "lead")):
        made.person(key, "manager", manager=manager)
    session.get_one(Person, stage.person("junior")).manager_id = stage.person("head")
    session.commit()
    stage.start()
    stage.open()
    page = stage.screen("junior", f"/checkins/{stage.newest('junior').id}")
    assert "Je leidinggevenden: Head Proef, Lead Proef, Chief Proef, en wie daarboven staat" in page.text
    assert "Boss Proef" not in page.text


def test_who_is_above_without_the_role_is_not_named_for_they_see_nothing(stage: Asking, session: Session):
    stage.organisation.person("foreman", manager="manager")
    session.get_one(Person, stage.person("junior")).manager_id = stage.person("foreman")
    session.commit()
    stage.start()
    stage.open()
    page = stage.screen("junior", f"/checkins/{stage.newest('junior').id}")
    assert "Foreman" not in page.text and "Je leidinggevenden: Manager Proef en Director Proef" in page.text


@pytest.mark.parametrize("chosen", CHOICES[:3])
def test_a_slip_says_in_a_sentence_what_managers_see(stage: Asking, chosen: str):
    stage.start()
    stage.choose(chosen)
    stage.open()
    page = stage.screen("manager", "/links/codes").press("Codes maken voor wie is aangevinkt")
    with use_locale("nl"):
        assert page.text.count(promises.in_short("junior", chosen)) == 2
