"""A handover plan in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from mentorship.base.clock import local_date
from mentorship.base.i18n import N_, day, gettext, integer, ngettext
from mentorship.base.personal import AFTER_LEAVING
from mentorship.growth.handover import receivers, rules
from mentorship.growth.handover.models import NOT_BEGUN, PASSED_ON, UNDER_WAY, WRITTEN_DOWN, HandoverPlan
from mentorship.growth.handover.queries import Piece, Standing
from mentorship.growth.handover.receivers import Suggested
from mentorship.growth.handover.rules import Duo, Held
from mentorship.people.models import Person
from mentorship.profiles.words import LEVELS

STEP_NAMES: Mapping[int, str] = {
    NOT_BEGUN: N_("not begun"),
    UNDER_WAY: N_("under way"),
    PASSED_ON: N_("passed on"),
    WRITTEN_DOWN: N_("written down"),
}
TONES = {NOT_BEGUN: "", UNDER_WAY: "brand", PASSED_ON: "ok", WRITTEN_DOWN: "ok"}
GLYPHS = {NOT_BEGUN: "minus", UNDER_WAY: "hourglass", PASSED_ON: "check", WRITTEN_DOWN: "book-2"}
NEXT: Mapping[str, tuple[str, str]] = {
    rules.CHOOSE: ("user-question", N_("Choose who")),
    rules.PAIR: ("user-plus", N_("Propose the pair")),
    rules.DUO: ("heart-handshake", N_("See the pair")),
    rules.AIM: ("flag", N_("Make it a goal of the pair")),
    rules.PLACE: ("book-2", N_("Say where it is written down")),
    rules.TICK: ("check", N_("Tick it off")),
}
"""Of what comes next its sign and its button."""
WHY: Mapping[str, str] = {
    receivers.GROWS: N_("grows towards it already, in a running pair with %(name)s"),
    receivers.ASKS: N_("asks for a mentor in it"),
    receivers.NAMED: N_("named by %(name)s as wanted"),
    receivers.FOUND: N_("passes it on, and may be found by it"),
    receivers.IN_PAIR: N_("is in a running pair with %(name)s, about something else"),
}
OWN_WHY: Mapping[str, str] = {
    receivers.GROWS: N_("grows towards it already, in a running pair with you"),
    receivers.NAMED: N_("you named this colleague as wanted"),
    receivers.FOUND: N_("passes it on, and may be found by it"),
    receivers.IN_PAIR: N_("is in a running pair with you, about something else"),
}


def steps() -> list[tuple[str, str]]:
    """Return the steps to choose from."""
    return [(str(step), gettext(name)) for step, name in STEP_NAMES.items()]


def title(person: Person, *, own: bool) -> str:
    """Name the page."""
    if own:
        return gettext("My handover plan")
    return gettext(
        "Handover plan of %(name)s",
        name=person.name,
    )


def heading(pieces: Sequence[Piece], standing: Standing) -> str:
    """Say how much is passed on, and what comes next."""
    if not pieces:
        return gettext("Nothing is on the handover plan yet")
    if not standing.left:
        return ngettext(
            "The one piece of the handover plan is passed on",
            "All %(num)s pieces of the handover plan are passed on",
            standing.pieces,
        )
    first = next(piece for piece in pieces if piece.step < PASSED_ON)
    return ngettext(
        "%(done)s of %(num)s piece is passed on; next is %(domain)s",
        "%(done)s of %(num)s pieces are passed on; next is %(domain)s",
        standing.pieces,
        done=integer(standing.done),
        domain=first.domain.title,
    )


def to_begin(person: Person, held: Sequence[Held], *, own: bool, may: bool) -> str:
    """Say why one would begin a plan, or what comes before it."""
    if not may:
        return gettext("There is no handover plan, and no reason for one yet")
    number = len(held)
    if not number:
        return gettext("Nothing leans on so few people that it must be handed over")
    if own:
        return ngettext(
            "%(num)s domain leans on you and few others",
            "%(num)s domains lean on you and few others",
            number,
        )
    return ngettext(
        "%(num)s domain leans on %(name)s and few others",
        "%(num)s domains lean on %(name)s and few others",
        number,
        name=person.name,
    )


def leaves(person: Person, today: date, *, own: bool) -> str:
    """Say when somebody leaves, as far as it is known."""
    if person.last_day is None:
        if own:
            return gettext("No last day is known.")
        return gettext(
            "%(name)s shares this plan with you. No last day is known.",
            name=person.name,
        )
    told = {"name": person.name, "day": day(person.last_day)}
    if person.is_gone(today):
        return gettext(
            "%(name)s left on %(day)s. This is the record of what was handed over.",
            **told,
        )
    if own:
        return gettext(
            "Your last working day is %(day)s.",
            **told,
        )
    return gettext(
        "The last working day of %(name)s is %(day)s.",
        **told,
    )


def leaving(person: Person) -> str:
    """Say when somebody leaves, in a list."""
    if person.last_day is None:
        return gettext("shares the plan; no last day is known")
    if person.left_on is not None:
        return gettext(
            "left on %(day)s",
            day=day(person.last_day),
        )
    return gettext(
        "leaves on %(day)s",
        day=day(person.last_day),
    )


def begun(plan: HandoverPlan, by: Person | None, person: Person) -> str:
    """Say who began a plan, and when."""
    on = day(local_date(plan.started_at))
    if by is None or by.id == person.id:
        return gettext(
            "Begun on %(day)s.",
            day=on,
        )
    return gettext(
        "Begun on %(day)s by %(name)s.",
        day=on,
        name=by.name,
    )


def leans(held: Held | None) -> str:
    """Say how few hold a domain, of nobody by name."""
    if held is None:
        return ""
    if held.alone:
        return gettext("nobody else holds it")
    if held.leans:
        return gettext("three people hold it at most")
    return gettext("others hold it too")


def since(piece: Piece) -> str:
    """Say what a step is known by."""
    if piece.step == NOT_BEGUN:
        return ""
    if not piece.by_pairs:
        return gettext(
            "ticked on %(day)s",
            day=day(piece.row.stepped_on),
        )
    if piece.step >= PASSED_ON:
        return gettext("a level was confirmed")
    return gettext("a pair runs")


def reached(duo: Duo) -> str:
    """Say how far the junior of a pair is."""
    if not duo.reached:
        return ""
    return gettext(
        "confirmed: %(level)s",
        level=gettext(LEVELS[duo.reached]),
    )


def why(one: Suggested, person: Person, *, own: bool) -> str:
    """Say why somebody is thought of."""
    if one.level is not None:
        return gettext(
            "knows it: %(level)s",
            level=gettext(LEVELS[one.level]),
        )
    if own and one.why in OWN_WHY:
        return gettext(OWN_WHY[one.why])
    return gettext(
        WHY[one.why],
        name=person.given_name,
    )


def kept() -> str:
    """Say what becomes of a plan after the last day."""
    goes_on = ngettext(
        "After the last day the plan goes on as a record that the coordinator keeps, for %(num)s month.",
        "After the last day the plan goes on as a record that the coordinator keeps, for %(num)s months.",
        AFTER_LEAVING.months,
    )
    then = gettext("Then it is deleted with all that is kept of who left; sooner where that person is erased.")
    return f"{goes_on} {then}"


def on_desk(standing: Standing, last_day: date, by: str) -> str:
    """Say to who leaves what there is to hand over; "" when there is nothing."""
    told = {"day": day(last_day), "name": by}
    if standing.plan is None:
        if not standing.pieces:
            return ""
        return ngettext(
            "You leave on %(day)s, and %(num)s domain leans on you: who takes it over?",
            "You leave on %(day)s, and %(num)s domains lean on you: who takes them over?",
            standing.pieces,
            **told,
        )
    if not standing.left:
        return gettext(
            "You leave on %(day)s, and all of your handover plan is passed on.",
            **told,
        )
    left = ngettext(
        "You leave on %(day)s; %(num)s piece of your handover plan is not passed on yet.",
        "You leave on %(day)s; %(num)s pieces of your handover plan are not passed on yet.",
        standing.left,
        **told,
    )
    if not by:
        return left
    begun = gettext(
        "%(name)s began it for you.",
        **told,
    )
    return f"{left} {begun}"


def stands(standing: Standing) -> str:
    """Say how a plan stands, in a list."""
    if standing.plan is None:
        return gettext("no handover plan yet")
    if not standing.pieces:
        return gettext("nothing is on the plan yet")
    return ngettext(
        "%(done)s of %(num)s piece passed on",
        "%(done)s of %(num)s pieces passed on",
        standing.pieces,
        done=integer(standing.done),
    )


def index_heading(number: int) -> str:
    """Say how many there are to look at."""
    if not number:
        return gettext("Nobody leaves, as far as is known")
    return ngettext(
        "%(num)s person hands knowledge over, or could",
        "%(num)s people hand knowledge over, or could",
        number,
    )
