"""Our own words, each with what it means and an example, in the order of the page. Pure."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.home.glossary.entries import Entry, Subject

WHO = Subject(
    N_("Who does what"),
    (
        Entry(
            "junior",
            N_("junior"),
            N_("Somebody who wants to learn something at work. It has nothing to do with age."),
            N_("Somebody of 45 who has just become an electrician is a junior."),
        ),
        Entry(
            "senior",
            N_("senior"),
            N_("Somebody who knows the work well and can help others with it."),
            N_("A fitter who has been repairing pumps for years is a senior."),
        ),
        Entry(
            "mentor",
            N_("mentor"),
            N_("The one of two who helps the other to learn."),
            N_("You can be a mentor in welding and learn about heat pumps yourself."),
        ),
        Entry(
            "manager",
            N_("manager"),
            N_("The person you work for. A manager confirms the hours for mentoring and sees who has how much to do."),
            N_("Your manager puts two hours a week for your junior in the schedule."),
        ),
        Entry(
            "coordinator",
            N_("coordinator"),
            N_("The person who brings mentors and juniors together in your company."),
            N_("Do you have a question about your proposal? Ask the coordinator."),
        ),
        Entry(
            "hr",
            N_("HR"),
            N_("The people who keep the list of who works here."),
            N_("Your site or your name is wrong? HR can correct it. HR does not see who your mentor is."),
        ),
        Entry(
            "admin",
            N_("admin"),
            N_(
                "The person who looks after the accounts and the settings of Leermaat. An admin does not see your "
                "answers."
            ),
            N_("An admin can give you another role."),
        ),
        Entry(
            "last-day",
            N_("last working day"),
            N_("The last day on which somebody works here. After it Leermaat is closed to them, and their pairs end."),
            N_("Your mentor leaves on 3 December: you both read it in time, and can arrange who takes over."),
        ),
    ),
)
PAIRING = Subject(
    N_("Asking and pairing"),
    (
        Entry(
            "domain",
            N_("domain"),
            N_("A part of the craft that you can learn."),
            N_("Hydraulics, TIG welding and heat pumps are domains."),
        ),
        Entry(
            "critical",
            N_("critical"),
            N_("A domain that the company cannot do without and that is hard to replace."),
            N_("Only two people can still repair the old machine."),
        ),
        Entry(
            "remote",
            N_("remote"),
            N_("You can learn this without being in the same place."),
            N_("You look at a drawing together on a screen."),
        ),
        Entry(
            "expertise",
            N_("what I can do"),
            N_(
                "How well you know a domain, and whether you want to pass it on. There are six steps, from “not "
                "yet” to “the go-to person”."
            ),
            N_("You can align a pump without help: “can do it alone”."),
        ),
        Entry(
            "go-to-person",
            N_("the go-to person"),
            N_("The highest step: the person everybody goes to with the hardest questions."),
            N_("Nobody finds the fault, so they call you."),
        ),
        Entry(
            "need",
            N_("need"),
            N_("A domain you want to learn: where you are now and where you want to go."),
            N_("Pneumatics, from “have watched it” to “can do it alone”."),
        ),
        Entry(
            "mentor-request",
            N_("request"),
            N_("What you ask a mentor for: one to three needs, and your goal in your own words."),
            N_("“I want to find and repair faults by myself by the summer.”"),
        ),
        Entry(
            "learning-form",
            N_("way of learning"),
            N_("How you like to learn best: doing it, watching somebody, in a classroom, online or in short modules."),
            N_("You would rather try it yourself than read about it."),
        ),
        Entry(
            "roster",
            N_("roster"),
            N_("The days and times at which you work, which return every so many weeks."),
            N_("A week of early shifts, a week of late shifts."),
        ),
        Entry(
            "shift",
            N_("shift"),
            N_("One stretch of work, from start to end."),
            N_("Monday from 7:00 to 15:30."),
        ),
        Entry(
            "together-shift",
            N_("together-shift"),
            N_("A shift in which you two are at work at the same site for at least four hours."),
            N_("You work from 7 to 15:30, your mentor from 11 to 19:30: that makes one."),
        ),
        Entry(
            "place",
            N_("place"),
            N_("Room for one junior with a mentor."),
            N_("A mentor with two places can mentor two juniors."),
        ),
        Entry(
            "confirmed-hours",
            N_("confirmed hours"),
            N_("The hours a week for mentoring that the manager put in the schedule. Only then a place counts."),
            N_("You offer four hours, your manager confirms two: one place counts."),
        ),
        Entry(
            "waiting-list",
            N_("waiting list"),
            N_("Everybody who has asked for a mentor and does not have one yet."),
            N_("Nobody was found? You stay on the list for the next round."),
        ),
        Entry(
            "round",
            N_("match round"),
            N_(
                "A moment at which all open requests and all free places are looked at together, to find the best "
                "pairs."
            ),
            N_("Every autumn the coordinator opens a round."),
        ),
        Entry(
            "score",
            N_("score"),
            N_("How well a mentor and a junior match, in one figure."),
            N_("They know the same work, and are often at work together: a high score."),
        ),
        Entry(
            "floor",
            N_("floor"),
            N_("The lowest score with which a pair may be proposed."),
            N_("Two people who hardly work together stay below it, so they are not proposed."),
        ),
        Entry(
            "spread",
            N_("spread"),
            N_("How strongly a round tries to divide juniors over several mentors."),
            N_("Two mentors fit equally well; the one without a junior goes first."),
        ),
        Entry(
            "continuity",
            N_("continuity of knowledge"),
            N_("How much it helps to keep knowledge in the company that this mentor passes it on now."),
            N_("Few people still know the old control system."),
        ),
        Entry(
            "proposal",
            N_("proposal"),
            N_("Two people who could become a pair. It starts only when both say yes; nobody asks why you say no."),
            N_("You see who your mentor could be, and why."),
        ),
    ),
)
LEARNING = Subject(
    N_("Learning together"),
    (
        Entry(
            "mentorship",
            N_("pair"),
            N_("A mentor and a junior who both said yes."),
            N_("Fenna and Wouter are a pair for hydraulics."),
        ),
        Entry(
            "goal",
            N_("goal"),
            N_("What a junior wants to be able to do."),
            N_("Pipe fitting, up to “can do it alone”."),
        ),
        Entry(
            "step",
            N_("step"),
            N_(
                "Being further in a domain than before. The mentor confirms it; from “can do it alone” on a "
                "second colleague does too."
            ),
            N_("From “with guidance” to “can do it alone”."),
        ),
        Entry(
            "other-mentoring",
            N_("other mentoring"),
            N_("Helping people who are not your junior in Leermaat. Those hours count as well."),
            N_("A student of the apprentice school who joins you for a day."),
        ),
        Entry(
            "check-in",
            N_("check-in"),
            N_("A few short questions about how it is going. Only you see your answers."),
            N_("After two shifts together you get the first one on your phone."),
        ),
        Entry(
            "signal",
            N_("signal"),
            N_("A message that something needs attention. It says what to do, never what somebody answered."),
            N_("“Talk with this pair” after two difficult weeks."),
        ),
        Entry(
            "plans",
            N_("my plans"),
            N_("How long you expect to stay here. You do not have to say; only you and the coordinator see it."),
            N_("“3 to 5 years”, so that there is time to pass on what you know."),
        ),
    ),
)
STANDING = Subject(
    N_("How a pair is doing"),
    (
        Entry(
            "in-balance",
            N_("going well"),
            N_("The junior is learning and the mentor keeps it up."),
            N_("Nothing to do: keep it that way."),
        ),
        Entry(
            "on-reserve",
            N_("stretched"),
            N_("The junior is learning, but it is almost too much for the mentor."),
            N_("Give the mentor more time for it."),
        ),
        Entry(
            "stuck",
            N_("stuck"),
            N_("The mentor keeps it up, but the junior learns too little."),
            N_("Look together at the pace and the work."),
        ),
        Entry(
            "talk-now",
            N_("talk now"),
            N_("It is not going well for either of the two. A talk this week helps most."),
            N_("The coordinator calls both of them today."),
        ),
        Entry(
            "unknown",
            N_("not known yet"),
            N_("There are not enough answers yet to say anything."),
            N_("The pair started last week."),
        ),
    ),
)
SAFELY = Subject(
    N_("Signing in"),
    (
        Entry(
            "second-factor",
            N_("second factor"),
            N_("A second step after your password: a code of an app on your phone, another every half minute."),
            N_("Somebody saw you type your password. Without your phone they do not get in."),
        ),
    ),
)
SUBJECTS = (WHO, PAIRING, LEARNING, STANDING, SAFELY)
