"""The match: who can guide whom, how well it fits, and the exact best round. Pure numpy and scipy.

`solve` gives the round, `check` proves it, and three more answer what is asked about it: `bottlenecks`, where
places are short; `direct`, what a pairing outside the round costs; `what_if`, what changes would come to. What other
rooms may use is here, and nothing else of it.
"""

from mentorship.matching.arrays import Flags, Floats, Ints
from mentorship.matching.candidates import FORMS, NEEDS, NO_TIMETABLE, Instance, Mentors, Relations, Requests
from mentorship.matching.changes import MentorAdded, MentorRemoved, PlacesSet, RequestAdded, RequestRemoved, changed
from mentorship.matching.checker import CheckFailed, check
from mentorship.matching.competition import Bottleneck, bottlenecks
from mentorship.matching.direct import around, direct, without
from mentorship.matching.eligibility import (
    RUNNING,
    STEPS,
    TRAINER,
    WITH_TRAINER,
    Eligible,
    failing,
    find_eligible,
    first_obstacle,
    steps_of,
)
from mentorship.matching.explain import Alternative, alternatives
from mentorship.matching.funnel import LEAST_LEVEL, level_asked
from mentorship.matching.outcome import Quality, quality
from mentorship.matching.prices import place_gain, place_loss
from mentorship.matching.problem import SCALE, Problem
from mentorship.matching.result import Result, used_places
from mentorship.matching.rosters import TOGETHER, Meeting, meet, together_days
from mentorship.matching.scores import CRITERIA, DEFAULT_WEIGHTS, HIDDEN, Scored, score_pairs, weighted
from mentorship.matching.solver import STAGES, solve
from mentorship.matching.timetables import ALWAYS, DAY, LONGEST, MONDAY, NOTHING, Blocks, Pattern, Timetable, joined
from mentorship.matching.what_if import Outcome, what_if

direct_costs, outcome_after = direct, what_if
"""The same by names that are no modules of the match, for the rooms that import them."""

__all__ = [
    "ALWAYS",
    "CRITERIA",
    "DAY",
    "DEFAULT_WEIGHTS",
    "FORMS",
    "HIDDEN",
    "LEAST_LEVEL",
    "LONGEST",
    "MONDAY",
    "NEEDS",
    "NOTHING",
    "NO_TIMETABLE",
    "RUNNING",
    "SCALE",
    "STAGES",
    "STEPS",
    "TOGETHER",
    "TRAINER",
    "WITH_TRAINER",
    "Alternative",
    "Blocks",
    "Bottleneck",
    "CheckFailed",
    "Eligible",
    "Flags",
    "Floats",
    "Instance",
    "Ints",
    "Meeting",
    "MentorAdded",
    "MentorRemoved",
    "Mentors",
    "Outcome",
    "Pattern",
    "PlacesSet",
    "Problem",
    "Quality",
    "Relations",
    "RequestAdded",
    "RequestRemoved",
    "Requests",
    "Result",
    "Scored",
    "Timetable",
    "alternatives",
    "around",
    "bottlenecks",
    "changed",
    "check",
    "direct",
    "direct_costs",
    "failing",
    "find_eligible",
    "first_obstacle",
    "joined",
    "level_asked",
    "meet",
    "outcome_after",
    "place_gain",
    "place_loss",
    "quality",
    "score_pairs",
    "solve",
    "steps_of",
    "together_days",
    "used_places",
    "weighted",
    "what_if",
    "without",
]
