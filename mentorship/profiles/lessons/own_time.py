"""Five cards for mentors on guarding your own time. Pure."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.profiles.lessons.cards import Card, Lesson

OWN_TIME = Lesson(
    5,
    N_("Guarding your own time"),
    N_("A mentor who runs dry is of no use to anybody. So this is part of it."),
    (
        Card(
            N_("Hours that are in the schedule"),
            (
                N_(
                    "Mentoring is work. Work that is not in the schedule is done in your break, in the evening, or "
                    "not at all. So ask for a place in it, with a day and a time."
                ),
                N_(
                    "Make it easy for whoever plans: “Tuesday from seven to nine with my junior, at job so-and-so.” "
                    "Two hours that are fixed are worth more than four that “will turn up”."
                ),
                N_(
                    "Note down each week what it really was. Not to be checked, but because with the numbers you can "
                    "say: we agreed on two hours, it was four."
                ),
                N_(
                    "Does a rush job get in? That can happen. Then name a new moment at once, in the same conversation."
                ),
            ),
            N_(
                "The foreman wants to send you to a leak on Tuesday morning. “I'll go. The two hours with my junior "
                "then move to Thursday at seven. Will you put that in straight away?” It takes one sentence. Two "
                "weeks later the foreman asks of his own accord: “Which day are you two busy?”"
            ),
            N_("Put one fixed moment for the coming four weeks in the schedule today, with the name of the job."),
        ),
        Card(
            N_("Fixed moments instead of all day long"),
            (
                N_(
                    "Ten questions of two minutes are not twenty minutes. Each time you have to find your place in "
                    "your own work again. Two short moments a day get the same questions answered."
                ),
                N_(
                    "Agree on it: before you set off, what are you going to do; after lunch, where are you stuck. "
                    "What can wait goes in the notebook. What is unsafe cannot wait: for that you may always be "
                    "called."
                ),
                N_(
                    "Ask for each question to come with a thought of their own: “I think this, because of that. "
                    "Right?” Half of the questions disappear while they write them down."
                ),
                N_("Keep to it yourself too. If you always answer at once, nobody learns to wait."),
            ),
            N_(
                "A maintenance technician was called eleven times on Monday. On Tuesday: “Call me at ten and at two. "
                "With danger straight away.” At ten there are five questions in the notebook, of which two are struck "
                "through: “I found those myself.” The rest takes a quarter of an hour."
            ),
            N_("Choose two fixed moments with your junior and try them for a week. Adjust them on Friday."),
        ),
        Card(
            N_("Say it early when it is too much"),
            (
                N_(
                    "It rarely goes wrong all of a sudden. First you skip a moment, then you answer shortly, then you "
                    "do it yourself because that is faster. These are the signs that something has to change."
                ),
                N_(
                    "Tell your manager with figures and a proposal: “Two hours were agreed, it is four. I can do this "
                    "for another two weeks. Either one of the jobs goes to somebody else, or we slow the pace.”"
                ),
                N_("Talk about time and work. You owe nobody more than that, and it is about what can be changed."),
                N_(
                    "Tell your junior too that it is not because of them. Otherwise they stop asking, and then it "
                    "gets expensive."
                ),
            ),
            N_(
                "A shutdown is coming and you have two juniors. You go to your manager three weeks beforehand: “In "
                "those two weeks I have no hours for the both of them. Can Fatima have one of them along, or do we "
                "let them do the preparation in the workshop?” There is still something to choose, because you came "
                "in time."
            ),
            N_(
                "Write down what was agreed and what it was in the last two weeks. Is there much between them? Make "
                "an appointment today."
            ),
        ),
        Card(
            N_("You need not know everything"),
            (
                N_(
                    "You are the mentor, not the only one who may explain. Every crew has somebody who is better at "
                    "controls, welding or customers. Send your junior there on purpose."
                ),
                N_(
                    "Prepare it a little: ask the colleague for one shift and one subject, and give your junior three "
                    "questions to bring along. Afterwards let them tell you what they heard. You learn along."
                ),
                N_(
                    "Basics can come from a course or from the supplier. Keep your hours for what can only be learned "
                    "from you: here, with these machines, in this place."
                ),
                N_("Sharing is not giving up. It shows your junior whom they can call when you are not there."),
            ),
            N_(
                "You are strong in pumps, and hydraulics never was your thing. Instead of reading up in the evening "
                "you ask Henk: “May my junior come along on Thursday with the press?” On Friday your junior explains "
                "the accumulator to you, with a sketch. You ask two questions. It is right."
            ),
            N_("Name one subject that somebody else explains better. Ask that colleague this week for one shift."),
        ),
        Card(
            N_("Let the work do the work"),
            (
                N_(
                    "Mentoring beside your work costs time. Mentoring in your work costs far less. So choose jobs at "
                    "which your junior is of use from the first minute."
                ),
                N_(
                    "Let them prepare: get the parts together, look up the drawing, write the plan in five lines. You "
                    "read it in a minute, and in that minute you see exactly what they do not know yet."
                ),
                N_(
                    "Let them write down what you explain, with photos, as if for the next one who comes. That stays, "
                    "and you will never have to tell it from the start again."
                ),
                N_(
                    "At the end of the day, look back for two minutes: what can you do now that you could not do this "
                    "morning? That is where you see what your hours were for."
                ),
            ),
            N_(
                "Every quarter you replace the filters of forty units. This time your junior makes the list with "
                "sizes and photos the week before. You correct three lines. The round now takes a day instead of a "
                "day and a half, and next quarter the list is there already. So are the hours."
            ),
            N_("Let your junior prepare one job this week in five lines. Read them together before you set off."),
        ),
    ),
)
