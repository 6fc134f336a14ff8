"""The words for signals, failing rules and what can be done."""

from __future__ import annotations

from mentorship.base.i18n import N_, gettext

SIGNALS = {
    "help": N_("Wants help"),
    "safety": N_("You say that nobody is with you at work that is new to you"),
    "lowest": N_("One very low answer"),
    "low": N_("Low twice in a row"),
    "fall": N_("Your answers dropped"),
    "talk": N_("Talk with this pair"),
    "hours": N_("More hours than were confirmed"),
    "apart": N_("Four weeks without working together"),
    "rule": N_("This pair no longer fits a rule"),
    "leaves": N_("One of the two leaves"),
}
"""What a signal is called; another's answers are the neutral "talk with this duo", unless their author shows it."""


SHOWN_BY_AUTHOR = {
    "safety": N_("Shown by one of them: alone at new work"),
    "lowest": N_("Shown by one of them: a very low answer"),
    "low": N_("Shown by one of them: low twice in a row"),
    "fall": N_("Shown by one of them: answers dropped"),
}
"""What one drawn from another's answers is called for the coordinator, once its author shows it."""


CAUSES = {
    "talk": N_("what was answered"),
    "hours": N_("more hours than were confirmed"),
    "apart": N_("four weeks without working together"),
    "rule": N_("a rule that no longer holds"),
}
"""What signals are drawn from, where they are counted: of those from answers no more than that."""
RETUNE = N_("Under half: the thresholds of this one are to be retuned.")


KINDS = {**SIGNALS, **{f"shown-{key}": shown for key, shown in SHOWN_BY_AUTHOR.items()}}
"""What signals are called, those that another's author shows apart from one's own."""


def kind(key: str, *, own: bool) -> str:
    """Return which of `KINDS` a signal is; `own`: to whom its answers are."""
    if key in SHOWN_BY_AUTHOR and not own:
        return f"shown-{key}"
    return key


def title(key: str, *, own: bool) -> str:
    """Return what a signal is called; `own`: to whom its answers are."""
    return gettext(KINDS[kind(key, own=own)])


RULES = {
    "expertise": N_("the mentor no longer passes on enough of the domain"),
    "line": N_("one of the two is now the other's manager, or above that"),
    "trainer": N_("the junior asked for a practice trainer, and the certificate of the mentor no longer holds"),
    "language": N_("they have no working language in common any more"),
    "site": N_("they work at different sites now, and not both at a distance"),
    "meeting": N_("their rosters do not bring them together enough any more"),
}
"""Which rule of the match fails, for the coordinator."""


ACTIONS = {
    "handover": N_("hand over"),
    "talk": N_("talk"),
    "hours": N_("free up the hours in the schedule"),
    "lighten": N_("lighten their own work"),
    "pace": N_("slow the pace"),
    "training": N_("basics through a course"),
    "second_mentor": N_("a second mentor"),
    "fewer_places": N_("fewer places"),
    "fewer_hours": N_("fewer hours a week"),
    "pause_pair": N_("let the pair pause"),
    "pause": N_("a pause as a mentor"),
    "train_mentor": N_("train the mentor"),
    "end": N_("end, and pair again"),
}


def doing(action: str) -> str:
    """Ask to carry out what somebody took on."""
    return gettext("Do it now: %(action)s", action=gettext(ACTIONS[action]))


HANDING_OVER = ("handover", "second_mentor", "end", "talk")
"""What is offered where one of the two leaves."""


VIEWS = {
    "all": N_("All"),
    "waits": N_("Waits for you"),
    "new": N_("New"),
    "mine": N_("Picked up by you"),
    "running": N_("Picked up"),
    "late": N_("Past their day"),
    "closed": N_("Closed"),
}
"""The views of the list, the first of which it shows of itself."""


GROUPS = {
    "help": (N_("Asks you for help"), ""),
    "talk": (N_("Time to talk"), N_("from the check-ins; you do not see more")),
    "own": (N_("From what you answered"), ""),
    "agreed": (N_("It goes otherwise than agreed"), N_("hours, rosters and rules")),
    "late": (N_("Look again"), N_("the day has come")),
    "taken": (N_("Picked up"), N_("somebody is working on it")),
    "handed": (N_("Given to you"), N_("from a colleague who cannot look at it now")),
    "closed": (N_("Closed"), N_("in the last twelve weeks")),
}
"""What each group of signals is called, and what is quietly said beside it."""


GLYPHS = {
    "help": "lifebuoy",
    "talk": "message-circle",
    "own": "message-circle",
    "agreed": "scale",
    "late": "flag",
    "taken": "flag",
    "handed": "arrow-up-right",
    "closed": "circle-check",
}
