"""What somebody finds: group by group what their own pages show them, as the rules of those pages say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import N_, gettext
from mentorship.base.letters import folded
from mentorship.base.tasks import Task
from mentorship.home.search import queries
from mentorship.home.search.queries import Standing
from mentorship.home.search.rows import Group, Row, Writer
from mentorship.insight import queries as insight
from mentorship.mentor_requests import queries as requests
from mentorship.people import access
from mentorship.people.access import Actor
from mentorship.people.listed import ListedPerson, called
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles

HELPED = 2
"""For so many of the people found things to do are named."""
MOST_WORDS = 8
"""More words than a name and a task have are not looked for."""
LIKELY = 6
"""How many things to do stand under an empty field."""


KINDS = {
    "people": N_("People"),
    "duos": N_("Pairs"),
    "requests": N_("Requests"),
    "rounds": N_("Match rounds"),
    "domains": N_("Domains"),
    "tasks": N_("To do"),
    "pages": N_("Pages"),
}


@dataclass(frozen=True)
class Asked:
    """What is asked: by whom, when, in which words, for how many of each kind; and which tasks and pages are theirs."""

    actor: Actor
    now: datetime
    text: str
    limit: int
    tasks: Sequence[Task] = ()
    pages: Sequence[Task] = ()

    @property
    def enough(self) -> int:
        """How many are read of each kind: one more than is shown tells that there are more."""
        return self.limit + 1

    @property
    def words(self) -> list[str]:
        """The words typed, folded."""
        return folded(self.text).split()[:MOST_WORDS]

    @property
    def plain(self) -> str:
        """What was typed, as one folded line."""
        return " ".join(self.words)

    @property
    def writer(self) -> Writer:
        """What writes the rows."""
        return Writer(self.words, local_date(self.now))


@dataclass(frozen=True)
class _Found:
    """Rows of one kind, of which so many were found, or more."""

    rows: Sequence[Row]
    number: int
    more: bool = False


NOTHING = _Found([], 0)


def find(session: Session, asked: Asked) -> list[Group]:
    """Return everything that fits, by kind; where nothing was typed, where one may want to go."""
    if not asked.words:
        return _likely(asked)
    people, known = _people(session, asked)
    found = {
        "people": people,
        "duos": _duos(session, asked),
        "requests": _requests(session, asked),
        "rounds": _rounds(session, asked),
        "domains": _domains(session, asked),
        "tasks": _tasks(session, asked, known),
        "pages": _cut(asked, _fitting(asked, asked.pages)),
    }
    return _grouped(found)


def _cut(asked: Asked, rows: Sequence[Row]) -> _Found:
    shown = rows[: asked.limit]
    return _Found(shown, len(shown), more=len(rows) > len(shown))


def _grouped(found: Mapping[str, _Found]) -> list[Group]:
    groups = []
    for kind, these in found.items():
        if these.rows:
            title = gettext(KINDS[kind])
            group = Group(
                kind,
                title,
                these.rows,
                these.number,
                these.more,
            )
            groups.append(group)
    return groups


def _likely(asked: Asked) -> list[Group]:
    write = asked.writer
    plain = [task for task in asked.tasks if not task.on_person]
    tasks = [write.task(task) for task in plain[:LIKELY]]
    pages = [write.task(page) for page in asked.pages]
    return _grouped({"tasks": _all(tasks), "pages": _all(pages)})


def _all(rows: Sequence[Row]) -> _Found:
    return _Found(rows, len(rows))


def _people(session: Session, asked: Asked) -> tuple[_Found, list[Person]]:
    """Return the rows of people, and who of them has a page of their own."""
    if access.SEE_PEOPLE.allows(asked.actor):
        found = called(session, asked.plain, asked.enough)
        shown = found[: asked.limit]
        rows = _listed(session, asked, shown)
        more = len(found) > len(shown)
        if more:
            rows.append(asked.writer.everybody(asked.text))
        known = [line.person for line in shown]
        return _Found(rows, len(shown), more), known
    if access.SEE_WORKLOAD.allows(asked.actor):
        mentors = _mentors(session, asked)
        return _cut(asked, mentors), []
    return NOTHING, []


def _mentors(session: Session, asked: Asked) -> list[Row]:
    mentors = insight.called(
        session,
        asked.actor.person_id,
        asked.plain,
        local_date(asked.now),
        asked.enough,
    )
    write = asked.writer
    return [write.mentor(load) for load in mentors]


def _listed(session: Session, asked: Asked, shown: Sequence[ListedPerson]) -> list[Row]:
    standings: dict[int, Standing] = {}
    if access.COORDINATE.allows(asked.actor):
        ids = [id_of(line.person) for line in shown]
        today = local_date(asked.now)
        standings = queries.standings(session, ids, today)
    write = asked.writer
    rows = []
    for line in shown:
        standing = standings.get(id_of(line.person))
        row = write.person(line, standing)
        rows.append(row)
    return rows


def _duos(session: Session, asked: Asked) -> _Found:
    me = asked.actor
    write = asked.writer
    in_list = access.SEE_DUOS.allows(me)
    found = queries.found_duos(
        session,
        me,
        asked.plain,
        asked.enough,
    )
    rows = []
    for one in found:
        own = one.duo.side_of(me.person_id) is not None
        row = write.duo(
            one,
            own=own,
            in_list=in_list,
        )
        rows.append(row)
    return _cut(asked, rows)


def _requests(session: Session, asked: Asked) -> _Found:
    if access.COORDINATE.allows(asked.actor):
        found = queries.found_requests(session, asked.plain, asked.enough)
        rows = [asked.writer.request(one) for one in found]
        return _cut(asked, rows)
    own = requests.open_request(session, asked.actor.person_id)
    if own is None:
        return NOTHING
    names = profiles.domain_names(session)
    domains = []
    for need in own.needs:
        domains.append(names[need.domain_id])
    about = " ".join(domains)
    if not queries.has_words(about, asked.words):
        return NOTHING
    row = asked.writer.own_request(domains, own.request.created_at)
    return _all([row])


def _rounds(session: Session, asked: Asked) -> _Found:
    if not access.COORDINATE.allows(asked.actor):
        return NOTHING
    found = queries.found_rounds(session, asked.words, asked.enough)
    write = asked.writer
    rows = [write.round(one) for one in found]
    return _cut(asked, rows)


def _domains(session: Session, asked: Asked) -> _Found:
    """Return the domains: the coordinator's list has them all, and so has the first step of asking."""
    coordinates = access.COORDINATE.allows(asked.actor)
    if not coordinates and not access.ASK.allows(asked.actor):
        return NOTHING
    found = queries.found_domains(session, asked.words, asked.enough)
    rows = [asked.writer.domain(one, coordinates) for one in found]
    return _cut(asked, rows)


def _tasks(session: Session, asked: Asked, known: Sequence[Person]) -> _Found:
    """Return what can be done: with who was found, by its own words, or by its words and somebody's name."""
    write = asked.writer
    plain: list[Task] = []
    on_person: list[Task] = []
    for task in asked.tasks:
        kind = on_person if task.on_person else plain
        kind.append(task)
    rows = []
    for person in known[:HELPED]:
        for task in on_person:
            row = write.task(task, person)
            rows.append(row)
    if not known:
        rows += _with_somebody(session, asked, on_person)
    by_words = _cut(asked, _fitting(asked, plain))
    rows += by_words.rows
    return _Found(rows, len(rows), by_words.more)


def _with_somebody(session: Session, asked: Asked, tasks: Sequence[Task]) -> list[Row]:
    """Return tasks called by some of the words, on the people called by the rest of them: "code ozturk"."""
    rows = []
    for task in tasks:
        rest = [word for word in asked.words if not task.fits([word])]
        if not rest or len(rest) == len(asked.words):
            continue
        name = " ".join(rest)
        for line in called(session, name, HELPED):
            row = asked.writer.task(task, line.person)
            rows.append(row)
    return rows


def _fitting(asked: Asked, tasks: Collection[Task]) -> list[Row]:
    write = asked.writer
    rows = []
    for task in tasks:
        if task.fits(asked.words):
            row = write.task(task)
            rows.append(row)
    return rows


Opens = Callable[[Task], bool]


def open_to(actor: Actor, tasks: Collection[Task], opens: Opens) -> list[Task]:
    """Return the tasks that are of use to somebody and whose door opens to them."""
    return [task for task in tasks if task.shown(actor) and opens(task)]
