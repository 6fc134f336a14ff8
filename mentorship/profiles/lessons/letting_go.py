"""Five cards for mentors on letting go. Pure."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.profiles.lessons.cards import Card, Lesson

LETTING_GO = Lesson(
    4,
    N_("Letting go"),
    N_("You would be done in five minutes. They need half an hour, and that is the work."),
    (
        Card(
            N_("Agree on when you step in"),
            (
                N_(
                    "Think of a driving instructor: the other one drives, you look along, and there is a brake on "
                    "your side. The junior does the work. You only steer when it is needed."
                ),
                N_(
                    "Agree on the brake before you set off: “I step in when somebody could get hurt, when something "
                    "breaks that costs more than a morning, or when you ask me. Otherwise I keep quiet.”"
                ),
                N_(
                    "Say where you will be and for how long, and at which points they come to get you: before the "
                    "voltage goes on, before the pressure comes on it, before it is closed."
                ),
                N_("Afterwards, say whether you kept to it. Did you step in all the same? Then say why."),
            ),
            N_(
                "Connecting a heat pump at a customer's. “The water side is yours. I do the paperwork in the van. "
                "Come and get me before you fill it.” Forty minutes later there is a knock on the window. Everything "
                "is right except for one bracket. You would have done it in twenty. Next time they do it in thirty."
            ),
            N_("Choose one job this week that is entirely theirs, and say beforehand your three reasons to step in."),
        ),
        Card(
            N_("Hands in your pockets"),
            (
                N_(
                    "The hardest tool of a mentor: doing nothing. Watching somebody fiddle hurts. Yet what they find "
                    "out with their own fingers stays, and what you grab from them does not."
                ),
                N_(
                    "Stand where you can see it but cannot reach it. One step back is often enough. Sit on your "
                    "toolbox if you have to."
                ),
                N_(
                    "Ask yourself, when it itches: is it dangerous, or is it only slow? With slow you look at your "
                    "watch and give it five more minutes."
                ),
                N_(
                    "Have they been stuck for a while? Then give a hint and not the answer: “Look at the other side.” "
                    "And step back again."
                ),
            ),
            N_(
                "Your junior tries to get a coupling off and has the puller on crooked. You see it at once. It cannot "
                "break anything. You wait. After three tries they take it off, look, turn it round. “It was crooked.” "
                "You only say: “Yes. And now you can feel that.”"
            ),
            N_("Once this week, wait five minutes longer than you find comfortable. Look at the clock while doing so."),
        ),
        Card(
            N_("Different is not wrong"),
            (
                N_(
                    "Your way works: you made it in all those years. But it is one way. Does theirs meet the drawing, "
                    "the standard and the agreement with the customer? Then it is good, also if you would do it "
                    "differently."
                ),
                N_(
                    "Separate the two out loud: “This has to be like this, because of the standard. That is my habit, "
                    "you may do it otherwise.” For who is new, both sound like law."
                ),
                N_(
                    "Be curious: “Show me how you do that.” Sometimes it is handier, and you go home with something. "
                    "Sometimes it goes wrong later on, and then you tell what you once saw happen."
                ),
            ),
            N_(
                "You have always begun a fault report on paper. Your junior talks it into the phone at the machine "
                "and has photos with it. You miss the overview at first. But the next shift now reads on Monday what "
                "was going on, with a picture. You keep the pencil, they keep the phone."
            ),
            N_("Pick one thing that they do differently. Decide: must, or habit? Tell them which of the two it is."),
        ),
        Card(
            N_("From beside them to within call"),
            (
                N_(
                    "Letting go is not a switch but a distance that grows. Beside them. In the same room. On the same "
                    "site. On the phone. Looking afterwards."
                ),
                N_(
                    "Each piece of work has its own distance. With replacing a sensor you may be on the phone, while "
                    "you stand beside them at the switchgear. Talk about where you are, per piece."
                ),
                N_(
                    "Go one step further when it went right three times, and they say that they dare. One of the two "
                    "is not enough."
                ),
                N_(
                    "Going one step back may always be done and is nobody's fault: new site, new machine, bad night, "
                    "rush job."
                ),
            ),
            N_(
                "Inspection round in the plant. In week one you walk along. In week three you wait in the control "
                "room and they report by radio at each stop. In week six they walk and you read the list afterwards, "
                "with two questions. When the new compressor arrives, you walk along again for two rounds."
            ),
            N_(
                "Take three jobs and say together at which distance you are with each. Move one of them up a step, or "
                "back."
            ),
        ),
        Card(
            N_("Not alone too soon"),
            (
                N_(
                    "When it is busy, the temptation is great to send somebody on their way with “you will manage”. "
                    "Letting go is a choice that the two of you make. Being left alone just happens to somebody."
                ),
                N_(
                    "Ask before it comes to that: “Which part of this have you never done?” With new work there is "
                    "somebody within reach, and your junior knows who, and with what number."
                ),
                N_(
                    "Saying stop is part of the trade. Say it in so many words: “If you do not trust it, you put "
                    "everything down and you call. I will never be cross about that.” And then really never be cross."
                ),
                N_(
                    "Are they planned in alone too soon? You are the one who can see that. Tell whoever makes the "
                    "schedule what they can do now, and what not yet."
                ),
            ),
            N_(
                "Friday, two are off, a fault in the cold store. The planner wants to send your junior. You: “The "
                "electrical part they can do. The ammonia side they have never done, there they do not go alone. I am "
                "on the phone until four, after that Kees.” The planner moves one job, and it works out."
            ),
            N_("Look at next week's jobs together. Which one is new? Write down behind it who is within reach."),
        ),
    ),
)
