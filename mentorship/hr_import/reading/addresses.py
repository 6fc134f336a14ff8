"""Whose an address is: one belongs to one person, and nobody gets that of somebody else unasked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.cells import Broken
from mentorship.hr_import.reading.export import Known, KnownPerson, PersonRecord, Remark
from mentorship.hr_import.reading.gathering import Leftovers, TakenRow
from mentorship.hr_import.reading.kinds import PEOPLE
from mentorship.hr_import.reading.questions import ADDRESS, GIVE, LEAVE, Asked

People = dict[Hashable, TakenRow[PersonRecord]]


@dataclass
class Addresses:
    """The addresses of an export while it is settled whose they are; `given_up`: who here lets theirs go."""

    leftovers: Leftovers
    people: People
    known: Known
    asked: Asked
    given_up: list[str] = field(default_factory=list)

    def settle(self) -> list[str]:
        """Let nobody come in with an address of somebody else; return who here gives theirs up, as was answered."""
        held = {person.email: person for person in self.known.people.values() if person.email}
        owners: dict[str, list[Hashable]] = defaultdict(list)
        for key, taken in self.people.items():
            if taken.record.email:
                owners[taken.record.email].append(key)
        for email, keys in owners.items():
            holder = held.get(email)
            self._settle_one(
                email,
                keys,
                holder,
            )
        return self.given_up

    def _settle_one(self, email: str, keys: list[Hashable], holder: KnownPerson | None) -> None:
        keeps = self._keeper(
            email,
            keys,
            holder,
        )
        if (
            keeps is None
            and holder is not None
            and self._moves(
                email,
                keys[0],
                holder,
            )
        ):
            self.given_up.append(holder.number)
            keeps = keys[0]
        for key in keys:
            if key != keeps:
                self._without(key, keeps)

    def _keeper(self, email: str, keys: list[Hashable], holder: KnownPerson | None) -> Hashable | None:
        """Return who of the file has an address: who has it here, else the first; None when that is to be asked."""
        if holder is None:
            return keys[0]
        key = holder.number.casefold()
        if key in keys:
            return key
        lets_go = key in self.people and self.people[key].record.email != email
        return keys[0] if lets_go else None

    def _moves(self, email: str, key: Hashable, holder: KnownPerson) -> bool:
        """Ask whether an address goes from who has it here to somebody else."""
        number = self.people[key].record.number
        says = Remark(
            N_("In the file %(email)s is of %(new)s, here of %(old)s."),
            {
                "email": email,
                "new": number,
                "old": holder.number,
            },
        )
        answer = self.asked.ask(
            ADDRESS,
            number,
            says,
            LEAVE,
        )
        return answer == GIVE

    def _without(self, key: Hashable, keeps: Hashable | None) -> None:
        """Let somebody come in without an address, and say so."""
        taken = self.people[key]
        record = taken.record
        if keeps is None:
            why = Broken(N_("Somebody here has %(email)s: nothing was filled in."), email=record.email)
        else:
            owner = self.people[keeps]
            why = Broken(
                N_("%(number)s on line %(line)s has %(email)s too: nothing was filled in."),
                email=record.email,
                number=owner.record.number,
                line=owner.row.line,
            )
        self.leftovers.fill(
            PEOPLE,
            taken.row,
            "E-mail werk",
            why,
        )
        unsaid = record.unsaid | {"email"}
        alone = replace(
            record,
            email=None,
            unsaid=unsaid,
        )
        self.people[key] = replace(taken, record=alone)
