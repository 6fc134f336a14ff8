"""The words for roles and languages."""

from mentorship.base.i18n import N_

TITLES = {
    "junior": N_("junior"),
    "senior": N_("senior"),
    "manager": N_("manager"),
    "coordinator": N_("coordinator"),
    "hr": N_("HR"),
    "admin": N_("admin"),
}
LANGUAGE_NAMES = {
    "nl": N_("Dutch"),
    "en": N_("English"),
    "de": N_("German"),
    "pl": N_("Polish"),
    "fr": N_("French"),
    "es": N_("Spanish"),
    "pt": N_("Portuguese"),
    "ro": N_("Romanian"),
    "bg": N_("Bulgarian"),
    "uk": N_("Ukrainian"),
    "tr": N_("Turkish"),
    "ar": N_("Arabic"),
}
