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
