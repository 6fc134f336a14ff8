"""Cards for a pair of which the junior comes to work alone. Pure."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.mentorships.conversations.cards import Card, Phase

TOWARDS_ALONE = Phase(
    3,
    N_("Towards working alone"),
    N_("Half of the way is behind you. What has to be there before the mentor can stay away?"),
    (
        Card(
            N_("What can be let go"),
            (
                N_("At which job could the mentor have stayed away last week?"),
                N_("What does the mentor still look at, and what would they see if they did not?"),
                N_("Which job does the junior do alone from now on?"),
            ),
            N_("Choose one job, say from which day, and agree on who looks at the result."),
        ),
        Card(
            N_("What if it goes wrong"),
            (
                N_("What is the worst that can happen at this job when you are alone?"),
                N_("What is the first thing that you do then, and the second?"),
                N_("When do you call, also when you think that you can manage?"),
            ),
            N_("The junior tells it as if it happens now. The mentor only asks: and then?"),
        ),
        Card(
            N_("Why we do it like this"),
            (
                N_("Which rule of ours do you follow without knowing what it is for?"),
                N_("When would you do it otherwise than you learned it?"),
                N_("What would you change here, if it were up to you?"),
            ),
            N_("Let the junior think out loud. A good reason to do it otherwise is a sign that it has been learned."),
        ),
        Card(
            N_("Explain it to me"),
            (
                N_("Which job can the junior explain from beginning to end?"),
                N_("Where does the explanation falter, and what is missing there?"),
                N_("Who else could the junior explain it to?"),
            ),
            N_("The mentor plays somebody who is new and asks what a newcomer would ask."),
        ),
        Card(
            N_("Help without a mentor"),
            (
                N_("Whom do you call for what, when the mentor is not there?"),
                N_("Where do you find it in the papers, and is that right?"),
                N_("Which question would you still keep for the mentor?"),
            ),
            N_("Make a list of three names and three places to look. Test one this week."),
        ),
    ),
)
