"""The match: who can guide whom, how well it fits, and the exact best round. Pure numpy and scipy."""

from mentorship.matching.check import check
from mentorship.matching.problem import Problem
from mentorship.matching.result import Result
from mentorship.matching.solve import solve

__all__ = ["Problem", "Result", "check", "solve"]
