"""What the page asks of whoever found a weak spot."""

from mentorship.base.i18n import N_

TO_TELL = (
    N_("Which page it was, and when."),
    N_("What you did, step by step, so that we can see it too."),
    N_("What you could see or do without having access to it."),
    N_("No passwords, and nothing of others: say what it was, do not send it along."),
)
ASKED = (
    N_("Look no further than you need to show it. Change and delete nothing of others."),
    N_("Do not make the service slow for others."),
    N_("Tell nobody else until it is mended."),
)
