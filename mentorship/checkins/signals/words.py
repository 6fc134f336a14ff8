"""The words for signals, failing rules and what can be done."""

from __future__ import annotations

from mentorship.base.i18n import N_

SIGNALS = {
    "help": N_("Wants help"),
    "lowest": N_("Own answers: a lowest step"),
    "low": N_("Own answers: low twice running"),
    "fall": N_("Own answers: a fall"),
    "talk": N_("Talk with this duo"),
    "missed": N_("Two check-ins not answered"),
    "hours": N_("More hours than were confirmed"),
    "apart": N_("Four weeks without working together"),
    "rule": N_("A rule of the match no longer holds"),
}
"""What a signal is called; another's answers are always the neutral "talk with this duo"."""


RULES = {
    "expertise": N_("the mentor no longer passes on enough of the domain"),
    "line": N_("one of the two is now in the other's reporting line"),
    "language": N_("they have no working language in common any more"),
    "site": N_("they work at different sites now, and not both at a distance"),
    "meeting": N_("their rosters do not bring them together enough any more"),
}
"""Which rule of the match fails, for the coordinator."""


ACTIONS = {
    "talk": N_("talk"),
    "hours": N_("free up the hours in the schedule"),
    "lighten": N_("lighten their own work"),
    "pace": N_("slow the pace"),
    "training": N_("basics through a course"),
    "second_mentor": N_("a second mentor"),
    "fewer_places": N_("fewer places"),
    "pause": N_("a pause as a mentor"),
    "train_mentor": N_("train the mentor"),
    "end": N_("end, and pair again"),
}
