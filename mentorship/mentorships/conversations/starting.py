"""Cards for the first weeks of a pair. Pure."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.mentorships.conversations.cards import Card, Phase

STARTING = Phase(
    1,
    N_("The start"),
    N_("You hardly know each other yet. What does the other need to know of you?"),
    (
        Card(
            N_("How you got here"),
            (
                N_("What was the first job that you were proud of?"),
                N_("Who did you learn the most from, and what did they do?"),
                N_("What do you hope to be able to do in a year?"),
            ),
            N_("The mentor tells first. Five minutes each, then change."),
        ),
        Card(
            N_("What I can already"),
            (
                N_("What can you do that nobody here knows of?"),
                N_("What looks easy to others and is not easy for you?"),
                N_("Where are you up to date and is the other not: a tool, an app, a new system?"),
            ),
            N_("Both answer all three. The last one often goes the other way round than you think."),
        ),
        Card(
            N_("How I learn"),
            (
                N_("Do you want to see it first, read it first, or try it straight away?"),
                N_("How does somebody notice that it goes too fast for you?"),
                N_("What should the other rather not do while you are busy?"),
            ),
            N_("The junior answers, the mentor writes down one thing to do differently this week."),
        ),
        Card(
            N_("What is dangerous here"),
            (
                N_("Which three things go wrong most here, and what is the first sign of each?"),
                N_("At which word does everything stop, whoever says it?"),
                N_("What do you never do alone yet?"),
            ),
            N_("Walk past the places while you talk. Point, do not explain from a chair."),
        ),
        Card(
            N_("A mistake, and then?"),
            (
                N_("What was your own worst mistake, and how did it end?"),
                N_("Whom do you tell first when something goes wrong, and how soon?"),
                N_("What does the other do then, and what do they certainly not do?"),
            ),
            N_("The mentor begins, with one that was really theirs. Then it becomes easy to be honest."),
        ),
    ),
)
