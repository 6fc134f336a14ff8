"""The topics of mail in words."""

from mentorship.base.i18n import N_
from mentorship.reminders.models import DUO, MESSAGES, OVERVIEW, REMINDER

TOPIC_NAMES = {
    DUO: N_("Proposals and news of your pairs"),
    REMINDER: N_("Reminders"),
    OVERVIEW: N_("Weekly overview"),
    MESSAGES: N_("Messages of the coordinator"),
}
TOPIC_HINTS = {
    DUO: N_(
        "When a proposal or a step waits for you, when a pair starts, does not go ahead or ends, when mentoring "
        "needs your attention, and when a colleague asks or answers a quick question."
    ),
    REMINDER: N_(
        "When something of yours is due, such as a check-in, or a certificate ends, and when the yearly pulse asks you."
    ),
    OVERVIEW: N_("Once a week, for managers and coordinators: how the team is doing, in counts."),
    MESSAGES: N_("What the coordinator writes to you and others. Without mail you read it here, or on paper."),
}
