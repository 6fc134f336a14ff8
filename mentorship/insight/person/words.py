"""The words of the page of one person: what it finds, and the line under that."""

from __future__ import annotations

from collections.abc import Sequence

from mentorship.base.i18n import N_, day, gettext, joined, ngettext
from mentorship.insight.person.queries import PersonDuo, Programme
from mentorship.people.models import Person
from mentorship.people.words import TITLES

REQUEST_STATES = {
    "open": N_("waits for a mentor"),
    "placed": N_("has a mentor"),
    "withdrawn": N_("withdrawn"),
}


def finding(person: Person, found: Programme | None, roles: Sequence[str], *, active: bool) -> str:
    """Return what the page says of somebody; `found` where the reader may know what they do in the programme."""
    if person.left_on is not None:
        return gettext("%(name)s left on %(day)s", name=person.name, day=day(person.left_on))
    said = _in_programme(person.name, found) if found else ""
    if said:
        return said
    if not active:
        return gettext("%(name)s has no account yet", name=person.name)
    if not roles:
        return gettext("%(name)s has no role in the programme", name=person.name)
    titles = [gettext(TITLES[role]) for role in roles]
    return gettext("%(name)s is %(role)s", name=person.name, role=titles[0])


def _in_programme(name: str, found: Programme) -> str:
    running = [duo for duo in found.duos if duo.runs]
    learns = [duo for duo in running if not duo.guides]
    if learns:
        return _pair(N_("%(name)s learns %(domain)s from %(other)s"), name, learns[0])
    if len(running) == 1:
        return _pair(N_("%(name)s mentors %(other)s in %(domain)s"), name, running[0])
    if running:
        return ngettext("%(name)s mentors %(num)s person", "%(name)s mentors %(num)s people", len(running), name=name)
    for asked in found.asked:
        if asked.is_open and asked.domains:
            domain = asked.domains[0]
            return gettext("%(name)s waits for a mentor in %(domain)s", name=name, domain=domain)
    return ""


def _pair(text: str, name: str, duo: PersonDuo) -> str:
    return gettext(
        text,
        name=name,
        domain=duo.domain,
        other=duo.other.name,
    )


def brief(roles: Sequence[str], place: str, roster: str, managers: Sequence[Person]) -> str:
    """Return the line under the finding: what they are, where and by which roster they work, and for whom."""
    parts = [gettext(TITLES[role]) for role in roles]
    parts += [place, roster, managed_by(managers)]
    line = " · ".join(filter(None, parts))
    return line[:1].upper() + line[1:]


def managed_by(managers: Sequence[Person]) -> str:
    """Name who appraises somebody; "" when nobody does."""
    if not managers:
        return ""
    return gettext("manager %(name)s", name=joined([one.name for one in managers]))


def also_managed_by(managers: Sequence[Person], first_id: int | None) -> str:
    """Name who appraises somebody beside their first manager; "" when nobody does."""
    others = [one.name for one in managers if one.id != first_id]
    if not others:
        return ""
    return ngettext(
        "%(names)s appraises this person too; that comes from an import.",
        "%(names)s appraise this person too; that comes from an import.",
        len(others),
        names=joined(others),
    )
