"""The words for a last day: what stands of it, what it ends, and what does not come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mentorship.base.i18n import day, gettext, ngettext
from mentorship.base.personal import AFTER_LEAVING
from mentorship.people.models import Person


def heading(person: Person, today: date) -> str:
    """Return what the page finds: whether somebody leaves, or did."""
    told = {"name": person.name, "day": day(person.last_day)}
    if person.last_day is None:
        return gettext("%(name)s does not leave", **told)
    if person.is_gone(today):
        return gettext("%(name)s left on %(day)s", **told)
    return gettext("%(name)s leaves on %(day)s", **told)


def brief(person: Person, by: Person | None, today: date) -> str:
    """Return who filled in a last day, and what it means; nothing is said of why somebody leaves."""
    if person.last_day is None:
        return gettext("Is there a last working day, then fill it in here. Why is not asked, and not kept.")
    said = gettext("Nobody in particular filled this in: it came with an import or a command.")
    if by is not None:
        said = gettext(
            "Filled in by %(name)s.",
            name=by.name,
        )
    if person.is_gone(today):
        return said
    unchanged = gettext("Until then nothing changes.")
    return f"{said} {unchanged}"


def ends(person: Person, on: date, counts: Mapping[str, int], today: date, *, numbers: bool) -> list[str]:
    """Return what a last day ends, with numbers where the reader may know them."""
    told = {"name": person.name, "given": person.given_name, "day": day(on)}
    if on < today:
        first = gettext(
            "%(day)s has passed, so everything ends at once. That cannot be undone.",
            **told,
        )
    else:
        first = gettext(
            "%(name)s hears it by mail, and so does the manager. Of a pair the other one and their manager hear it too."
            " Up to and including %(day)s nothing else changes.",
            **told,
        )
    said = [
        first,
        gettext(
            "After that %(given)s can no longer sign in, and gets no more mail.",
            **told,
        ),
    ]
    if numbers:
        said += _counted(counts)
    else:
        said.append(gettext("Pairs, places and mentor requests end; who stays in a pair is asked how it went."))
    said += _team(counts)
    said.append(
        ngettext(
            "What is kept of %(given)s is deleted %(num)s month after that day.",
            "What is kept of %(given)s is deleted %(num)s months after that day.",
            AFTER_LEAVING.months,
            **told,
        )
    )
    return said


def _counted(counts: Mapping[str, int]) -> list[str]:
    """Return what ends of the programme, each with its number."""
    sentences = {
        "pairs": ngettext(
            "%(num)s pair ends; who stays is asked how it went.",
            "%(num)s pairs end; who stays is asked how it went.",
            counts["pairs"],
        ),
        "proposals": ngettext(
            "%(num)s proposal lapses; nobody said no.",
            "%(num)s proposals lapse; nobody said no.",
            counts["proposals"],
        ),
        "requests": ngettext(
            "%(num)s mentor request is withdrawn.",
            "%(num)s mentor requests are withdrawn.",
            counts["requests"],
        ),
        "places": ngettext(
            "%(num)s place for a junior is no longer there.",
            "%(num)s places for juniors are no longer there.",
            counts["places"],
        ),
        "rounds": ngettext(
            "%(num)s match round has to find its pairs again.",
            "%(num)s match rounds have to find their pairs again.",
            counts["rounds"],
        ),
        "pieces": ngettext(
            "%(num)s piece of the handover plan is not passed on yet; the plan goes on as a record.",
            "%(num)s pieces of the handover plan are not passed on yet; the plan goes on as a record.",
            counts["pieces"],
        ),
        "signals": ngettext(
            "%(num)s signal that was picked up goes to the manager above.",
            "%(num)s signals that were picked up go to the manager above.",
            counts["signals"],
        ),
    }
    return [text for kind, text in sentences.items() if counts[kind]]


def _team(counts: Mapping[str, int]) -> list[str]:
    """Return what ends of what somebody is to others."""
    said = []
    if counts["team"]:
        text = ngettext(
            "%(num)s person needs another manager; that stands on your desk then.",
            "%(num)s people need another manager; that stands on your desk then.",
            counts["team"],
        )
        said.append(text)
    if counts["roles"]:
        text = ngettext(
            "%(num)s role ends.",
            "%(num)s roles end.",
            counts["roles"],
        )
        said.append(text)
    return said


def comes_back(person: Person) -> list[str]:
    """Return what happens when somebody comes back who left."""
    return [
        gettext("%(name)s can sign in again, with the password that was.", name=person.name),
        gettext("What %(given)s can, the roster and the ways of learning are there still.", given=person.given_name),
        gettext("Pairs, proposals, requests and places stay ended. Roles have to be given again."),
    ]
