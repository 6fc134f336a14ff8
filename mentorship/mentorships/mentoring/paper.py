"""A statement of guidance for a mentor to keep, in the language in force.

It is written in the marks of `base/marks.py`. It names no junior, and holds nothing of check-ins, notes or signals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mentorship.base.i18n import day, decimal, gettext, integer
from mentorship.base.marks import BETWEEN, FILL, HEADING, HEADS, ITEM, ROW, TITLE
from mentorship.mentorships.mentoring.queries import Mentoring


@dataclass
class _Domain:
    """What was given in one domain."""

    since: date
    hours: Decimal = Decimal(0)
    steps: int = 0
    juniors: set[int] = field(default_factory=set)


def written(found: Mentoring, name: str, organisation: str, today: date) -> str:
    """Return the statement of what `name` gave as a mentor at an organisation ("" when it has no name)."""
    return "\n".join(_lines(found, name, organisation, today))


def _lines(found: Mentoring, name: str, organisation: str, today: date) -> Iterator[str]:
    title = gettext("Statement of guidance")
    yield f"{TITLE} {title}"
    if organisation:
        yield gettext("%(name)s is a mentor at %(organisation)s.", name=name, organisation=organisation)
    else:
        yield gettext("%(name)s is a mentor.", name=name)
    yield gettext("This is what %(name)s gave up to %(day)s, as noted in Leermaat.", name=name, day=day(today))
    yield from _figures(found)
    if found.pairs:
        yield _heading(gettext("By domain"))
        yield from _domains(found)
    if found.courses:
        yield _heading(gettext("Training courses for mentors"))
        for course in found.courses:
            yield f"{ITEM} {course.title} · {day(course.followed_on)}"
    yield _heading(gettext("How to read this"))
    yield from _read(found)
    signed = gettext("For the organisation: name, date and signature")
    yield f"{FILL} {signed}"


def _heading(text: str) -> str:
    return f"{HEADING} {text}"


def _figures(found: Mentoring) -> Iterator[str]:
    yield _heading(gettext("What was given"))
    figures = {
        gettext("Juniors mentored"): integer(found.juniors),
        gettext("Hours noted"): decimal(found.hours),
        gettext("Weeks in which guidance was given"): integer(found.weeks),
        gettext("Steps of juniors confirmed"): integer(found.steps),
    }
    for title, figure in figures.items():
        yield f"{ITEM} {title}: {figure}"


def _domains(found: Mentoring) -> Iterator[str]:
    yield _row(
        HEADS,
        gettext("Domain"),
        gettext("Since"),
        gettext("Juniors"),
        gettext("Hours"),
        gettext("Steps confirmed"),
    )
    for name, given in sorted(_by_domain(found).items()):
        yield _row(
            ROW,
            name,
            day(given.since),
            integer(len(given.juniors)),
            decimal(given.hours),
            integer(given.steps),
        )


def _by_domain(found: Mentoring) -> dict[str, _Domain]:
    domains: dict[str, _Domain] = {}
    for one in found.pairs:
        since = one.pair.started_on
        if since is None:
            continue
        given = domains.setdefault(one.domain, _Domain(since))
        given.since = min(given.since, since)
        given.hours += one.given.hours
        given.steps += one.steps
        given.juniors.add(one.pair.junior_id)
    return domains


def _row(mark: str, *cells: str) -> str:
    """Return a row of a table; what somebody typed opens no cell of its own."""
    between = f" {BETWEEN} "
    whole = between.join(cell.replace(BETWEEN, "|") for cell in cells)
    return f"{mark} {whole}"


def _read(found: Mentoring) -> Iterator[str]:
    sentences = [
        gettext("The hours were noted by the mentor, week by week."),
        gettext("A step was confirmed by the mentor, after seeing the junior do it."),
        gettext("Juniors are not named here. What anybody answered, wrote or kept to themselves is not in it."),
    ]
    if found.other.hours:
        told = gettext("Of these, given to others than their own juniors: %(hours)s.", hours=decimal(found.other.hours))
        sentences.insert(1, told)
    for sentence in sentences:
        yield f"{ITEM} {sentence}"
