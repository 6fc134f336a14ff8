"""The rows of what was found, ready to show: where each leads, what it is called, what is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mentorship.base.clock import local_date
from mentorship.base.i18n import day, gettext, joined, ngettext
from mentorship.base.letters import Piece, pieces
from mentorship.base.tasks import Task
from mentorship.home.search.queries import FoundDuo, FoundRequest, Standing
from mentorship.insight.queries import Load
from mentorship.mentorships.words import STATUS_NAMES
from mentorship.people.listed import ListedPerson
from mentorship.people.models import Person
from mentorship.people.words import TITLES
from mentorship.profiles.models import Domain
from mentorship.rounds.words import STATUS_NAMES as ROUND_STATUS_NAMES

BETWEEN = " · "
TOGETHER = "heart-handshake"


@dataclass(frozen=True)
class Row:
    """One thing found: where it leads, its name cut where it fits, a second line; initials or an icon before it."""

    endpoint: str
    values: Mapping[str, Any]
    name: Sequence[Piece]
    told: Sequence[Piece] = ()
    icon: str = ""
    initials: str = ""
    guides: bool = False


@dataclass(frozen=True)
class Group:
    """Things found of one kind: so many, or more."""

    key: str
    title: str
    rows: Sequence[Row]
    number: int
    more: bool


@dataclass(frozen=True)
class Writer:
    """Writes rows for who typed these (folded) words today."""

    words: Sequence[str]
    today: date
    nothing: Standing = field(default_factory=Standing)

    def _told(self, sought: str, *facts: str) -> list[Piece]:
        """Put facts on one line; only in the first was looked for the words."""
        found = pieces(sought, self.words)
        plain = "".join(f"{BETWEEN}{fact}" for fact in facts if fact)
        if not found:
            plain = plain.removeprefix(BETWEEN)
        return [*found, Piece(plain, sought=False)]

    def person(self, line: ListedPerson, standing: Standing | None) -> Row:
        """Write somebody in the list of people; what they offer and wait for only where the reader may know it."""
        person = line.person
        roles = [gettext(TITLES[role]) for role in line.roles]
        known = standing or self.nothing
        return Row(
            endpoint="person.show",
            values={"person_id": person.id},
            name=pieces(person.name, self.words),
            told=self._told(
                self._number(person),
                joined(roles),
                line.site,
                self._waits(known),
                _offers(known),
            ),
            initials=person.initials,
            guides=known.places > 0,
        )

    def _number(self, person: Person) -> str:
        """Tell a personnel number to who typed one."""
        if any(letter.isdigit() for word in self.words for letter in word):
            return person.number
        return ""

    def _waits(self, known: Standing) -> str:
        if known.waits_since is None:
            return ""
        days = (self.today - local_date(known.waits_since)).days
        return ngettext("waits %(num)s day for a mentor", "waits %(num)s days for a mentor", days)

    def mentor(self, load: Load) -> Row:
        """Write a mentor in the manager's own line, in the list of who carries what."""
        person = load.person
        offer = Standing(places=load.usable, free=load.free, paused=load.paused)
        return Row(
            endpoint="insight.index",
            values={"line": "own", "q": person.number, "_anchor": f"p{person.id}"},
            name=pieces(person.name, self.words),
            told=self._told(
                self._number(person),
                gettext("mentor"),
                load.site,
                _offers(offer),
            ),
            initials=person.initials,
            guides=True,
        )

    def duo(self, found: FoundDuo, *, own: bool, in_list: bool) -> Row:
        """Write a duo: its own two go to their page, who has the list of all to their place there."""
        duo = found.duo
        names = gettext("%(mentor)s and %(junior)s", mentor=found.mentor.name, junior=found.junior.name)
        opens: dict[str, Any] = {"mentorship_id": duo.id}
        if in_list and not own:
            opens = {"open": duo.id}
        return Row(
            endpoint="duos.index" if in_list and not own else "mentorships.show",
            values=opens,
            name=pieces(names, self.words),
            told=self._told(found.domain, gettext(STATUS_NAMES[duo.stands])),
            icon=TOGETHER,
        )

    def request(self, found: FoundRequest) -> Row:
        """Write an open request, in the coordinator's list."""
        person = found.person
        return Row(
            endpoint="waiting.index",
            values={"q": person.number},
            name=pieces(person.name, self.words),
            told=self._told(
                joined(found.domains),
                found.site,
                self._waits(Standing(waits_since=found.asked_at)),
            ),
            icon="user-question",
        )

    def own_request(self, domains: Sequence[str], asked_at: date) -> Row:
        """Write the reader's own open request."""
        return Row(
            endpoint="mentor_requests.mine",
            values={},
            name=pieces(
                joined(list(domains)),
                self.words,
            ),
            told=self._told(
                "",
                gettext("My request"),
                gettext("since %(moment)s", moment=day(asked_at)),
            ),
            icon="user-question",
        )

    def round(self, found: Any) -> Row:
        """Write a match round."""
        return Row(
            endpoint="rounds.show",
            values={"round_id": found.id},
            name=pieces(found.name, self.words),
            told=self._told("", gettext(ROUND_STATUS_NAMES[found.status])),
            icon="arrows-split-2",
        )

    def domain(self, domain: Domain, coordinates: bool) -> Row:
        """Write a domain: the coordinator keeps it, others ask for a mentor in it."""
        marks = []
        if domain.critical:
            marks.append(gettext("critical"))
        if coordinates:
            return Row(
                "domains.index",
                {"_anchor": f"d{domain.id}"},
                name=pieces(domain.title, self.words),
                told=self._told("", *marks),
                icon="tools",
            )
        return Row(
            "mentor_requests.new",
            {"domain": domain.id},
            name=pieces(domain.title, self.words),
            told=self._told("", gettext("Ask for a mentor in this")),
            icon="tools",
        )

    def task(self, task: Task, person: Person | None = None) -> Row:
        """Write a thing to do, perhaps with somebody found."""
        values: dict[str, Any] = dict(task.values)
        title = gettext(task.title)
        if person is not None:
            values["person_id"] = person.id
            title = gettext(task.title, name=person.name)
        name = pieces(title, self.words)
        return Row(
            task.endpoint,
            values,
            name,
            icon=task.icon,
        )

    def everybody(self, text: str) -> Row:
        """Lead to the list of people with the same words, where more fit than are shown."""
        title = gettext("Show all people who fit")
        return Row(
            "people.index",
            {"q": text},
            [Piece(title, sought=False)],
            icon="users",
        )


def _offers(known: Standing) -> str:
    """Tell how many places of somebody's are free."""
    if not known.places:
        return ""
    if known.paused:
        return gettext("paused as a mentor")
    return ngettext(
        "%(free)s of %(num)s place free",
        "%(free)s of %(num)s places free",
        known.places,
        free=known.free,
    )
