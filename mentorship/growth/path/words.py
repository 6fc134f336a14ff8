"""What the path says: how far it is, each step with how it is learned and why, and where it leads."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.figures.pips import Pips, levels
from mentorship.base.i18n import day, gettext, integer, ngettext
from mentorship.growth.jobs import words as course_words
from mentorship.growth.models import Course, CourseFollowed, JobProfile
from mentorship.growth.path.rules import DONE, LATER, NOW, Learned, Proof, Step
from mentorship.mentorships.goals.paces import Pace
from mentorship.profiles.words import LEVELS


@dataclass(frozen=True)
class Facts:
    """What the steps of somebody are told with.

    Domains and mentors by domain, how many colleagues pass a domain on, the courses that were followed, how long the
    next step takes here, and the certificates that are valid.
    """

    titles: Mapping[int, str]
    learned: Learned
    mentors: Mapping[int, str]
    passing_on: Mapping[int, int]
    followed: Mapping[int, CourseFollowed]
    paces: Mapping[int, Pace]
    proven: Mapping[int, Proof]


@dataclass(frozen=True)
class Told:
    """A step in words: what, how and why, after what, and when."""

    step: Step
    outside: bool
    state: str
    title: str
    how: str
    why: str
    small: str
    pips: Pips | None
    word: str


def heading(job: JobProfile, left: int) -> str:
    """Say how many domains are left to what a job asks."""
    if not left:
        return gettext("You can do what a %(job)s does", job=job.title)
    return ngettext(
        "%(num)s domain to go to %(job)s",
        "%(num)s domains to go to %(job)s",
        left,
        job=job.title,
    )


def of_another(name: str, job: JobProfile, left: int) -> str:
    """Say of somebody else how far it is."""
    if not left:
        return gettext("%(name)s has what a %(job)s does", name=name, job=job.title)
    return ngettext(
        "%(name)s: %(num)s domain to go to %(job)s",
        "%(name)s: %(num)s domains to go to %(job)s",
        left,
        name=name,
        job=job.title,
    )


def brief(steps: Sequence[Step]) -> str:
    """Count the steps, and which of them were taken or are under way."""
    states = [step.state for step in steps]
    return gettext(
        "%(all)s: %(done)s, %(now)s.",
        all=ngettext("%(num)s step", "%(num)s steps", len(steps)),
        done=ngettext("%(num)s taken", "%(num)s taken", states.count(DONE)),
        now=ngettext("%(num)s under way", "%(num)s under way", states.count(NOW)),
    )


def state(step: Step) -> str:
    """Say how a step stands."""
    return {
        DONE: gettext("step done"),
        NOW: gettext("under way"),
        LATER: gettext("after that"),
    }[step.state]


def told(steps: Sequence[Step], facts: Facts) -> list[Told]:
    """Return the steps in words."""
    ahead: set[int] = {step.domain_id for step in steps if step.state != DONE}
    return [_course(step, facts) if step.course else _domain(step, facts, ahead) for step in steps]


def _course(step: Step, facts: Facts) -> Told:
    course = step.course
    assert course is not None
    followed = facts.followed.get(course.id or 0)
    return Told(
        step,
        True,
        state(step),
        course.title,
        course_words.course(course),
        gettext("For %(domain)s.", domain=facts.titles[step.domain_id]),
        day(followed.followed_on) if followed else "",
        None,
        "",
    )


def _domain(step: Step, facts: Facts, ahead: Collection[int]) -> Told:
    have = gettext(LEVELS[step.have])
    need = gettext(LEVELS[step.need])
    goes = have if step.state == DONE else gettext("%(have)s → %(need)s", have=have, need=need)
    return Told(
        step,
        step.state == LATER and _outside(step, facts),
        state(step),
        facts.titles[step.domain_id],
        goes,
        _why(step, facts, ahead),
        _small(step, facts),
        levels(step.have, 0 if step.state == DONE else step.need) if step.state == NOW else None,
        goes,
    )


def _outside(step: Step, facts: Facts) -> bool:
    return not facts.passing_on.get(step.domain_id) and bool(facts.learned.courses.get(step.domain_id))


def _why(step: Step, facts: Facts, ahead: Collection[int]) -> str:
    if step.state == DONE:
        return ""
    if step.state == NOW:
        return gettext("With %(name)s.", name=facts.mentors[step.domain_id])
    return " ".join(filter(None, [_how(step, facts), _after(step, facts, ahead)]))


def _how(step: Step, facts: Facts) -> str:
    number = facts.passing_on.get(step.domain_id, 0)
    if number:
        return ngettext(
            "%(num)s colleague at your site wants to pass it on.",
            "%(num)s colleagues at your site want to pass it on.",
            number,
        )
    courses = facts.learned.courses.get(step.domain_id, ())
    if courses:
        return gettext(
            "Nobody at your site passes it on, so outside: %(courses)s.",
            courses="; ".join(_named(course) for course in courses),
        )
    return gettext("Nobody at your site passes it on so far. Ask the coordinator how else.")


def _named(course: Course) -> str:
    return f"{course.title} ({course_words.course(course)})"


def _after(step: Step, facts: Facts, ahead: Collection[int]) -> str:
    bases = [facts.titles[base] for base in facts.learned.bases.get(step.domain_id, ()) if base in ahead]
    if not bases:
        return ""
    return gettext("Builds on %(domains)s.", domains=", ".join(bases))


def _small(step: Step, facts: Facts) -> str:
    """Say how long such a step takes here, and which certificate is there already."""
    said = [_pace(step, facts)]
    proof = facts.proven.get(step.domain_id)
    if proof is not None and proof.ends_on is None:
        said.append(gettext("You have %(certificate)s.", certificate=proof.title))
    elif proof is not None:
        said.append(gettext("You have %(certificate)s until %(day)s.", certificate=proof.title, day=day(proof.ends_on)))
    return " ".join(filter(None, said))


def _pace(step: Step, facts: Facts) -> str:
    found = facts.paces.get(step.domain_id)
    if step.state == DONE or found is None:
        return ""
    if not found.least:
        return ngettext(
            "Half of such steps took at most %(num)s week here.",
            "Half of such steps took at most %(num)s weeks here.",
            found.most,
        )
    return ngettext(
        "Half of such steps took %(least)s to %(num)s week here.",
        "Half of such steps took %(least)s to %(num)s weeks here.",
        found.most,
        least=integer(found.least),
    )


def distance(left: int, asked: int) -> str:
    """Say how much of what a job asks somebody has."""
    if not asked:
        return gettext("asks nothing yet")
    return gettext(
        "%(have)s of %(all)s domains in order",
        have=integer(asked - left),
        all=integer(asked),
    )


def leads(left: Sequence[str]) -> str:
    """Say which domains are left to a next job, once this path was walked."""
    if not left:
        return gettext("then you have all that it asks")
    return ngettext(
        "then %(num)s domain to go: %(domains)s",
        "then %(num)s domains to go: %(domains)s",
        len(left),
        domains=", ".join(left),
    )
