"""The words for check-ins: the scale, states, who may be asked for help."""

from mentorship.base.i18n import N_

SCALE = {
    "1": N_("not at all"),
    "2": N_("hardly"),
    "3": N_("somewhat"),
    "4": N_("mostly"),
    "5": N_("entirely"),
    "none": N_("not applicable, did not work together"),
}
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
    "hours": N_("free the hours in the planning"),
    "lighten": N_("lighten their own work"),
    "pace": N_("slow the pace"),
    "training": N_("basics by external training"),
    "second_mentor": N_("a second mentor"),
    "fewer_places": N_("fewer places"),
    "pause": N_("a pause as a mentor"),
    "train_mentor": N_("train the mentor"),
    "end": N_("end, and pair again"),
}
CLASSES = {
    "in_balance": N_("in balance"),
    "on_reserve": N_("on reserve"),
    "stuck": N_("stuck"),
    "talk_now": N_("talk now"),
    "unknown": N_("not known yet"),
}
CLASS_MEANING = {
    "in_balance": N_("The junior develops and the mentor keeps it up."),
    "on_reserve": N_("The junior develops, but at the mentor's expense: free hours, or lighten the mentor's own work."),
    "stuck": N_("The mentor keeps it up, but the junior does not get on: look at the pace, the work, and the goal."),
    "talk_now": N_("Neither goes well: talk with both this week."),
    "unknown": N_("It takes an answer from each side within twelve weeks."),
}
