"""Who reports to whom, and whose address it is: what can be told only when all people are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import replace

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.export import Known, PersonRecord, Remark
from mentorship.hr_import.reading.gathering import Leftovers, TakenRow
from mentorship.hr_import.reading.sheets import PEOPLE

OWN = N_("This person reports to themselves.")
THROUGH_OTHERS = N_("This person reports to themselves, through others.")

People = dict[Hashable, TakenRow[PersonRecord]]
"""The accepted rows by casefolded number, in the order of the file."""


def settle_people(leftovers: Leftovers, people: People, known: Known) -> People:
    """Return the people whose address is their own and whose line is sound; set the others aside."""
    people = dict(people)
    _check_addresses(leftovers, people, known)
    while _drop_unknown_managers(leftovers, people, known) or _drop_circles(leftovers, people, known):
        pass
    return {key: _spelled(taken, people, known) for key, taken in people.items()}


def _drop(leftovers: Leftovers, people: People, key: Hashable, remark: Remark) -> None:
    leftovers.set_aside(
        PEOPLE,
        people.pop(key).row,
        remark,
    )


def _check_addresses(leftovers: Leftovers, people: People, known: Known) -> None:
    held = {}
    for person in known.people.values():
        if person.email:
            held[person.email] = person.number
    owners: dict[str, TakenRow[PersonRecord]] = {}
    for key, taken in list(people.items()):
        email = taken.record.email
        if email is None:
            continue
        owner = owners.setdefault(email, taken)
        holder = held.get(email)
        if owner is not taken:
            params = {
                "email": email,
                "number": owner.record.number,
                "line": owner.row.line,
            }
            in_file = Remark(N_("%(number)s on line %(line)s has %(email)s too."), params)
            _drop(leftovers, people, key, in_file)
        elif holder and holder.casefold() != key and _keeps(holder, email, people):
            here = Remark(
                N_("%(number)s, who is here already, has %(email)s."),
                {"email": email, "number": holder},
            )
            _drop(leftovers, people, key, here)


def _keeps(holder: str, email: str, people: People) -> bool:
    """Tell whether the file leaves an address with who has it here."""
    taken = people.get(holder.casefold())
    return taken is None or taken.record.email == email


def _drop_unknown_managers(leftovers: Leftovers, people: People, known: Known) -> bool:
    reports: dict[Hashable, list[Hashable]] = defaultdict(list)
    lost: list[Hashable] = []
    for key, taken in people.items():
        manager = _fold(taken.record.manager)
        if manager is None:
            continue
        reports[manager].append(key)
        if manager not in people and manager not in known.people:
            lost.append(key)
    for key in lost:  # grows while it is walked: whoever reports to a dropped row is lost as well
        manager = people[key].record.manager
        assert manager is not None
        broken = leftovers.unknown("Leidinggevende", manager)
        reason = broken.remark
        _drop(leftovers, people, key, reason)
        if key not in known.people:
            lost += [report for report in reports[key] if report in people]
    return bool(lost)


def _drop_circles(leftovers: Leftovers, people: People, known: Known) -> bool:
    above: dict[str, str | None] = {}
    for number, person in known.people.items():
        above[number] = _fold(person.manager)
    for key, taken in people.items():
        above[str(key)] = _fold(taken.record.manager)
    in_circle = circles(above)
    dropped = [key for key in people if key in in_circle]
    for key in dropped:
        own = above[str(key)] == key
        message = OWN if own else THROUGH_OTHERS
        reason = Remark(message)
        _drop(leftovers, people, key, reason)
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
            circle = list(path)[path[at] :]
            found.update(circle)
    return found


def _spelled(taken: TakenRow[PersonRecord], people: People, known: Known) -> TakenRow[PersonRecord]:
    """Write a manager's number as it is written here, or on the manager's own row."""
    manager = taken.record.manager
    if manager is None:
        return taken
    here = known.people.get(manager.casefold())
    in_file = people.get(manager.casefold())
    number = manager
    if here:
        number = here.number
    elif in_file:
        number = in_file.record.number
    if number == manager:
        return taken
    record = replace(taken.record, manager=number)
    return replace(taken, record=record, untidy=True)
