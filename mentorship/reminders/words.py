"""The topics of mail in words."""

from mentorship.base.i18n import N_
from mentorship.reminders.models import DUO, OVERVIEW, REMINDER

TOPIC_NAMES = {
    DUO: N_("Proposals and news of your duos"),
    REMINDER: N_("Reminders"),
    OVERVIEW: N_("Weekly overview"),
}
TOPIC_HINTS = {
    DUO: N_("When a proposal waits for you, when you both accepted, and when a proposal does not go on."),
    REMINDER: N_("When something of yours is due, such as a check-in."),
    OVERVIEW: N_("Once a week, what waits for you."),
}
