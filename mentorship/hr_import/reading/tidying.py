"""What is put right in a cell, by kind."""

from __future__ import annotations

from mentorship.base.i18n import N_

SPACES, CAPITALS, DATE, TIME, YES_NO, NUMBER, WORD, DASH, LIST = (
    "spaces",
    "capitals",
    "date",
    "time",
    "yes_no",
    "number",
    "word",
    "dash",
    "list",
)
TIDIED = {
    SPACES: N_("stray or invisible spaces"),
    CAPITALS: N_("capitals"),
    DATE: N_("dates written otherwise"),
    TIME: N_("times written otherwise"),
    YES_NO: N_("yes and no written otherwise"),
    NUMBER: N_("numbers written otherwise"),
    WORD: N_("names and words written otherwise"),
    DASH: N_("free days written otherwise"),
    LIST: N_("signs between words"),
}
