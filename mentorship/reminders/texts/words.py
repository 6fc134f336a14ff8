"""Texts that come with the service, to begin with; and what the page of texts says."""

from __future__ import annotations

from dataclasses import dataclass

from mentorship.base.i18n import N_, gettext, use_locale
from mentorship.reminders.texts.rules import Both, Words


@dataclass(frozen=True)
class Given:
    """A text that comes with the service: its name, subject and words, all untranslated."""

    name: str
    subject: str
    body: str

    @property
    def both(self) -> Both:
        """What it says in both languages."""
        with use_locale("nl"):
            dutch = Words(gettext(self.subject), gettext(self.body))
        return Both(
            dutch,
            Words(self.subject, self.body),
        )


GIVEN = (
    Given(
        N_("A proposal waits"),
        N_("A proposal waits for your answer"),
        N_(
            "A proposal waits for you in Leermaat. Have a look, and say yes or no; you do not have to give a reason."
            "\n\n"
            "If you do not answer, it lapses by itself. Do you want to talk it over first? Ask me."
        ),
    ),
    Given(
        N_("A next moment together"),
        N_("Do you have your next moment together?"),
        N_(
            "Busy weeks push learning together aside. Choose your next moment now, and put it in the calendar.\n\n"
            "Is there no room in the schedule? Tell me, and we look for it together."
        ),
    ),
    Given(
        N_("Do you want to grow in a domain?"),
        N_("Is this something you would like to learn?"),
        N_(
            "You know some of a craft that too few of us master. Would you like to get further in it, with a mentor "
            "beside you, during work?\n\n"
            "Then ask for a mentor in Leermaat, or come and see me. Do you not want to? That is fine as well, and you "
            "need not say why."
        ),
    ),
)
