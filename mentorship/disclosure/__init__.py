"""Which figures from answers may be published together. Pure: plain values in, published figures out.

What other rooms may use is here, and nothing else of it. Why it holds stands in `witnesses`.
"""

from mentorship.disclosure.choosing import Earlier, choose
from mentorship.disclosure.groups import (
    BANDS,
    DOMAIN,
    FEW,
    FEWEST,
    LEVELS,
    ORGANISATION,
    PROTECTS,
    SITE,
    STEP,
    Counted,
    Figure,
    Place,
    band,
    rounded,
)
from mentorship.disclosure.shares import Group, grouped

__all__ = [
    "BANDS",
    "DOMAIN",
    "FEW",
    "FEWEST",
    "LEVELS",
    "ORGANISATION",
    "PROTECTS",
    "SITE",
    "STEP",
    "Counted",
    "Earlier",
    "Figure",
    "Group",
    "Place",
    "band",
    "choose",
    "grouped",
    "rounded",
]
