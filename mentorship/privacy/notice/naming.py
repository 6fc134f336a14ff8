"""Names in notices that were read: kept as who it is, and put in when they are shown.

So a kept notice says a name as it is now, and none once somebody is gone; and whom to ask as it is now.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from mentorship.base import mentions
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.programme.queries import whom_to_ask

MARK = re.compile(r"\{person:(\d+)\}")
CONTACT = "{contact}"
"""What stands for the sentence that says whom to ask."""


def marked(person: Person) -> str:
    """Return what stands for somebody in what is kept."""
    return f"{{person:{id_of(person)}}}"


def named(session: Session, told: Any) -> Any:
    """Return plain values with the names that people have now, in one query."""
    text = quoted(told)
    if CONTACT in text:
        text = text.replace(CONTACT, quoted(_whom(session))[1:-1])
    ids = {int(number) for number in MARK.findall(text)}
    if not ids:
        return json.loads(text)
    persons = people.persons(session, ids)

    def name(found: re.Match[str]) -> str:
        person = persons.get(int(found[1]))
        called = person.name if person else gettext("somebody who left")
        return quoted(called)[1:-1]

    return json.loads(MARK.sub(name, text))


def _whom(session: Session) -> str:
    """Say whom to ask."""
    contact = whom_to_ask(session)
    if contact is None:
        return gettext("Do you have a question? Ask the coordinator.")
    return gettext(
        "Do you have a question? Ask %(name)s: %(reach)s",
        name=contact.name,
        reach=contact.reach,
    )


def with_contact(told: list[dict[str, Any]], names: Iterable[str]) -> list[dict[str, Any]]:
    """Return a notice that says whom to ask, its last sentence, as it is now where it named one of these."""
    *before, last = told
    *others, whom = last["said"]
    said = mentions.of(name.casefold() for name in names)
    if not said.search(" ".join(whom.split()).casefold()):
        return told
    return [*before, {**last, "said": [*others, CONTACT]}]


def without(told: Any, names: Iterable[str], instead: str) -> Any:
    """Return plain values in which these names stand nowhere as words."""
    said = mentions.of(quoted(name)[1:-1] for name in names)
    text = said.sub(lambda _found: quoted(instead)[1:-1], quoted(told))
    return json.loads(text)


def quoted(value: Any) -> str:
    """Return a value as JSON, with letters as they are."""
    return json.dumps(value, ensure_ascii=False)
