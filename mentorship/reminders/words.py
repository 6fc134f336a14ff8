"""The topics of mail in words."""

from mentorship.base.i18n import N_
from mentorship.reminders.models import DUO, OVERVIEW, REMINDER

TOPIC_NAMES = {
    DUO: N_("Proposals and news of your duos"),
    REMINDER: N_("Reminders"),
    OVERVIEW: N_("Weekly overview"),
}
TOPIC_HINTS = {
    DUO: N_(
        "When a proposal or a level waits for you, when a duo starts, does not go on or ends, and when guiding asks for"
        " your attention."
    ),
    REMINDER: N_("When something of yours is due, such as a check-in."),
    OVERVIEW: N_("Once a week, for managers and coordinators: how the line stands, in counts."),
}
