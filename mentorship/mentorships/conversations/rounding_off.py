"""Cards for a pair that is about to end. Pure."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.mentorships.conversations.cards import Card, Phase

ROUNDING_OFF = Phase(
    4,
    N_("Rounding off"),
    N_("Your time as a pair comes to its end. What do you take along, and what comes after it?"),
    (
        Card(
            N_("What is there now"),
            (
                N_("What do you do now without thinking that you could not do at the start?"),
                N_("Which moment was the turning point?"),
                N_("What did the mentor learn?"),
            ),
            N_("Write down three sentences together. They can go into your last words."),
        ),
        Card(
            N_("What stayed open"),
            (
                N_("Which goal was not reached, and does that matter?"),
                N_("What would you have begun with, looking back?"),
                N_("Where can what is left be learned: on the job, from somebody else, in a course?"),
            ),
            N_("No blame. Things that stay open are the beginning of what comes next."),
        ),
        Card(
            N_("What comes next"),
            (
                N_("What would you like to be good at next?"),
                N_("Whom do you tell that?"),
                N_("Which small step can be taken within a month?"),
            ),
            N_("Sideways is as good as up, and staying where you are is good too."),
        ),
        Card(
            N_("Passing it on"),
            (
                N_("What can the junior explain to somebody else by now?"),
                N_("What would you both do otherwise with the next newcomer?"),
                N_("What should be written down before it is forgotten?"),
            ),
            N_("One of you writes down the best tip, and says where others find it."),
        ),
        Card(
            N_("How we go on"),
            (
                N_("May the junior still call, and when?"),
                N_("When do you see each other again, just for coffee?"),
                N_("What do you want to thank the other for?"),
            ),
            N_("Begin with the last question. Look at each other while you say it."),
        ),
    ),
)
