"""Cards for a pair that is under way. Pure."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.mentorships.conversations.cards import Card, Phase

UNDER_WAY = Phase(
    2,
    N_("Under way"),
    N_("You know each other and the work goes on. Is there still something being learned?"),
    (
        Card(
            N_("Last week's best moment"),
            (
                N_("When did you think: now I get it?"),
                N_("What had the other just done, or left undone?"),
                N_("How do you get one more of those next week?"),
            ),
            N_("Both choose one moment, without thinking long. It may be small."),
        ),
        Card(
            N_("Too much, too little"),
            (
                N_("What do you do now that taught you something once and does not any more?"),
                N_("What are you not allowed to do yet that you think you can?"),
                N_("What comes too soon, to be honest?"),
            ),
            N_("The junior answers first; the mentor says afterwards what they would answer for them."),
        ),
        Card(
            N_("Feedback that helps"),
            (
                N_("Which remark of the other helped you, and why that one?"),
                N_("Which one did you carry home with you?"),
                N_("What would you like to hear more often?"),
            ),
            N_("Say back what you heard before you answer. No defending, only asking on."),
        ),
        Card(
            N_("Time for it"),
            (
                N_("What came in between the last three times?"),
                N_("Which work could somebody else do, so that you two have the time?"),
                N_("What do you ask of your manager, and who asks it?"),
            ),
            N_("End with one request and a name beside it. That is worth more than a good intention."),
        ),
        Card(
            N_("Somebody else's trick"),
            (
                N_("Who does this job in another way, and what is good about it?"),
                N_("With whom could the junior walk along for a shift?"),
                N_("What would you two like to ask that person?"),
            ),
            N_("Call or ask that person this week. A mentor does not have to be able to do everything."),
        ),
    ),
)
