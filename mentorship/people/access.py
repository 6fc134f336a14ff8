"""Who may do what: the one place. A route names one of these rules; a route without a rule is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

JUNIOR = "junior"
SENIOR = "senior"
MANAGER = "manager"
COORDINATOR = "coordinator"
HR = "hr"
ADMIN = "admin"
POWERFUL = frozenset({COORDINATOR, HR, ADMIN})
"""The roles that decide about people of every line; an admin alone gives and takes them."""


@dataclass(frozen=True)
class Actor:
    """Who asks: a person with the roles they hold at this moment."""

    person_id: int
    roles: frozenset[str]
    name: str = ""
    initials: str = ""
    locale: str = "nl"
    sign_in_id: int | None = None
    second_factor: bool = False
    seen_at: datetime | None = None
    confirmed_at: datetime | None = None
    """When their session was last used as far as written down, and when they last confirmed that it is them."""
    tablet_id: int | None = None
    """The shared tablet on which they are signed in, None on what is their own."""
    vouched_at: datetime | None = None
    """When the organisation's provider last vouched for them; None where they signed in by a password of ours."""
    closed_before: datetime | None = None
    """What they kept to themselves before this moment is closed to them, until they confirm that it is them."""

    def is_closed(self, since: datetime | None) -> bool:
        """Tell whether what this person kept to themselves at a moment (None: long ago) is closed to who signed in."""
        if self.closed_before is None:
            return False
        return since is None or since < self.closed_before

    def shows_own(self, since: datetime | None) -> bool:
        """Tell whether what they gave before may be on the screen: it is theirs, and nobody looks over a shoulder."""
        return self.tablet_id is None and not self.is_closed(since)

    def has(self, *roles: str) -> bool:
        """Tell whether the actor holds one of these roles."""
        return bool(self.roles.intersection(roles))


@dataclass(frozen=True)
class Subject:
    """What is asked for: the people whose own it is (or who may, where more than a role decides), their managers.

    `kept`: since when its owner keeps it to themselves; None for what is no such thing.
    """

    owners: frozenset[int] = frozenset()
    line: frozenset[int] = frozenset()
    kept: datetime | None = None


@dataclass(frozen=True)
class Rule:
    """A rule: these roles may, or the owner, or a manager in the owner's line."""

    name: str
    roles: frozenset[str] = frozenset()
    owner: bool = False
    line: bool = False
    signed_in: bool = False
    anyone: bool = False

    def allows(self, actor: Actor | None, subject: Subject | None = None) -> bool:
        """Decide; without a subject only the roles count."""
        if self.anyone:
            return True
        if actor is None:
            return False
        if self.signed_in or actor.has(*self.roles):
            return True
        if subject is None:
            return False
        if self.owner and actor.person_id in subject.owners:
            return True
        return self.line and actor.has(MANAGER) and actor.person_id in subject.line


def _roles(name: str, *roles: str, owner: bool = False, line: bool = False) -> Rule:
    return Rule(
        name,
        frozenset(roles),
        owner=owner,
        line=line,
    )


PUBLIC = Rule("public", anyone=True)
SIGNED_IN = Rule("signed in", signed_in=True)
ASK = _roles("ask for a mentor", JUNIOR, SENIOR)
GUIDE = _roles("offer places", JUNIOR, SENIOR)
HAVE_DESK = _roles("work at a desk", MANAGER, COORDINATOR, HR, ADMIN)
OWN = _roles("one's own", owner=True)
SEE_PROFILE = _roles("see a profile", COORDINATOR, owner=True)
CORRECT_TRAINING = _roles("correct a training", COORDINATOR, owner=True)
SEE_PAIR = _roles("see a mentorship", COORDINATOR, owner=True)
SEE_PEOPLE = _roles("see people", COORDINATOR, HR, ADMIN)
MANAGE_PEOPLE = _roles("add and change people", COORDINATOR, HR, ADMIN)
GIVE_CODES = _roles("give codes for accounts", COORDINATOR, HR)
KEEP_TABLETS = _roles("keep shared tablets", COORDINATOR, HR, ADMIN)
CHOOSE_ROSTER = _roles("choose somebody's roster", COORDINATOR, HR, owner=True)
KEEP_ROSTERS = _roles("keep rosters", COORDINATOR, HR)
IMPORT = _roles("take in an export", COORDINATOR, HR, ADMIN)
SAY_WHO_LEAVES = Rule("say who leaves", MANAGE_PEOPLE.roles)
SAY_WHO_IS_AWAY = _roles("say when somebody is away", COORDINATOR, HR, line=True)
HAVE_TEAM = _roles("have a team", MANAGER)
KEEP_PAPERS = _roles("keep the papers", COORDINATOR, ADMIN)
PAIR_SOMEBODY = _roles("pair somebody now", COORDINATOR, line=True)
COORDINATE = _roles("coordinate", COORDINATOR)
ANSWER_PAIRS = _roles("answer announced pairs", MANAGER, COORDINATOR)
NAME_STAND_IN = _roles("name a stand-in", COORDINATOR, owner=True)
ADMINISTER = _roles("administer", ADMIN)
SEE_BALANCE = _roles("see how a pair stands", COORDINATOR, owner=True, line=True)
SEE_DUOS = _roles("see the pairs", MANAGER, COORDINATOR)
SEE_SIGNALS = _roles("see signals", SENIOR, MANAGER, COORDINATOR)
ACT_ON_SIGNAL = _roles("act on a signal", owner=True)
EASE_ONES_LOAD = _roles("lighten one's own load by a signal", owner=True)
RELEASE_SIGNAL = _roles("release a signal of one's own", owner=True)
HAND_OUT_CODES = _roles("hand out codes for check-ins", MANAGER, COORDINATOR)
SEE_WORKLOAD = _roles("see who carries what", MANAGER, COORDINATOR)
SEE_KNOWLEDGE = _roles("see where knowledge is at risk", MANAGER, COORDINATOR)
SEE_MATRIX = _roles("see the training matrix", MANAGER, COORDINATOR)
SEE_PATH = _roles("see the path that somebody shows", COORDINATOR, owner=True, line=True)
SEE_HANDOVER = _roles("see a handover plan", owner=True)
SET_JOBS = _roles("say who works in which job", MANAGER, COORDINATOR, HR)
SEE_CERTIFICATES = _roles("see who has which certificate", MANAGER, COORDINATOR, HR)
KEEP_CERTIFICATES = _roles("note and confirm certificates", COORDINATOR, HR)
REMOVE_CERTIFICATE = _roles("remove a certificate", COORDINATOR, HR, owner=True)
SEE_PUBLISHED = _roles("see published groups", MANAGER, COORDINATOR)
STOP_PLANNING_FEED = _roles("stop an address of a planning system", COORDINATOR, owner=True)
CONFIRM_HOURS = _roles("confirm hours in the planning", line=True)
LOWER_LOAD = _roles("lower what a mentor carries", COORDINATOR, line=True)
