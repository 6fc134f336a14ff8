"""Passwords: what everybody chooses is refused, what nobody would try is taken, whatever it is made of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from mentorship.base.errors import Refused
from mentorship.people.account import actions, queries, rules
from mentorship.people.account.passwords import Passwords
from mentorship.people.models import Account, Person
from mentorship.people.second_factor.rules import LEAST_WITH

LEAKED = FREQUENCY_LISTS["passwords"]
"""The passwords that occur most in what leaked, the most common first."""
CHEAP = Passwords(8, 1)


@pytest.mark.parametrize("least", [LEAST_WITH, rules.PASSWORD_LEAST])
def test_the_most_common_passwords_are_refused(least):
    """The first three thousand of those that are long enough; every tenth is tried, and all of the first hundred."""
    long_enough = [password for password in LEAKED if len(password) >= least][:3000]
    assert len(long_enough) == 3000 or least == rules.PASSWORD_LEAST
    for password in {*long_enough[:100], *long_enough[::10]}:
        with pytest.raises(Refused):
            rules.check_password(password, names=(), least=least)


@pytest.mark.parametrize(
    "password",
    [
        "zonnige kiwi fietst traag",
        "ΩЖ漢字 ☂ éèê ñandú",
        "vierentwintig kapotte pompen " * 4,
        "kleineletterszonderietsapartswatook",
    ],
)
def test_any_characters_and_lengths_are_taken(password):
    assert 12 <= len(password) <= rules.PASSWORD_MOST
    rules.check_password(password, names=("Jan", "10042"))


def test_every_character_counts():
    long = "vierentwintig kapotte pompen " * 4
    kept = CHEAP.hash(long)
    assert CHEAP.verify(kept, long)
    for other in (long[:-1], long[:72], long.upper(), long.strip(), f" {long}"):
        assert not CHEAP.verify(kept, other)


def test_a_password_does_not_get_old(session: Session, organisation):
    person = session.get_one(Person, organisation.people["junior"])
    actions.set_password(session, person, "zonnige kiwi fietst traag", CHEAP, organisation.now)
    actions.purge(session, organisation.now + timedelta(days=3 * 365))
    session.commit()
    account = session.get_one(Account, organisation.people["junior"])
    assert CHEAP.verify(account.password_hash, "zonnige kiwi fietst traag")
    assert not CHEAP.is_outdated(account.password_hash) and queries.password_least(session, account.person_id)
