"""What is written to somebody who is asked to change something of their own: a text to begin from, in both languages.

It tells nothing of anybody else: no names, no requests; only whether somebody would be without a mentor by it.
"""

from __future__ import annotations

from datetime import date

from mentorship.base.i18n import N_, day, gettext, ngettext, use_locale
from mentorship.reminders.texts.rules import Both, Words

FEWER, PAUSE, AWAY = "fewer", "pause", "away"
SUBJECTS = {
    FEWER: N_("The places you offer as a mentor"),
    PAUSE: N_("A pause as a mentor?"),
    AWAY: N_("Days on which you are not there?"),
}
YOURSELF = N_(
    "You change it yourself under “My profile”, and only if it suits you. Shall we talk it over first? Tell me."
)


def to_change(about: str, places: int, days: tuple[date, date] | None, *, nobody_lost: bool) -> Both:
    """Return what is written about fewer places, a pause, or days away."""
    written = []
    for language in ("nl", "en"):
        with use_locale(language):
            parts = [
                _asked(about, places, days),
                _reason(about, nobody_lost),
                gettext(YOURSELF),
            ]
            body = "\n\n".join(filter(None, parts))
            written.append(Words(gettext(SUBJECTS[about]), body))
    dutch, english = written
    return Both(dutch, english)


def _asked(about: str, places: int, days: tuple[date, date] | None) -> str:
    if about == FEWER:
        return ngettext(
            "Would fewer places as a mentor suit you, for now? I thought of %(num)s. Whoever you mentor now stays.",
            "Would fewer places as a mentor suit you, for now? I thought of %(num)s. Whoever you mentor now stays.",
            places,
        )
    if about == PAUSE:
        return gettext("Would a pause as a mentor suit you now? Whoever you mentor now stays; nobody new comes.")
    assert days is not None
    first, last = days
    return gettext(
        "Are you not there from %(first)s until %(last)s? Then note it, so that nothing is asked of you in those days."
        " You need not say why.",
        first=day(first),
        last=day(last),
    )


def _reason(about: str, nobody_lost: bool) -> str:
    if about == AWAY or not nobody_lost:
        return ""
    return gettext("As far as can be seen today nobody is without a mentor by it.")
