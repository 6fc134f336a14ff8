"""What the signals drawn from answers promise of themselves, held by a small form of the simulation."""

from __future__ import annotations

import pytest

from mentorship.checkins.error_rates import ERROR_RATES, ErrorRates
from tests.benchmarks.signals import BARS, DROPPED, FOUND, HEALTHY, MIDDLING, NOISES, NOW, THEN, alarms, found

DUOS = 1000
NEAR = 0.03
"""How far a share of a thousand may be from that of many more."""


@pytest.mark.parametrize("rates", ERROR_RATES, ids=lambda rates: str(rates.noise))
def test_signals_err_as_seldom_as_is_said(rates: ErrorRates):
    false_alarm = alarms(NOW, HEALTHY, rates.noise, DUOS)
    noticed = found(NOW, rates.noise, DUOS)
    assert false_alarm <= dict(zip(NOISES, BARS, strict=True))[rates.noise]
    assert noticed >= FOUND
    assert false_alarm == pytest.approx(rates.false_alarm, abs=NEAR)
    assert noticed == pytest.approx(rates.found, abs=NEAR)
    assert found(NOW, rates.noise, DUOS, after=1) == pytest.approx(rates.at_first, abs=NEAR)
    assert alarms(NOW, MIDDLING, rates.noise, DUOS) == pytest.approx(rates.doubtful, abs=2 * NEAR)


def test_the_rules_of_before_would_not_pass():
    for noise, bar in zip(NOISES, BARS, strict=True):
        assert alarms(THEN, HEALTHY, noise, 200) > 2 * bar


def test_where_nothing_varies_nothing_errs():
    assert (alarms(NOW, HEALTHY, 0.0, 2), found(NOW, 0.0, 2)) == (0, 1)
    assert alarms(NOW, DROPPED, 0.0, 2) == 1
