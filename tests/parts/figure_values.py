"""What the pages of the gallery show of the small figures: each in every state."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mentorship.base.figures.days import days
from mentorship.base.figures.field import Group, field
from mentorship.base.figures.funnel import funnel
from mentorship.base.figures.histogram import Bin, histogram
from mentorship.base.figures.hours import hour_bar
from mentorship.base.figures.ladder import ladder, places_on
from mentorship.base.figures.line import line, spark
from mentorship.base.figures.pips import levels, places
from mentorship.base.figures.score import score
from mentorship.base.figures.segments import Portion, segments
from mentorship.base.figures.weeks import HourWeek, Week, week_bars, week_strip
from mentorship.base.i18n import gettext, integer
from mentorship.checkins.words import CLASS_MEANING, CLASSES
from mentorship.matching import DEFAULT_WEIGHTS
from mentorship.profiles.words import LEVELS

TODAY = date(2026, 11, 30)
CRITERIA = {
    "domain": "Vakgebied",
    "together": "Samen aan het werk",
    "preference": "Manier van leren",
    "continuity": "Behoud van kennis",
    "wish": "Wens",
}


def all_classes() -> dict[str, Any]:
    """Each class with its word."""
    return {"classes": {kind: gettext(word) for kind, word in CLASSES.items()}}


def all_pips() -> dict[str, Any]:
    """Places in every state, and every level."""
    found = [
        places(0, 0),
        places(0, 1),
        places(1, 1),
        places(2, 3, proposed=1),
        places(1, 1, idle=1),
        places(2, 1),
        places(3, 2),
        places(1, 1, proposed=1),
        places(1, 3, proposed=1, idle=2),
        places(9, 12),
    ]
    return {
        "places": found,
        "levels": [(levels(have), gettext(LEVELS[have])) for have in range(6)],
        "goals": [(levels(have, 4), gettext(LEVELS[have])) for have in range(4)],
    }


def all_hours() -> dict[str, Any]:
    """Hours within, over and well over what is confirmed, with and without a promise."""
    found = [
        hour_bar(Decimal(0), Decimal(2)),
        hour_bar(Decimal("2.2"), Decimal(4), Decimal(6)),
        hour_bar(Decimal(4), Decimal(4), Decimal(4)),
        hour_bar(Decimal("4.3"), Decimal(4)),
        hour_bar(Decimal("2.6"), Decimal(2), Decimal(4)),
        hour_bar(Decimal("4.9"), Decimal(2)),
        hour_bar(Decimal(1), Decimal(0)),
        hour_bar(Decimal(1), Decimal(1), Decimal(10)),
        hour_bar(Decimal(14), Decimal(6)),
    ]
    return {"bars": found}


def all_weeks() -> dict[str, Any]:
    """Eight weeks of a duo, and the bars for the two themselves."""
    states = ("yes", "yes", "less", "no", "less", "free", "yes", "wait")
    weeks = [Week(41 + place, state) for place, state in enumerate(states)]
    hours = [
        HourWeek("5/10", Decimal(4), Decimal(4)),
        HourWeek("12/10", None, Decimal(0), "laat"),
        HourWeek("19/10", Decimal("3.5"), Decimal(4)),
        HourWeek("26/10", Decimal(0), Decimal(4)),
        HourWeek("2/11", Decimal(6), Decimal(4)),
        HourWeek("9/11", Decimal(1), Decimal(0), "laat"),
        HourWeek("16/11", Decimal("4.5"), Decimal(4)),
        HourWeek("23/11", None, Decimal(4)),
    ]
    return {"strip": week_strip(weeks), "bars": week_bars(hours)}


def all_scores() -> dict[str, Any]:
    """A high score, one without some of the parts, one on the floor, nothing at all, and one without continuity."""
    wholes = [
        {"domain": 1.0, "together": 1.0, "preference": 1.0, "continuity": 1.0, "wish": 1.0},
        {"domain": 0.8, "together": 0.72, "preference": 0.8, "continuity": 0.6, "wish": 1.0},
        {"domain": 0.8, "together": 0.72, "preference": 0.8, "continuity": 0.6, "wish": 0.0},
        {"domain": 0.3, "together": 0.3, "preference": 0.3, "continuity": 0.9, "wish": 0.3},
        {"domain": 0.0, "together": 0.0, "preference": 0.0, "continuity": 0.0, "wish": 0.0},
        {"domain": 0.8, "together": 0.72, "preference": 0.8, "wish": 0.0},
    ]
    return {
        "scores": [score(parts, DEFAULT_WEIGHTS, CRITERIA, 0.3) for parts in wholes],
        "names": CRITERIA,
        "sentences": dict.fromkeys(CRITERIA, "Waarom dit onderdeel zoveel bijdraagt."),
    }


def all_segments() -> dict[str, Any]:
    """A round with its reasons, its answers, and one that left nothing."""
    reasons = [
        Portion("hebben een mentor", 23, "yes"),
        Portion("wie het kan, heeft geen plek", 4, "reason", "#main", "één plek erbij helpt"),
        Portion("te weinig diensten samen", 3, "reason", "#main"),
        Portion("niemand op deze vestiging kan het", 2, "reason", "#main"),
        Portion("geen gedeelde taal", 1, "reason"),
    ]
    answers = [
        Portion("begonnen", 34, "ok"),
        Portion("wachten", 15, "open"),
        Portion("wachten, verlopen deze week", 6, "soon"),
        Portion("geweigerd", 8, "no"),
        Portion("ingetrokken", 0, "no"),
    ]
    return {"found": [segments(reasons), segments(answers), segments([Portion("vragen", 0, "yes")])]}


def all_histograms() -> dict[str, Any]:
    """Bars that lead somewhere, with a limit, and none at all."""
    spent = [
        Bin("geen junior", 37, "#main", "low"),
        Bin("tot 25 %", 14, "#main"),
        Bin("25–50 %", 19, "#main", chosen=True),
        Bin("50–75 %", 27, "#main"),
        Bin("75–100 %", 39, "#main"),
        Bin("100–125 %", 8, "#main", "over"),
        Bin("meer dan 125 %", 5, "#main", "wide"),
    ]
    fits = [
        Bin("20–30 %", 0),
        Bin("30–40 %", 5, "#main", "over", limit="ondergrens"),
        Bin("40–50 %", 1_206, "#main"),
        Bin("50–60 %", 6, "#main"),
    ]
    head = ("Uren", "Mentoren")
    return {
        "spent": histogram(spent, head),
        "fits": histogram(fits, head),
        "nothing": histogram([Bin("niemand", 0)], head),
    }


def all_funnels() -> dict[str, Any]:
    """One that ends with somebody, one that stops, and one that stops at once."""
    words = (
        "kunnen het",
        "staan niet in zijn lijn",
        "niets in de weg",
        "delen een taal",
        "zelfde vestiging",
        "genoeg samen",
        "hebben een plek",
        "halen de ondergrens",
    )
    counts = [
        (24, 23, 23, 22, 12, 9, 5, 3),
        (9, 9, 8, 8, 4, 2, 0, 0),
        (0, 0, 0, 0, 0, 0, 0, 0),
    ]
    return {"funnels": [funnel(149, list(zip(words, left, strict=True))) for left in counts]}


def all_lines() -> dict[str, Any]:
    """A line over four check-ins, two close together, one alone; small lines up, level and down."""
    first = date(2026, 9, 14)
    four = [
        (first, 0.45),
        (first + timedelta(days=19), 0.6),
        (first + timedelta(days=40), 0.72),
        (first + timedelta(days=61), 0.88),
    ]
    near = [(first, 0.2), (first + timedelta(days=2), 0.5), (first + timedelta(days=60), 1.0)]
    weeks = (98.0, 100.0, 99.0, 103.0, 104.0, 107.0, 106.0, 110.0, 112.0, 113.0, 116.0, 125.0)

    def written(value: float) -> str:
        return integer(int(value))

    return {
        "lines": [line(four), line(near), line(four[:1])],
        "sparks": [spark(weeks, written), spark(weeks[::-1], written), spark([3, 3, 3], written), spark([1], written)],
    }


def all_fields() -> dict[str, Any]:
    """The duos one by one, ten to a mark, and nobody yet."""
    few = {"in_balance": 71, "on_reserve": 19, "stuck": 11, "talk_now": 6, "unknown": 18}
    many = {kind: 70 * count for kind, count in few.items()}
    return {
        "each": field(_groups(few, 3)),
        "tens": field(_groups(many, 9)),
        "nobody": field(_groups(dict.fromkeys(few, 0), 0)),
    }


def _groups(counts: dict[str, int], changed: int) -> dict[str, Group]:
    groups = {}
    for kind, count in counts.items():
        groups[kind] = Group(
            word=gettext(CLASSES[kind]),
            meaning=gettext(CLASS_MEANING[kind]),
            count=count,
            changed=changed,
            href="#main",
        )
    return groups


def all_days() -> dict[str, Any]:
    """Four weeks with every kind of day."""
    cycle = ("early", "early", "school", "early", "day", "free", "free", "late", "late", "night", "night", "away")
    kinds = {TODAY + timedelta(days=place): cycle[place % len(cycle)] for place in range(28)}
    together = [TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=9)]
    return {
        "busy": days(kinds, together, TODAY),
        "empty": days({}, [], TODAY + timedelta(days=3)),
    }


def all_ladders() -> dict[str, Any]:
    """For who is at the bottom, in the middle and on top."""
    words = [gettext(word).capitalize() for word in LEVELS]
    examples = ["", "Ik stond erbij.", "Iemand kijkt mee.", "Ik doe het alleen.", "Ik leer het een ander.", ""]
    return {
        "ladders": [ladder(words, examples, here) for here in (0, 1, 5)],
        "places": places_on(words, examples, 1),
    }


VALUES = {
    "class-mark": all_classes,
    "pips": all_pips,
    "hours": all_hours,
    "weeks": all_weeks,
    "score": all_scores,
    "segments": all_segments,
    "histogram": all_histograms,
    "funnel": all_funnels,
    "line": all_lines,
    "field": all_fields,
    "days": all_days,
    "ladder": all_ladders,
}
