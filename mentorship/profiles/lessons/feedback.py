"""Five cards for mentors on feedback. Pure."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.profiles.lessons.cards import Card, Lesson

FEEDBACK = Lesson(
    3,
    N_("Feedback"),
    N_("Nobody gets better from “fine”. What do you say then, and when?"),
    (
        Card(
            N_("Soon, small, and about the work"),
            (
                N_(
                    "Say it the same day, at the work itself, while it can still be seen. What you save up until the "
                    "end of the month has become a verdict by then."
                ),
                N_(
                    "One thing at a time. Choose what helps most now, and let the rest rest. Five remarks at once are "
                    "none."
                ),
                N_(
                    "Talk about the work, never about the person. “That end is not tight” can be put right. “You are "
                    "sloppy” cannot."
                ),
                N_(
                    "And not with others around, when it is something that must be better. Praise may be heard by "
                    "everybody."
                ),
            ),
            N_(
                "A distribution board is finished. You see four things. You choose one: “Put your hand on this "
                "terminal. Feel that it still turns? Tighten all of them to the torque, then we look again.” The "
                "untidy bundle comes next week. Today is about terminals."
            ),
            N_("At the end of two days this week, name one thing that you saw, at the work, in less than a minute."),
        ),
        Card(
            N_("Say exactly what went well"),
            (
                N_(
                    "“Well done” is friendly, and says nothing. What was good? Who knows that, does it again on "
                    "purpose."
                ),
                N_(
                    "Name what you saw and what it brought: “You labelled both ends before you cut. That is why we "
                    "had it connected again in ten minutes.”"
                ),
                N_(
                    "Also name what is hard to see: that they stopped and came to you, that they swept up, that they "
                    "stayed calm with an angry customer."
                ),
                N_(
                    "Do not stick a “but” to it. A compliment with a “but” is heard as a remark. What must be better "
                    "gets a moment of its own."
                ),
            ),
            N_(
                "Replacing a seal. Your junior laid all parts on a cloth in the order in which they came out. You: "
                "“Because of how you laid that out, I could see in one look that the spring was missing.” From then "
                "on everything lies on a cloth, without your ever having asked for it."
            ),
            N_("Say three times this week exactly what was good, and what it brought. No “but” behind it."),
        ),
        Card(
            N_("Say what must be different"),
            (
                N_(
                    "Three sentences are enough. What did I see? What comes of it? What do you do next time? Begin "
                    "with what you saw yourself, not with what you heard from others."
                ),
                N_(
                    "Then stop talking and listen. Perhaps there was no time, no tool, or somebody had said that it "
                    "could be like this. You only know that once you have heard it."
                ),
                N_("Let them say themselves how it will go next time. What somebody says themselves gets done sooner."),
                N_(
                    "Have you said it, then it is done. Do not bring it up again at lunch, and look at it once more "
                    "when it goes right."
                ),
            ),
            N_(
                "“I saw that you worked on the pump and the lock was not on it. If the operator starts it, your hand "
                "is in there. How do you do it next time?” Silence. “I thought it would only take a minute.” – “I "
                "know that thought. And next time?” – “Lock first. Always.”"
            ),
            N_(
                "Is there something that you have been putting off? Write down the three sentences, and say them "
                "tomorrow before noon."
            ),
        ),
        Card(
            N_("After a mistake"),
            (
                N_(
                    "First the work: safe, dry, running. Then a cup of coffee. Only then the conversation. With your "
                    "heart still pounding you say things that stay with somebody for a year."
                ),
                N_(
                    "Ask how it went, step by step, as if you were looking for a fault in an installation. Where did "
                    "it look right while it was not? Often the drawing was old, or two valves looked alike."
                ),
                N_(
                    "Tell one of your own. Everybody in the trade has one. Not to make it smaller, but to show that "
                    "one goes on after it."
                ),
                N_(
                    "End with one thing that changes, for them or for the work: a label, a check, another order. And "
                    "let them do the same job again soon."
                ),
            ),
            N_(
                "Your junior has closed the wrong valve; the boiler house was cold for an hour. After the coffee you "
                "walk along the pipes together. Both valves turn out to have the same number. Your junior makes the "
                "new label, and closes the right one next time, with you ten metres away."
            ),
            N_(
                "Think of a mistake of your own that you learned from, and tell it this week, before there is a "
                "reason to."
            ),
        ),
        Card(
            N_("Ask how you are doing yourself"),
            (
                N_(
                    "A mentor gets better from feedback too, and you only get it by asking. Juniors do not start "
                    "about it of their own accord."
                ),
                N_(
                    "Ask small and concrete: “What could I have explained better today?” “When did I step in too "
                    "soon?” “How do you want me to be beside you tomorrow?”"
                ),
                N_(
                    "Do not defend yourself. Say thanks, and do something with one of the things within a week, "
                    "visibly. That is how they learn that it is of use to say something."
                ),
                N_(
                    "And ask what they can show you: the app that measures along, the new tool, how they look "
                    "something up. Learning goes both ways here."
                ),
            ),
            N_(
                "In the van home. “What should I do differently tomorrow?” – “Well… you pull the screwdriver out of "
                "my hand.” That stings a bit, and it is true. The next day you keep your hands in your pockets and "
                "say: “See, nothing in them.” You both laugh, and it goes faster than you thought."
            ),
            N_("Ask once this week on the way home: “What should I do differently tomorrow?” Then do that."),
        ),
    ),
)
