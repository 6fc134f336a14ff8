"""The words for the criteria of a match."""

from mentorship.base.i18n import N_

CRITERION_NAMES = {
    "domain": N_("domain"),
    "together": N_("at work together"),
    "preference": N_("way of learning"),
    "continuity": N_("continuity of knowledge"),
    "wish": N_("wish"),
}
