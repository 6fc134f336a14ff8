"""The sector mirror in words: what was found, how figures stand, and where those of the sector come from."""

from __future__ import annotations

from collections.abc import Sequence

from mentorship.base.i18n import N_, day, gettext, integer, ngettext
from mentorship.insight.mirror.rows import Row
from mentorship.insight.mirror.rules import ABOVE, BELOW, NEAR
from mentorship.insight.mirror.sector import COMPANIES, NOT_STATED, TECHNICIANS, Fact
from mentorship.profiles.words import FORM_NAMES
from mentorship.pulse.models import PulseWave
from mentorship.pulse.questions import BETTER_HIGH
from mentorship.pulse.words import statement

BASE_NAMES = {
    TECHNICIANS: N_("technicians (412)"),
    COMPANIES: N_("technical companies (837)"),
    NOT_STATED: N_("of whom is not stated"),
}
NOT_THE_SAME = N_(
    "The sector was asked other questions than you were: they are about the same, in other words and on another scale. "
    "Look at a figure beside yours as a reason to talk, not as a mark."
)
WHEN_JUDGED = N_(
    "“Higher” or “lower” is said only where it is known of how many people the figure of the sector is, and chance "
    "cannot explain the difference: the 95 percent intervals do not touch. The band behind the diamond is yours."
)
WHAT_COUNTS = N_("Yours: who answered “mostly” or “completely”, rounded to 5 percent.")
HOW_TO_READ = (NOT_THE_SAME, WHEN_JUDGED, WHAT_COUNTS)
NOT_STATED_HERE = N_("Figures in percent; of whom they are is stated only where it stands below them.")
AGE_APART = N_(
    "Leermaat does not know how old anybody is and does not ask. So there is no figure of yours beside these."
)


def way(form: str) -> str:
    """Return a way of learning in words."""
    return gettext(FORM_NAMES[form])


def title(row: Row) -> str:
    """Return what a row is about, in words."""
    return way(row.question) if row.question in FORM_NAMES else statement(row.question)


def base(fact: Fact) -> str:
    """Say of whom a figure of the sector is."""
    return gettext(BASE_NAMES[fact.base])


def told(row: Row) -> str:
    """Say both figures of a row, for who does not see the picture."""
    ours = row.ours.percent if row.ours else 0
    if row.sector is None:
        return gettext("you %(ours)s percent", ours=ours)
    return gettext("you %(ours)s percent, sector %(theirs)s percent", ours=ours, theirs=row.sector.percent)


def ways_told(rows: Sequence[Row]) -> str:
    """Say how people like to learn, for who does not see the picture."""
    found = [f"{title(row)}: {told(row)}" for row in rows]
    return "; ".join(found)


def tag(row: Row) -> str:
    """Say how ours stands to the sector, in a word or two."""
    if row.stands in (ABOVE, BELOW):
        number = integer(abs(row.apart))
        if row.stands == ABOVE:
            return gettext("%(number)s higher", number=number)
        return gettext("%(number)s lower", number=number)
    if row.stands == NEAR:
        return gettext("no clear difference")
    return gettext("not compared")


def tone(row: Row) -> tuple[str, str]:
    """Return the colour and the mark of a row: the colour says better or worse, the mark higher or lower."""
    if row.stands not in (ABOVE, BELOW):
        return "", ""
    glyph = "arrow-up" if row.stands == ABOVE else "arrow-down"
    return ("bad" if row.worse else "ok"), glyph


def heading(rows: Sequence[Row], wave: PulseWave | None) -> str:
    """Say what was found: where the organisation falls behind, does better, else what is named most."""
    if wave is None:
        return gettext("There are no answers of your own yet")
    worse = [row for row in rows if row.worse]
    if worse:
        return gettext("You fall behind the sector: “%(what)s”", what=_bare(worse[0]))
    better = [row for row in rows if row.better]
    if better:
        return gettext("You do better than the sector: “%(what)s” is said less", what=_bare(better[0]))
    most = _named_most(rows)
    if most is None:
        return gettext("Too few people answered to tell anything")
    return gettext("Named most with you: “%(what)s”", what=_bare(most))


def _bare(row: Row) -> str:
    return statement(row.question).rstrip(".")


def _named_most(rows: Sequence[Row]) -> Row | None:
    """Return the statement that is no good news and that most say yes to."""
    named = [row for row in rows if row.ours is not None and row.question not in BETTER_HIGH]
    return max(named, key=lambda row: row.ours.share if row.ours else 0.0, default=None)


def brief(wave: PulseWave | None) -> str:
    """Say of how many people this is, and of when."""
    if wave is None:
        return gettext("The figures of the sector are here; yours come with the first pulse.")
    return ngettext(
        "%(num)s of %(asked)s colleagues took part, until %(day)s. Figures are percentages.",
        "%(num)s of %(asked)s colleagues took part, until %(day)s. Figures are percentages.",
        wave.answered,
        asked=integer(wave.invited),
        day=day(wave.closes_on),
    )


def behind_title(number: int) -> str:
    """Say how much of it falls behind."""
    return ngettext(
        "Here you fall behind the sector: %(num)s figure",
        "Here you fall behind the sector: %(num)s figures",
        number,
    )


def better_title(number: int) -> str:
    """Say how much of it is better."""
    return ngettext(
        "Here you do better than the sector: %(num)s figure",
        "Here you do better than the sector: %(num)s figures",
        number,
    )


def ways_title(rows: Sequence[Row]) -> str:
    """Say what stands out in how people like to learn."""
    for row in rows:
        if row.stands == ABOVE:
            return gettext("With you more people like to learn %(way)s", way=title(row))
    for row in rows:
        if row.stands == BELOW:
            return gettext("With you fewer people like to learn %(way)s", way=title(row))
    return gettext("Liked best with you: %(way)s", way=title(rows[0]))


def source() -> str:
    """Say where the figures of the sector come from, and of how many they are."""
    return gettext(
        "Sector: ROVC TechBarometer 2026, edition 3; survey by Markteffect, September 2025, n = 1,249 (412 "
        "technicians, 837 technical companies)."
    )


def no_sample(wave: PulseWave) -> str:
    """Say what the answers of the organisation are, and are not."""
    return ngettext(
        "The %(num)s of you who took part is whoever wanted to, and no sample.",
        "The %(num)s of you who took part are whoever wanted to, and no sample.",
        wave.answered,
    )
