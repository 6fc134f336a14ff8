"""The words for the states of a mentorship."""

from mentorship.base.i18n import N_

STATUS_NAMES = {
    "proposed": N_("proposal"),
    "active": N_("running"),
    "paused": N_("paused"),
    "ended": N_("ended"),
    "refused": N_("refused"),
    "expired": N_("not answered in time"),
}
