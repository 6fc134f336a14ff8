"""The export is complete: a word in every text about somebody is in it, or is named with the reason why not."""

from __future__ import annotations

import json

import pytest
from sqlmodel import Session

from mentorship.base.i18n import use_locale
from mentorship.privacy.mine.gathering import gather
from mentorship.privacy.mine.reading import boxes, document
from mentorship.privacy.mine.subjects import parts
from tests.factories import Organisation
from tests.privacy.left_out import OF_NOBODY
from tests.privacy.rows_about import Planting
from tests.privacy.test_parts import personal_tables

CODED = {"check_in_answer.key": "the words of the question stand there instead"}


@pytest.fixture
def words(session: Session, organisation: Organisation) -> dict[str, str]:
    tables = set(personal_tables()) - OF_NOBODY.keys()
    planted = Planting(session, organisation).everywhere(tables)
    return {place: word for place, word in planted.items() if place.partition(".")[0] in tables}


def left_out() -> set[str]:
    found = set()
    for part in parts():
        found |= {f"{part.table}.{name}" for name in part.without}
    shown = {f"{part.table}.{name}" for part in parts() for name in part.shown}
    return found - shown


def test_every_word_about_somebody_is_in_their_export(session: Session, organisation: Organisation, words):
    me = organisation.people["junior"]
    with use_locale("en"):
        told = json.dumps(document(gather(session, me), {}), ensure_ascii=False)
        pages = str([boxes(found) for found in gather(session, me).values()])
    missing = {place for place, word in words.items() if word not in told}
    assert missing - left_out() - CODED.keys() == set()
    unread = {place for place, word in words.items() if word not in pages}
    in_words = {"mentorship.explanation"}
    assert unread - left_out() - CODED.keys() - in_words == set(), "also on the pages"


def test_what_is_left_out_is_not_there(session: Session, organisation: Organisation, words):
    told = json.dumps(document(gather(session, organisation.people["junior"]), {}))
    assert not [place for place in left_out() if place in words and words[place] in told]


def test_nothing_of_it_is_in_the_export_of_a_stranger(session: Session, organisation: Organisation, words):
    told = json.dumps(document(gather(session, organisation.people["other_senior"]), {}))
    theirs = {place for place, word in words.items() if word in told}
    assert theirs == set()


def test_the_other_side_gets_what_both_read_and_nothing_else(session: Session, organisation: Organisation, words):
    told = json.dumps(document(gather(session, organisation.people["senior"]), {}))
    theirs = {place.partition(".")[0] for place, word in words.items() if word in told}
    both = {"look", "person", "mentorship", "goal", "level_claim", "closing_word", "failing_rule", "quick_question"}
    assert theirs <= both
    assert not {place for place, word in words.items() if word in told and place.startswith(("check_in", "signal"))}


def test_every_part_has_something_to_show(session: Session, organisation: Organisation, words):
    """So that the others of these prove something."""
    shown = gather(session, organisation.people["junior"])
    empty = {g.part.table for found in shown.values() for g in found if not g.rows}
    full = {g.part.table for found in shown.values() for g in found if g.rows}
    assert empty - full == set()
