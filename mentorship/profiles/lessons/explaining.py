"""Five cards for mentors on explaining while doing. Pure."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.profiles.lessons.cards import Card, Lesson

EXPLAINING = Lesson(
    1,
    N_("Explaining while doing"),
    N_("Your hands know it. How do you get it into somebody else's?"),
    (
        Card(
            N_("Say first what it is for"),
            (
                N_(
                    "Before you begin, say in two sentences what has to be there at the end and why it matters. "
                    "Somebody who knows what it is for remembers the steps, and notices it when one is left out."
                ),
                N_(
                    "Point at what you mean. Walk past the installation, follow the pipe or the cable with your hand, "
                    "and show where it comes from and where it goes. Drawings come after that."
                ),
                N_(
                    "Say what goes wrong when it is not done well: a leak, a motor that trips, a colleague who gets "
                    "hurt. You say that once, at the beginning, so that you need not warn at every bolt."
                ),
            ),
            N_(
                "You are going to replace an expansion vessel. “When the water warms up it needs room. Without a good "
                "vessel the safety valve drips at night and the boiler is out in the morning. So first we look at the "
                "pressure, cold, and write it down.” That is ten seconds, and every step after it makes sense."
            ),
            N_(
                "Choose one job this week and begin it with “this is what has to be there at the end, and this is "
                "why”. Nothing more. Look at what your junior asks after that."
            ),
        ),
        Card(
            N_("Show it three times, each time differently"),
            (
                N_(
                    "The first time you do it as you always do, at your own speed, without talking much. That way "
                    "your junior sees how the whole goes."
                ),
                N_(
                    "The second time you do it slowly and say each step out loud. Stop at the one place where it is "
                    "easy to go wrong, and let them look and feel there."
                ),
                N_(
                    "The third time you do it and your junior says what you must do next. If they do not know, you "
                    "wait. Only after that do they do it themselves, while you stand beside them."
                ),
                N_(
                    "No time for three? Then leave out the first, not the third. Hearing them say it shows you what "
                    "they understood."
                ),
            ),
            N_(
                "Aligning a pump and a motor. First you do the whole thing. At the next pump you name everything: "
                "feet clean, soft foot, coarse, then fine. At the third your junior says: “Now check the soft foot.” "
                "They say it before you do. Then the tools go to the other side."
            ),
            N_(
                "Take something that comes back several times this week, such as terminating a cable or changing a "
                "filter, and go through the three turns with it."
            ),
        ),
        Card(
            N_("Think out loud"),
            (
                N_(
                    "What you do can be seen. What you think cannot, and that is where your experience is: what you "
                    "listen to, what you rule out, when you start to doubt."
                ),
                N_(
                    "So say what goes through your head: “I hear it hunting. I think of air, or of the valve. Air is "
                    "quickest to check, so I begin there.” Also say it when you do not know."
                ),
                N_(
                    "Say your rule of thumb together with where it stops: “Warm on this side and cold on that one is "
                    "usually the valve. Except when the pump is off.” A rule without its limits is a trap for "
                    "somebody who is new."
                ),
            ),
            N_(
                "A fault in a control cabinet. You measure three points and have it. Your junior saw a meter and a "
                "quick hand. If you say “the contactor gets voltage, so what is before it is fine; I halve the rest "
                "each time”, then they have a way that works in every cabinet."
            ),
            N_(
                "At the next fault, say out loud for ten minutes what you think, also what you rule out. It feels "
                "odd. After two times it no longer does."
            ),
        ),
        Card(
            N_("One new thing at a time"),
            (
                N_(
                    "A job that is one thing for you is ten things for somebody who does it for the first time. Give "
                    "one part of it away today, and do the rest yourself."
                ),
                N_(
                    "Choose that part so that it can be finished and checked: this flange, this group, this loop. "
                    "“Help along a bit” is not a part."
                ),
                N_(
                    "Add the next part when the one before goes right without help, three times in a row. And when it "
                    "is busy, go back to what they can do already: nobody learns something new under pressure."
                ),
            ),
            N_(
                "Servicing an air handling unit. Week one: only the filters and noting the pressure difference. Week "
                "two: the belts as well. The fan bearings you still do yourself and your junior listens with you. "
                "After a month they do the whole unit, and you look at one thing at the end."
            ),
            N_(
                "Write the steps of one job on the back of a work order. Put a tick at the one that is your junior's "
                "this week."
            ),
        ),
        Card(
            N_("Do not ask “is that clear?”"),
            (
                N_(
                    "Almost everybody says yes to that. Not to fool you, but because they think that they understand, "
                    "or because they do not want to hold you up."
                ),
                N_(
                    "Ask for something that you can see or hear: “Tell me what you are going to do, and where you "
                    "stop.” “Show me where you measure.” “What do you do if it does not open?”"
                ),
                N_(
                    "Is something missing? Then that is about your explanation. Say “I was not clear about that”, and "
                    "tell only that piece again, in other words or with your hands."
                ),
                N_(
                    "With work that can go badly wrong you always do this, also with somebody who has been along for "
                    "a year."
                ),
            ),
            N_(
                "Locking out a conveyor. “Tell me how you make this one safe.” – “Switch off, lock on it, key in my "
                "pocket.” – “And how do you know for sure that it is dead?” It is quiet. So the last step, testing, "
                "was missing. Better to find that here than at the belt."
            ),
            N_(
                "Leave “is that clear?” out for a week. Each time you feel it coming, ask “what are you going to do "
                "first?”"
            ),
        ),
    ),
)
