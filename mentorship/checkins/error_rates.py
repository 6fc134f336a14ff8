"""How often the signals drawn from answers err: counted by `tests.benchmarks.signals`, which a test holds them to.

Each item is answered with normal noise of its own around a true mean (of 1 to 5), rounded; both sides for half a year.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ErrorRates:
    """Shares of duos, by the noise of an item in steps of the scale.

    `false_alarm`: healthy ones (4.0 on every item) that raise a signal within half a year; `found`: real drops of one
    side to 2.4, after four check-ins, that are noticed within two; `at_first`: such drops after only one check-in;
    `doubtful`: those at 3.6 that raise a signal within half a year.
    """

    noise: float
    false_alarm: float
    found: float
    at_first: float
    doubtful: float


ERROR_RATES = (
    ErrorRates(noise=0.6, false_alarm=0.003, found=0.997, at_first=0.988, doubtful=0.08),
    ErrorRates(noise=0.8, false_alarm=0.043, found=0.984, at_first=0.964, doubtful=0.27),
    ErrorRates(noise=1.0, false_alarm=0.167, found=0.957, at_first=0.936, doubtful=0.52),
)
"""Before the rules of today 32, 64 and 89 % of healthy duos raised one."""
