"""A domain is called in the reader's language wherever its name stands; the import and its own form hold both."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session

from mentorship.profiles.models import Domain
from tests.factories import Organisation
from tests.test_canaries import addresses, canaries, read  # noqa: F401 (a fixture)

BOTH = r"/domains(\?.*)?|/setup/domains"
"""Where both names stand: to change them, and to tick what a list has."""


@pytest.mark.long
@pytest.mark.usefixtures("canaries")
def test_who_reads_english_meets_no_domain_by_its_dutch_name(
    app: Flask,
    session: Session,
    organisation: Organisation,
    visit,
):
    organisation.speak("en")
    session.execute(sa.update(Domain).values(name_en=sa.literal("Enbird-") + sa.cast(Domain.id, sa.String)))
    session.commit()
    urls = addresses(app, session)
    told = []
    for who in ("junior", "senior", "manager", "coordinator"):
        client = visit(who)
        heard = False
        for url in urls:
            text = read(client.flask.get(url))
            heard = heard or "Enbird-" in text
            if re.fullmatch(BOTH, url) is None:
                told += [f"{who} {url}" for name in organisation.domains if name in text]
        assert heard, f"{who} reads no domain at all, which proves nothing"
    assert not told, "\n".join(told[:40])
