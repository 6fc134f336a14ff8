"""Five cards for mentors on asking instead of telling. Pure."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.profiles.lessons.cards import Card, Lesson

ASKING = Lesson(
    2,
    N_("Asking instead of telling"),
    N_("The answer is on the tip of your tongue. What if you keep it there for a moment?"),
    (
        Card(
            N_("Count to ten first"),
            (
                N_(
                    "Your junior asks something and you know it. Say nothing yet. Ask: “What do you think yourself?” "
                    "and then count to ten, slowly, in your head."
                ),
                N_(
                    "That silence is not awkward for them: that is when they think. If you fill it up, you do their "
                    "thinking, and tomorrow the same question comes again."
                ),
                N_(
                    "Does nothing come? Make the question smaller, not the answer bigger: “What is the first thing "
                    "that you can rule out?” “What does the manual say about this code?”"
                ),
                N_("Is it right, say so. Is it half right, then say which half."),
            ),
            N_(
                "“The heat pump gives a high-pressure alarm. What should I do?” – “What do you think yourself?” Seven "
                "seconds. “Too little flow?” – “How could you see that?” – “At the temperature difference.” – “Go and "
                "look.” You said three short sentences, and your junior now walks to the right place with a reason."
            ),
            N_("Answer the first question of each day with “what do you think yourself?”, and count."),
        ),
        Card(
            N_("Questions that open something up"),
            (
                N_(
                    "A question that can be answered with yes or no tells you little. Begin with what, where, how, or "
                    "“show me”."
                ),
                N_(
                    "Four that almost always work on the job: What do you see? What did you already rule out? What "
                    "would you expect here? What happens if you are wrong?"
                ),
                N_(
                    "Be careful with “why”. “Why did you do that?” soon sounds like blame. “What made you choose "
                    "that?” asks the same and gets an honest answer."
                ),
                N_(
                    "And no exam: do not ask what you want to hear, but what you want to know. If you already know "
                    "what they must do and it is urgent, just say it."
                ),
            ),
            N_(
                "A level transmitter reads wrong. Instead of “did you check the zero?” you ask “what do you see, and "
                "what would you expect?”. Your junior: “It says forty, but through the sight glass I see half.” And "
                "then by themselves: “Always ten too low, then it is the zero.”"
            ),
            N_(
                "Put the four questions on a note in your phone, or on the inside of your toolbox, and use one of "
                "them every day."
            ),
        ),
        Card(
            N_("Let them bet before they measure"),
            (
                N_(
                    "Before the probe touches anything, ask: “What do you expect to read?” Only then measure. Whoever "
                    "bets first, looks at the number. Whoever only measures, reads it out."
                ),
                N_(
                    "Is the bet wrong, that is where it becomes interesting. Do not correct it. Ask: “How can that "
                    "be?” and let them look for the difference between what they thought and what there is."
                ),
                N_(
                    "Bet along yourself, out loud, and be wrong now and then. That makes it a game for two and not a "
                    "test for one."
                ),
                N_(
                    "It does not only work with a meter: how many turns until it seals, how long until it is warm, "
                    "which of the two bearings is the loud one."
                ),
            ),
            N_(
                "Measuring insulation on a motor of twenty years old. “What do you expect?” – “Infinite.” – “I say a "
                "hundred megohm.” The meter says two. Both of you wrong, so you talk for a minute about moisture, and "
                "about when you still dare to switch on a motor like that."
            ),
            N_("Make three bets together this week, before you measure. Keep the score if you like."),
        ),
        Card(
            N_("When you simply tell"),
            (
                N_(
                    "Asking is not always better. With danger you tell, short and clear, and you explain later. "
                    "Nobody needs to find out for themselves what an arc flash is."
                ),
                N_(
                    "You also tell what nobody can work out: a code, a name, where the drawings are, what was agreed "
                    "with this customer. Asking for that is only annoying."
                ),
                N_(
                    "And with something that is entirely new you begin with showing. Asking works once there is "
                    "something to think with."
                ),
                N_(
                    "Say which of the two you do. “This I will just tell you” and “here I want to hear you think” "
                    "save both of you a lot of guessing."
                ),
            ),
            N_(
                "On a tank roof your junior reaches for the hatch. “Stop. Hands off. First the gas meter.” No "
                "question, no smile. Back on the ground you ask: “What could there have been under that hatch?” There "
                "is the conversation that could not be had up there."
            ),
            N_(
                "Agree on one word with your junior at which everything stops at once. Talk about it afterwards, "
                "every time."
            ),
        ),
        Card(
            N_("Make not knowing normal"),
            (
                N_(
                    "Who is afraid of looking stupid does not ask, and tries something. That costs more than any "
                    "question. So it has to be easy to say “I do not know”."
                ),
                N_(
                    "You go first. Say it yourself when you do not know something, and look it up while they are "
                    "there. Nothing makes it safer than an old hand with a manual."
                ),
                N_(
                    "Thank them for a question that comes in time, especially when it is inconvenient: “Good that you "
                    "ask now and not in an hour.” Do not sigh, also not with your eyes."
                ),
                N_(
                    "The same question for the fifth time? Then do not repeat the answer, but make something together "
                    "to hold on to: a photo, a sketch, five lines in a notebook."
                ),
            ),
            N_(
                "Commissioning a frequency drive of a make that you have never had. “I don't know this one either. "
                "Shall we look for the motor data together?” You leaf through it, you find it, you get one wrong. "
                "Next week your junior says by themselves: “I have never done this one, will you look along?”"
            ),
            N_("Say once this week, out loud and on purpose: “I don't know that. How do we find out?”"),
        ),
    ),
)
