"""How often the signals drawn from answers err: counted by `tests.benchmarks.signals`, which a test holds them to.

Each item is answered with normal noise of its own around a true mean (of 1 to 5), rounded; both sides for half a year.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ErrorRates:
    """Shares of duos, by the noise of an item in steps of the scale.

    `false_alarm`: healthy ones (4.0 on every item) that raise a signal within half a year; `found`: real drops of one
    side to 2.4 that are noticed within two check-ins; `doubtful`: those at 3.6 that raise a signal within half a year.
    """

    noise: float
    false_alarm: float
    found: float
    doubtful: float


ERROR_RATES = (
    ErrorRates(noise=0.6, false_alarm=0.003, found=0.997, doubtful=0.08),
    ErrorRates(noise=0.8, false_alarm=0.043, found=0.984, doubtful=0.27),
    ErrorRates(noise=1.0, false_alarm=0.167, found=0.957, doubtful=0.52),
)
"""Before the rules of today 32, 64 and 89 % of healthy duos raised one."""
