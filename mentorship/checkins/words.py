"""The words for check-ins: the scale, states, who may be asked for help, what is said before something is sent."""

from __future__ import annotations

from collections.abc import Sequence

from mentorship.base.i18n import N_, gettext, locale, ngettext
from mentorship.checkins.balance import PACE
from mentorship.checkins.models import CheckIn
from mentorship.mentorships.rules import JUNIOR

NEVER_USED = N_("Never used for appraisal, pay, promotion or dismissal.")
"""What stands wherever check-ins or hours are asked, mailed, printed or taken out."""
NOT_APPLICABLE = "none"
PACE_STEPS = (N_("too fast"), N_("good"), N_("too slow"))
STATUS_NAMES = {
    "open": N_("open"),
    "answered": N_("sent"),
    "skipped": N_("skipped"),
    "missed": N_("not answered"),
}
HELPERS = {
    "mentor": N_("my mentor"),
    "coordinator": N_("the coordinator"),
    "manager": N_("my manager"),
    "confidant": N_("a confidant"),
}
CLASSES = {
    "in_balance": N_("going well"),
    "on_reserve": N_("stretched"),
    "stuck": N_("stuck"),
    "talk_now": N_("talk now"),
    "unknown": N_("not known yet"),
}
CLASS_MEANING = {
    "in_balance": N_("The junior is developing and the mentor keeps it up."),
    "on_reserve": N_(
        "The junior is developing, but at the mentor's expense: free up hours, or lighten the mentor's own work."
    ),
    "stuck": N_(
        "The mentor keeps it up, but the junior is not getting ahead: look at the pace, the work and the goal."
    ),
    "talk_now": N_("It is not going well on either side: talk with both this week."),
    "unknown": N_("It takes two answers from each side, the last within twelve weeks."),
}
SIDES = {
    "low": N_("low"),
    "not_low": N_("not low"),
    "unknown": N_("not known yet"),
}
"""How one side stands, as its own line is told."""
SIDE_MEANING = {
    "low": N_("What this side answers is low, taken over its last check-ins: talk with them. You do not see more."),
    "not_low": N_("What this side answers is not low, taken over its last check-ins. You do not see more."),
    "unknown": N_("It takes two answers from this side, the last within twelve weeks."),
}
YOU_SEE = N_(
    "Your answers, your own trend and your note. They never count in a match, and never change a place or a pair."
)
UNHEARD = N_(
    "We did not hear from you the last two times. That is fine, and nobody else is told. Does it suit you that we ask "
    "this way? Answer what you like, or skip it."
)
SEEN_OTHERWISE = N_("What managers see has changed in the meantime: read “Who sees what” below once more.")
NOTHING_SENT = N_("Nothing was sent yet, and what you entered is still here: look at it, and send it again.")


def never_used() -> str:
    """Say what check-ins and hours are never used for."""
    return gettext(NEVER_USED)


def step(value: int | None) -> str:
    """Return an answer as it stands in a form and in the scale."""
    if value is None:
        return NOT_APPLICABLE
    return str(value)


def steps(key: str, scale: Sequence[dict[str, str]]) -> dict[str, str]:
    """Return what a question can be answered with, by step, in the words of its version of the questions."""
    named = [in_own_language(texts) for texts in scale]
    if key == PACE:
        named = [gettext(text) for text in PACE_STEPS]
    found = {str(number): text for number, text in enumerate(named, start=1)}
    found[NOT_APPLICABLE] = gettext("not applicable, did not work together")
    return found


def in_own_language(texts: dict[str, str]) -> str:
    """Return the words of a question in the reader's language."""
    if locale() == "en":
        return texts["en"]
    return texts["nl"]


def how_it_goes(closing: bool, name: str) -> str:
    """Ask one side how it goes, or went, with the other."""
    if closing:
        return gettext("How did it go with %(name)s?", name=name)
    return gettext("How is it going with %(name)s?", name=name)


def kind(closing: bool) -> str:
    """Name what is asked: the last one of a pair, or one on the way."""
    if closing:
        return gettext("Closing check-in")
    return gettext("Check-in")


def last_words_seen(side: str, name: str) -> str:
    """Say who reads what a side says at the end."""
    if side == JUNIOR:
        return gettext(
            "What was reached: both of you and the coordinator. Your thanks: %(name)s and their manager. You can"
            " delete both later.",
            name=name,
        )
    return gettext("What was reached: both of you and the coordinator. You can delete it later.")


def begun(given: int, of: int) -> str:
    """Say that answers given earlier stand there again; nothing where none were."""
    if not given:
        return ""
    return ngettext(
        "You began already: %(num)s answer of %(of)s stands here again. Nothing was sent yet.",
        "You began already: %(num)s answers of %(of)s stand here again. Nothing was sent yet.",
        given,
        of=of,
    )


def lost_by_skipping(answers: int, typed: bool) -> str:
    """Ask whether what was filled in may be thrown away."""
    if not answers:
        return gettext("Skip this one? What you wrote or ticked is deleted.")
    if typed:
        return ngettext(
            "Skip this one? %(num)s answer, and what you wrote or ticked, are deleted.",
            "Skip this one? %(num)s answers, and what you wrote or ticked, are deleted.",
            answers,
        )
    return ngettext(
        "Skip this one? %(num)s answer is deleted.",
        "Skip this one? %(num)s answers are deleted.",
        answers,
    )


def became_closing(side: str) -> str:
    """Say that a check-in became the closing one while it was filled in."""
    more = 1
    if side == JUNIOR:
        more = 2
    return ngettext(
        "This pair has ended in the meantime, so this is the closing check-in now: it has %(num)s more question, "
        "below.",
        "This pair has ended in the meantime, so this is the closing check-in now: it has %(num)s more questions, "
        "below.",
        more,
    )


def nothing_sent(changed: Sequence[str]) -> str:
    """Say what changed since the form was shown, and that it is still there."""
    kept = gettext(NOTHING_SENT)
    return " ".join([*changed, kept])


def nothing_skipped(changed: str) -> str:
    """Say what changed since the form was shown, and that nothing happened."""
    kept = gettext("Nothing was skipped yet.")
    return f"{changed} {kept}"


def is_by_slip(found: CheckIn) -> bool:
    """Tell whether a check-in came in by a slip, and its author did not say that it was them."""
    return found.slip_by_id is not None and found.slip_seen_at is None


def is_by_tablet(found: CheckIn) -> bool:
    """Tell whether a check-in came in on a shared tablet, by the card of its author."""
    return found.slip_by_id == found.person_id


def not_answered(found: CheckIn) -> str:
    """Say why a closed check-in holds no answers."""
    if is_by_slip(found):
        return gettext("This one was skipped. That is fine; it is not held against you.")
    if found.status == "skipped":
        return gettext("You skipped this one. That is fine; it is not held against you.")
    if found.closing:
        return gettext("This last one was not answered within two weeks.")
    return gettext("This one was not answered before the next came. The newest one stands on your page.")


def sent_as(found: CheckIn, given: int, of: int) -> str:
    """Say what became of a closed check-in, to its author."""
    if is_by_slip(found) and is_by_tablet(found):
        return gettext("This check-in came in on a shared tablet")
    if is_by_slip(found):
        return gettext("This check-in came in by a slip")
    if found.status != "answered":
        return gettext(_CLOSED[found.status])
    return ngettext(
        "You answered %(num)s of %(of)s questions, and only you see that",
        "You answered %(num)s of %(of)s questions, and only you see them",
        given,
        of=of,
    )


_CLOSED = {"skipped": N_("You skipped this check-in"), "missed": N_("This check-in was not answered")}
