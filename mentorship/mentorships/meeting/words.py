"""What is said of a first meeting: how far the two are, and how they work together."""

from __future__ import annotations

from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.mentorships.meeting.points import INSTRUCTOR, NEAR, POINTS, SHOW, SIDE_BY_SIDE
from mentorship.mentorships.meeting.rules import Standing
from mentorship.mentorships.rules import JUNIOR, MENTOR

PRIVATE = N_(
    "Only you two read this. Managers, the coordinator and HR see nothing of it, and it is in no overview and no "
    "figure. It is deleted with the data of your pair."
)
"""Who reads what two agree: tests hold it."""
FORMS = {
    (INSTRUCTOR, JUNIOR): (
        N_("You drive, %(name)s steers"),
        N_(
            "You do the work, also what is new. %(name)s rides along, asks what you are about to do, and steps in only "
            "when it gets unsafe or expensive. Afterwards you say first how it went."
        ),
    ),
    (INSTRUCTOR, MENTOR): (
        N_("%(name)s drives, you steer"),
        N_(
            "%(name)s does the work, also what is new. You ride along with your hands off the tools, ask what comes "
            "next, and step in only when it gets unsafe or expensive. Afterwards %(name)s says first how it went."
        ),
    ),
    (SHOW, JUNIOR): (
        N_("First you watch %(name)s, then you do it"),
        N_("%(name)s does it once and says why. The next one is yours, with %(name)s beside you."),
    ),
    (SHOW, MENTOR): (
        N_("First %(name)s watches you, then does it"),
        N_("You do it once and say why. The next one is for %(name)s, with you beside them."),
    ),
    (SIDE_BY_SIDE, JUNIOR): (
        N_("You and %(name)s work side by side"),
        N_("You each have a part of the same job, and you both say what you are doing. Your part grows."),
    ),
    (SIDE_BY_SIDE, MENTOR): (
        N_("You and %(name)s work side by side"),
        N_("You each have a part of the same job, and you both say what you are doing. The part of %(name)s grows."),
    ),
    (NEAR, JUNIOR): (
        N_("You work alone, %(name)s is near"),
        N_("You do the job alone and come with your questions. You look at the result together."),
    ),
    (NEAR, MENTOR): (
        N_("%(name)s works alone, you are near"),
        N_("%(name)s does the job alone and comes with questions. You look at the result together."),
    ),
}
"""What a form of guiding is called, and what it means, to the one on this side; `name` is the other."""


def form_told(form: str, side: str, name: str) -> tuple[str, str]:
    """Say to one of the two how they work together, and what that means."""
    title, meaning = FORMS[form, side]
    return gettext(title, name=name), gettext(meaning, name=name)


def heading(stands: Standing, name: str, *, over: bool) -> str:
    """Return what stands above the page of a first meeting, for one of the two; `over`: their pair ended."""
    if stands.done:
        return gettext("You and %(name)s agreed on all ten points", name=name)
    if over:
        return agreed(stands)
    if stands.theirs:
        return waits_for_you(stands, name)
    if not stands.open:
        return waits_for_other(stands, name)
    if len(stands.open) == len(POINTS):
        return gettext("What do you and %(name)s agree on? Ten taps", name=name)
    return ngettext(
        "You and %(name)s: %(num)s point to go",
        "You and %(name)s: %(num)s points to go",
        len(stands.open),
        name=name,
    )


def agreed(stands: Standing) -> str:
    """Say how many of the points the two agreed on."""
    return ngettext(
        "You two agreed on %(num)s of the ten points",
        "You two agreed on %(num)s of the ten points",
        len(stands.agreed),
    )


def waits_for_you(stands: Standing, name: str) -> str:
    """Say how much the other proposes."""
    return ngettext(
        "%(name)s proposes something at %(num)s point",
        "%(name)s proposes something at %(num)s points",
        len(stands.theirs),
        name=name,
    )


def waits_for_other(stands: Standing, name: str) -> str:
    """Say how much waits for the yes of the other."""
    return ngettext(
        "%(num)s choice of yours waits for the yes of %(name)s",
        "%(num)s choices of yours wait for the yes of %(name)s",
        len(stands.mine),
        name=name,
    )


def in_short(stands: Standing, name: str) -> str:
    """Return in one sentence how far the two are: on their desk, and on the page of their pair."""
    if stands.done:
        return gettext("You two agreed on all ten points.")
    if stands.theirs:
        return gettext("Look at it together, or say yes right away.")
    if stands.mine and not stands.open:
        return gettext("%(name)s finds it at their desk.", name=name)
    return gettext("When you meet, where, how you work together. Ten taps, no typing.")


def on_desk(stands: Standing, name: str) -> str:
    """Return the line at the desk of one of the two."""
    if stands.theirs:
        return waits_for_you(stands, name)
    return gettext("Your first meeting with %(name)s", name=name)


def saved(stands: Standing, name: str, *, waits: bool) -> str:
    """Say what became of a tap; `waits`: it needs the other's yes."""
    if stands.done:
        return gettext("You two agreed on all ten points.")
    if waits:
        return gettext("Saved. It holds once %(name)s says yes.", name=name)
    return gettext("Agreed.")


def button(stands: Standing, *, changing: bool) -> str:
    """Return what leads to the page of a first meeting."""
    if not changing or stands.done:
        return gettext("See what you two agreed")
    if stands.theirs or not stands.open:
        return gettext("Look at it")
    if len(stands.open) == len(POINTS):
        return gettext("Begin the ten taps")
    return gettext("Go on with the ten taps")
