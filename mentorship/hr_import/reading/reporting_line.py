"""Who reports to whom, and whose address it is: what can be told only when all people are read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.cells import Broken
from mentorship.hr_import.reading.export import Known, PersonRecord, Remark
from mentorship.hr_import.reading.gathering import Log, Taken
from mentorship.hr_import.reading.sheets import PEOPLE

OWN = N_("This person reports to themselves.")
THROUGH_OTHERS = N_("This person reports to themselves, through others.")

People = dict[Hashable, Taken[PersonRecord]]
"""The accepted rows by casefolded number, in the order of the file."""


def settle_people(log: Log, people: People, known: Known) -> People:
    """Return the people whose address is their own and whose line is sound; set the others aside."""
    people = dict(people)
    _check_addresses(log, people, known)
    while _drop_unknown_managers(log, people, known) or _drop_circles(log, people, known):
        pass
    return {key: _spelled(taken, people, known) for key, taken in people.items()}


def _drop(log: Log, people: People, key: Hashable, remark: Remark) -> None:
    log.aside(PEOPLE, people.pop(key).row, remark)


def _check_addresses(log: Log, people: People, known: Known) -> None:
    owners: dict[str, Taken[PersonRecord]] = {}
    held = {person.email: person.number for person in known.people.values() if person.email}
    for key, taken in list(people.items()):
        email = taken.record.email
        if email is None:
            continue
        holder = held.get(email)
        in_file = people.get(holder.casefold()) if holder else None
        earlier = owners.setdefault(email, taken)
        if earlier is not taken:
            params = {"email": email, "number": earlier.record.number, "line": earlier.row.line}
            _drop(log, people, key, Remark(N_("%(number)s on line %(line)s has %(email)s too."), params))
        elif holder and holder.casefold() != key and (in_file is None or in_file.record.email == email):
            params = {"email": email, "number": holder}
            _drop(log, people, key, Remark(N_("%(number)s, who is here already, has %(email)s."), params))


def _drop_unknown_managers(log: Log, people: People, known: Known) -> bool:
    reports: dict[Hashable, list[Hashable]] = {}
    lost: list[Hashable] = []
    for key, taken in people.items():
        manager = (taken.record.manager or "").casefold()
        reports.setdefault(manager, []).append(key)
        if manager and manager not in people and manager not in known.people:
            lost.append(key)
    unknown = log.unknown(PEOPLE)
    for key in lost:  # grows while it is walked: whoever reports to a dropped row is lost as well
        broken: Broken = unknown("Leidinggevende", people[key].record.manager or "")
        _drop(log, people, key, broken.remark)
        if key not in known.people:
            lost += [report for report in reports.get(key, ()) if report in people]
    return bool(lost)


def _drop_circles(log: Log, people: People, known: Known) -> bool:
    above: dict[str, str | None] = {number: _fold(person.manager) for number, person in known.people.items()}
    above.update((str(key), _fold(taken.record.manager)) for key, taken in people.items())
    in_circle = circles(above)
    dropped = [key for key in people if key in in_circle]
    for key in dropped:
        record = people[key].record
        own = _fold(record.manager) == key
        message = OWN if own else THROUGH_OTHERS
        _drop(log, people, key, Remark(message))
    return bool(dropped)


def _fold(number: str | None) -> str | None:
    return number.casefold() if number else None


def circles(above: Mapping[str, str | None]) -> set[str]:
    """Return everyone who is above themselves; `above` maps each person to who they report to."""
    found: set[str] = set()
    seen: set[str] = set()
    for start in above:
        path: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in seen:
            seen.add(at)
            path[at] = len(path)
            at = above.get(at)
        if at in path:
            found.update(_tail(path, path[at]))
    return found


def _tail(path: Iterable[str], start: int) -> list[str]:
    return list(path)[start:]


def _spelled(taken: Taken[PersonRecord], people: People, known: Known) -> Taken[PersonRecord]:
    manager = taken.record.manager
    if manager is None:
        return taken
    in_file, here = people.get(manager.casefold()), known.people.get(manager.casefold())
    number = here.number if here else in_file.record.number if in_file else manager
    return taken if number == manager else replace(taken, record=replace(taken.record, manager=number), untidy=True)
