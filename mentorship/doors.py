"""Every door of every room; the app opens them behind one gate."""

from __future__ import annotations

from mentorship.checkins import pages as checkins
from mentorship.checkins.asked import pages as asked
from mentorship.checkins.confidants import pages as confidants
from mentorship.checkins.duo import pages as duo
from mentorship.checkins.endings import pages as endings
from mentorship.checkins.links import pages as links
from mentorship.checkins.own import pages as own
from mentorship.checkins.settings import pages as check_in_settings
from mentorship.checkins.signals import pages as signals
from mentorship.checkins.slips import pages as slips
from mentorship.checkins.steps import pages as steps
from mentorship.checkins.telling import pages as telling
from mentorship.growth.bases import pages as bases
from mentorship.growth.certificate_kinds import pages as certificate_kinds
from mentorship.growth.certificates import pages as certificates
from mentorship.growth.handover import pages as handover
from mentorship.growth.held import pages as held
from mentorship.growth.jobs import pages as jobs
from mentorship.growth.matrix import pages as matrix
from mentorship.growth.path import pages as path
from mentorship.growth.teams import pages as teams
from mentorship.home import pages as home
from mentorship.home.accessibility import pages as accessibility
from mentorship.home.agreements import pages as agreements
from mentorship.home.calendar import pages as calendar
from mentorship.home.first import pages as first
from mentorship.home.glossary import pages as glossary
from mentorship.home.how import pages as how
from mentorship.home.offline import pages as offline
from mentorship.home.search import pages as search
from mentorship.home.setup import pages as setup
from mentorship.home.undo import pages as undo_pages
from mentorship.home.weakness import pages as weakness
from mentorship.hr_import.imports import pages as imports
from mentorship.hr_import.levels import pages as levels
from mentorship.hr_import.pasting import pages as pasting
from mentorship.hr_import.upload import pages as upload
from mentorship.insight import pages as insight
from mentorship.insight.acting import pages as acting
from mentorship.insight.balance import pages as balance
from mentorship.insight.duos import pages as duos
from mentorship.insight.knowledge import pages as knowledge
from mentorship.insight.lowering import pages as lowering
from mentorship.insight.many import pages as many
from mentorship.insight.mirror import pages as mirror
from mentorship.insight.outcomes import pages as outcomes
from mentorship.insight.person import pages as person
from mentorship.insight.planning import pages as planning
from mentorship.insight.published import pages as published
from mentorship.insight.shortage import pages as shortage
from mentorship.insight.week import pages as week
from mentorship.insight.what_if import pages as what_if
from mentorship.insight.year import pages as year
from mentorship.leaving import pages as leaving
from mentorship.mentor_requests import pages as mentor_requests
from mentorship.mentorships import pages as mentorships
from mentorship.mentorships.conversations import pages as conversations
from mentorship.mentorships.goals import pages as goals
from mentorship.mentorships.hours import pages as hours
from mentorship.mentorships.meeting import pages as meeting
from mentorship.mentorships.mentoring import pages as mentoring
from mentorship.mentorships.pace import pages as pace
from mentorship.mentorships.questions import pages as questions
from mentorship.operations import pages as operations
from mentorship.operations.console import pages as console
from mentorship.operations.signing_out import pages as signing_out
from mentorship.operations.trail import pages as trail
from mentorship.people import pages as people
from mentorship.people.account import pages as account
from mentorship.people.again import pages as again
from mentorship.people.confirming import pages as confirming
from mentorship.people.joining import pages as joining
from mentorship.people.kiosk import pages as kiosk
from mentorship.people.pin import pages as pin
from mentorship.people.second_step import pages as second_step
from mentorship.people.seen import pages as seen
from mentorship.people.single_sign_on import pages as single_sign_on
from mentorship.people.single_sign_out import pages as single_sign_out
from mentorship.people.sites import pages as sites
from mentorship.people.stand_ins import pages as stand_ins
from mentorship.people.tablets import pages as tablets
from mentorship.people.views import pages as views
from mentorship.privacy.mine import pages as mine
from mentorship.privacy.notice import pages as notice
from mentorship.privacy.papers import pages as papers
from mentorship.privacy.requests import pages as requests
from mentorship.profiles import pages as profiles
from mentorship.profiles.away import pages as away
from mentorship.profiles.closed_days import pages as closed_days
from mentorship.profiles.domains import pages as domains
from mentorship.profiles.filled import pages as filled
from mentorship.profiles.findable import pages as findable
from mentorship.profiles.lessons import pages as lessons
from mentorship.profiles.rosters import pages as rosters
from mentorship.programme import pages as programme
from mentorship.pulse import pages as pulse
from mentorship.pulse.waves import pages as waves
from mentorship.reminders import pages as reminders
from mentorship.reminders.drafts import pages as drafts
from mentorship.reminders.managers import pages as managers
from mentorship.reminders.messages import pages as messages
from mentorship.reminders.proposals import pages as proposals
from mentorship.reminders.texts import pages as texts
from mentorship.rounds import pages as rounds
from mentorship.rounds.announcing import pages as announcing
from mentorship.rounds.direct import pages as direct
from mentorship.rounds.notes import pages as notes
from mentorship.rounds.person_roster import pages as person_roster
from mentorship.rounds.review import pages as review
from mentorship.rounds.roster import pages as roster
from mentorship.rounds.terms import pages as terms
from mentorship.rounds.waiting import pages as waiting

DOORS = (
    home.blueprint,
    first.blueprint,
    setup.blueprint,
    agreements.blueprint,
    calendar.blueprint,
    offline.blueprint,
    glossary.blueprint,
    how.blueprint,
    accessibility.blueprint,
    weakness.blueprint,
    undo_pages.blueprint,
    search.blueprint,
    mentor_requests.blueprint,
    mentorships.blueprint,
    hours.blueprint,
    mentoring.blueprint,
    meeting.blueprint,
    conversations.blueprint,
    questions.blueprint,
    goals.blueprint,
    pace.blueprint,
    duo.blueprint,
    asked.blueprint,
    confidants.blueprint,
    check_in_settings.blueprint,
    checkins.blueprint,
    own.blueprint,
    endings.blueprint,
    slips.blueprint,
    telling.blueprint,
    links.blueprint,
    signals.blueprint,
    steps.blueprint,
    profiles.blueprint,
    domains.blueprint,
    jobs.blueprint,
    bases.blueprint,
    held.blueprint,
    handover.blueprint,
    matrix.blueprint,
    path.blueprint,
    teams.blueprint,
    certificates.blueprint,
    certificate_kinds.blueprint,
    filled.blueprint,
    findable.blueprint,
    lessons.blueprint,
    rosters.blueprint,
    away.blueprint,
    closed_days.blueprint,
    insight.blueprint,
    what_if.blueprint,
    lowering.blueprint,
    week.blueprint,
    planning.blueprint,
    balance.blueprint,
    duos.blueprint,
    outcomes.blueprint,
    published.blueprint,
    knowledge.blueprint,
    mirror.blueprint,
    pulse.blueprint,
    waves.blueprint,
    shortage.blueprint,
    year.blueprint,
    rounds.blueprint,
    announcing.blueprint,
    stand_ins.blueprint,
    review.blueprint,
    notes.blueprint,
    roster.blueprint,
    person_roster.blueprint,
    terms.blueprint,
    direct.blueprint,
    waiting.blueprint,
    people.blueprint,
    joining.blueprint,
    pasting.blueprint,
    levels.blueprint,
    sites.blueprint,
    person.blueprint,
    acting.blueprint,
    many.blueprint,
    leaving.blueprint,
    upload.blueprint,
    imports.blueprint,
    views.blueprint,
    programme.blueprint,
    papers.blueprint,
    reminders.blueprint,
    proposals.blueprint,
    managers.blueprint,
    messages.blueprint,
    drafts.blueprint,
    texts.blueprint,
    account.blueprint,
    again.blueprint,
    confirming.blueprint,
    seen.blueprint,
    mine.blueprint,
    notice.blueprint,
    requests.blueprint,
    second_step.blueprint,
    tablets.blueprint,
    kiosk.blueprint,
    pin.blueprint,
    single_sign_on.blueprint,
    single_sign_out.blueprint,
    operations.blueprint,
    console.blueprint,
    trail.blueprint,
    signing_out.blueprint,
)
