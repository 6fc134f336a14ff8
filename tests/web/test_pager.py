"""The pager of a list: the same view on another page, and nothing else that an address brings along."""

from __future__ import annotations

from mentorship.web.page import turned_to


def test_the_view_stays_and_only_the_page_changes(app):
    with app.test_request_context("/people?q=an&page=2"):
        assert turned_to(3, "people.index") == "/people?q=an&page=3"


def test_an_address_cannot_say_how_the_next_is_made(app):
    with app.test_request_context("/people?_scheme=javascript&_external=1&_anchor=%0Aalert(1)&q=an"):
        assert turned_to(2, "people.index") == "/people?q=an&page=2"


def test_a_name_that_the_making_of_an_address_knows_is_no_fault(app):
    with app.test_request_context("/people?endpoint=elsewhere&q=an"):
        assert turned_to(2, "people.index") == "/people?q=an&page=2"


def test_the_list_itself_stays_the_one_shown(app):
    with app.test_request_context("/rounds/5?round_id=abc"):
        assert turned_to(2, "") == "/rounds/5?page=2"
