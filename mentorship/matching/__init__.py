"""The match: who can guide whom, how well it fits, and the exact best round. Pure numpy and scipy.

What other rooms may use is here, and nothing else of it.
"""

from mentorship.matching.arrays import Floats, Ints
from mentorship.matching.candidates import FORMS, NEEDS, NO_TIMETABLE, Instance, Mentors, Relations, Requests
from mentorship.matching.checker import CheckFailed, check
from mentorship.matching.competition import Bottleneck, bottlenecks
from mentorship.matching.eligibility import RUNNING, STEPS, Eligible, failing, find_eligible, first_obstacle
from mentorship.matching.explain import Alternative, alternatives
from mentorship.matching.funnel import LEAST_LEVEL, level_asked
from mentorship.matching.outcome import Quality, quality
from mentorship.matching.prices import place_gain, place_loss
from mentorship.matching.problem import SCALE, Problem
from mentorship.matching.result import Result, used_places
from mentorship.matching.rosters import DAY, TOGETHER, Meeting, Timetable, meet, together_days
from mentorship.matching.scores import CRITERIA, DEFAULT_WEIGHTS, HIDDEN, Scored, score_pairs, weighted
from mentorship.matching.solver import STAGES, solve

__all__ = [
    "CRITERIA",
    "DAY",
    "DEFAULT_WEIGHTS",
    "FORMS",
    "HIDDEN",
    "LEAST_LEVEL",
    "NEEDS",
    "NO_TIMETABLE",
    "RUNNING",
    "SCALE",
    "STAGES",
    "STEPS",
    "TOGETHER",
    "Alternative",
    "Bottleneck",
    "CheckFailed",
    "Eligible",
    "Floats",
    "Instance",
    "Ints",
    "Meeting",
    "Mentors",
    "Problem",
    "Quality",
    "Relations",
    "Requests",
    "Result",
    "Scored",
    "Timetable",
    "alternatives",
    "bottlenecks",
    "check",
    "failing",
    "find_eligible",
    "first_obstacle",
    "level_asked",
    "meet",
    "place_gain",
    "place_loss",
    "quality",
    "score_pairs",
    "solve",
    "together_days",
    "used_places",
    "weighted",
]
