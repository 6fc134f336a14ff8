"""The words for the regions in which a site can lie."""

from mentorship.base.i18n import N_

REGION_NAMES = {
    "NL": N_("Netherlands"),
    "BE": N_("Belgium"),
    "DE": N_("Germany"),
    "DE-BW": N_("Germany, Baden-Württemberg"),
    "DE-BY": N_("Germany, Bavaria"),
    "DE-BE": N_("Germany, Berlin"),
    "DE-BB": N_("Germany, Brandenburg"),
    "DE-HB": N_("Germany, Bremen"),
    "DE-HH": N_("Germany, Hamburg"),
    "DE-HE": N_("Germany, Hesse"),
    "DE-MV": N_("Germany, Mecklenburg-Western Pomerania"),
    "DE-NI": N_("Germany, Lower Saxony"),
    "DE-NW": N_("Germany, North Rhine-Westphalia"),
    "DE-RP": N_("Germany, Rhineland-Palatinate"),
    "DE-SL": N_("Germany, Saarland"),
    "DE-SN": N_("Germany, Saxony"),
    "DE-ST": N_("Germany, Saxony-Anhalt"),
    "DE-SH": N_("Germany, Schleswig-Holstein"),
    "DE-TH": N_("Germany, Thuringia"),
    "LU": N_("Luxembourg"),
    "FR": N_("France"),
    "GB": N_("United Kingdom"),
    "DK": N_("Denmark"),
    "PL": N_("Poland"),
}
