"""Places, hours, pauses, rankings and shapes of rosters, without a database."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import use_locale
from mentorship.matching import FORMS
from mentorship.profiles import rules
from mentorship.profiles.coverage import risk
from mentorship.profiles.forms import PlacesForm, TimeForm
from mentorship.profiles.models import HORIZONS
from mentorship.profiles.rosters.ready_made import SHAPES

TODAY = date(2026, 11, 23)
HUNDREDTHS = st.integers(0, 4000).map(lambda n: Decimal(n) / 100)


@pytest.mark.parametrize(
    ("places", "hours", "confirmed", "confirm", "pair", "counts"),
    [
        (2, "4", "4", True, "2", 2),
        (2, "4", "3.99", True, "2", 1),
        (2, "4", None, True, "2", 0),
        (2, "4", None, False, "2", 2),
        (1, "40", "40", True, "2", 1),
        (9, "0.3", "0.3", True, "0.1", 3),  # as floats 0.3 // 0.1 is 2
        (9, "2.5", "2.5", True, "2.5", 1),
        (3, "0", None, True, "2", 0),
    ],
)
def test_places_that_count(places, hours, confirmed, confirm, pair, counts):
    found = rules.usable_places(
        places, Decimal(hours), Decimal(confirmed) if confirmed else None, confirm=confirm, hours_per_pair=Decimal(pair)
    )
    assert found == counts


@given(st.integers(0, 20), HUNDREDTHS, HUNDREDTHS.filter(bool))
def test_every_place_that_counts_has_its_hours(places, hours, pair):
    found = rules.usable_places(places, hours, hours, confirm=True, hours_per_pair=pair)
    assert 0 <= found <= places and found * pair <= hours
    assert found == places or (found + 1) * pair > hours, "no place too few"


@pytest.mark.parametrize(("usable", "occupied", "free"), [(3, 1, 2), (1, 1, 0), (1, 3, 0)])
def test_free_places_are_never_negative(usable, occupied, free):
    assert rules.free_places(usable, occupied) == free


@given(st.none() | HUNDREDTHS, st.lists(HUNDREDTHS, min_size=1))
def test_promises_never_raise_what_a_manager_confirmed(confirmed, promises):
    now = confirmed
    for hours in promises:
        now = rules.confirmed_after(hours, now)
    assert now == (None if confirmed is None else min([confirmed, *promises]))


def test_a_manager_confirms_at_most_what_is_promised():
    rules.check_confirmation(Decimal("2.5"), Decimal("2.5"))
    with pytest.raises(Refused):
        rules.check_confirmation(Decimal("2.51"), Decimal("2.5"))


def test_a_pause_lasts_up_to_and_including_its_day():
    assert rules.is_paused(True, None, TODAY)
    assert [rules.is_paused(True, TODAY, TODAY + timedelta(days=n)) for n in (-1, 0, 1)] == [True, True, False]
    assert not rules.is_paused(False, None, TODAY)
    rules.check_pause(TODAY, TODAY)
    with pytest.raises(Refused):
        rules.check_pause(TODAY - timedelta(days=1), TODAY)


@pytest.mark.parametrize("wrong", [FORMS[:4], (*FORMS[:4], FORMS[0]), (*FORMS, FORMS[0]), ()])
def test_a_ranking_gives_every_form_one_place(wrong):
    rules.check_ranking(FORMS[::-1], FORMS)
    with pytest.raises(Refused):
        rules.check_ranking(wrong, FORMS)


@pytest.mark.parametrize(
    ("typed", "hours"), [("2,5", "2.5"), (" 2.50 ", "2.50"), ("0", "0"), ("40", "40"), ("0,25", "0.25")]
)
def test_hours_as_people_type_them(typed, hours):
    assert PlacesForm.read({"places": "1", "hours": typed}).hours == Decimal(hours)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("twee", "Fill in a number."),
        ("", "Fill in a number."),
        ("1.000,5", "Fill in a number."),
        ("-1", "At least 0."),
        ("40,01", "At most 40."),
        ("2,555", "At most two decimals."),
        ("nan", "This value cannot be used."),
        ("1e50", "At most 40."),
    ],
)
def test_hours_that_cannot_be(typed, sentence):
    with use_locale("en"), pytest.raises(Invalid) as failure:
        PlacesForm.read({"places": "1", "hours": typed})
    assert failure.value.errors == {"hours": sentence}


def test_a_school_day_is_a_day_out_of_the_roster():
    form = TimeForm.read({"roster_id": "", "off": ["0", "2"], "school": ["2", "3"]})
    assert form.days_off() == {0: False, 2: True, 3: True}


@pytest.mark.parametrize(
    ("shape", "days", "shifts", "hours"),
    [
        ("day", 7, 5, 5 * 8.75),
        ("four_days", 7, 4, 4 * 9.5),
        ("two_shifts", 14, 10, 80),
        ("three_shifts", 21, 15, 120),
        ("five_shifts", 10, 6, 48),
        ("twelve_hours", 8, 4, 48),
    ],
)
def test_shapes(shape, days, shifts, hours):
    made = SHAPES[shape]
    worked = [made.times[code] for code in made.cycle if code is not None]
    assert (len(made.cycle), len(worked)) == (days, shifts)
    assert sum(end - begin for begin, end in worked) / 60 == hours
    placed = [(day * 1440 + made.times[c][0], day * 1440 + made.times[c][1]) for day, c in enumerate(made.cycle) if c]
    later = [*placed[1:], (placed[0][0] + days * 1440, 0)]
    assert all(after[0] - before[1] >= 8 * 60 for before, after in zip(placed, later, strict=True)), "rest in between"


@pytest.mark.parametrize(
    ("critical", "horizons", "position", "attrition"),
    [
        (False, ["over_5"] * 4, 1, 1),
        (False, ["over_5"] * 3, 2, 1),
        (False, ["under_1"], 3, 5),
        (True, ["1_to_3"] * 4, 3, 4),
        (True, ["3_to_5", "3_to_5"], 4, 3),
        (True, ["under_1"], 5, 5),
        (True, ["unknown"] * 9, 3, 3),
        (False, [], 3, 5),
    ],
)
def test_risk_is_what_hangs_on_a_domain_times_how_soon_it_leaves(critical, horizons, position, attrition):
    found = risk(critical, horizons)
    assert (found.position, found.attrition, found.figure) == (position, attrition, position * attrition)
    assert found.urgency == found.figure / 25


@given(st.booleans(), st.lists(st.sampled_from(HORIZONS), max_size=12), st.randoms())
def test_risk_stays_within_its_bounds_and_no_order_counts(critical, horizons, random):
    found = risk(critical, horizons)
    assert 1 <= found.position <= 5 and 1 <= found.attrition <= 5 and 1 <= found.figure <= 25
    random.shuffle(horizons)
    assert risk(critical, horizons) == found
    assert risk(True, horizons).figure >= risk(False, horizons).figure


@given(st.lists(st.sampled_from(HORIZONS), min_size=4, max_size=12))
def test_who_says_nothing_moves_the_attrition_nowhere(horizons):
    said = [one for one in horizons if one != "unknown"]
    found = risk(False, horizons)
    assert found.unknown == len(horizons) - len(said)
    if said:
        assert found.attrition == risk(False, said).attrition
    sooner = ["under_1" if one != "unknown" else one for one in horizons]
    assert risk(False, sooner).attrition >= found.attrition
