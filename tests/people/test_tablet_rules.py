"""PINs that anybody would try, codes as they are typed, and how long a tablet holds somebody."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mentorship.base.errors import Refused
from mentorship.base.secret_codes import filled_in
from mentorship.people.tablet import rules

TRIVIAL = """
000000 111111 999999 121212 123123 456456 112233 445566 998877 123456 654321 234567 012345 890123 135791 147258 258147
"""


@pytest.mark.parametrize("pin", TRIVIAL.split())
def test_a_pin_that_anybody_would_try_is_refused(pin: str):
    with pytest.raises(Refused, match="makkelijk te raden"):
        rules.check_pin(pin, "n-x")


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "１２３４５６", "12 456"])
def test_a_pin_has_six_digits(pin: str):
    with pytest.raises(Refused, match="zes cijfers"):
        rules.check_pin(pin, "n-x")


@pytest.mark.parametrize(
    ("pin", "number"),
    [("104729", "104729"), ("991047", "104729"), ("047291", "M-104729"), ("000417", "417"), ("417290", "4172")],
)
def test_a_pin_holds_no_personnel_number(pin: str, number: str):
    with pytest.raises(Refused, match="personeelsnummer"):
        rules.check_pin(pin, number)


@pytest.mark.parametrize(("pin", "number"), [("302857", "104729"), ("550913", ""), ("714058", "417"), ("840017", "17")])
def test_other_pins_will_do(pin: str, number: str):
    rules.check_pin(pin, number)


def test_a_card_is_the_same_however_it_is_read():
    card = rules.new_card()
    assert len(card) == 19 and card.count("-") == 3
    kept = rules.kept_of(card)
    address = filled_in("https://leermaat.example/kiosk", card=card)
    for typed in (card.lower(), card.replace("-", " "), address, f"#card={card}", f" {card} "):
        assert rules.kept_of(typed) == kept
    assert rules.kept_of(rules.new_card()) != kept


def test_somebody_is_signed_in_for_two_minutes_more_and_ten_at_most(now: datetime):
    assert rules.ends_at(now, now) == now + timedelta(minutes=2)
    assert rules.ends_at(now, now + timedelta(minutes=5)) == now + timedelta(minutes=7)
    assert rules.ends_at(now, now + timedelta(minutes=9)) == now + timedelta(minutes=10)
