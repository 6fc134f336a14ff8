"""What an export says, as plain values: no database ids, no file formats. A match can be run straight from these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mentorship.base.i18n import gettext

Place = tuple[str, int]
"""A kind of file and a line in it; line 0 when the file is not there."""
FORMS = ("on_the_job", "classroom", "online", "with_colleague", "short_modules")


def _nobody(_numbers: set[str]) -> dict[str, str]:
    """Return that none of these was erased."""
    return {}


@dataclass(frozen=True)
class Remark:
    """A sentence to translate when shown: an English message marked with `N_`, and what fills its placeholders."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.message, **self.params)


@dataclass(frozen=True)
class SetAside:
    """A row that is not taken: the kind of file, its line (the header is line 1), whom or what it is about, and why.

    `because` is the row that is to blame, `source` the file as it is called by who made it.
    """

    file: str
    line: int
    key: str
    reason: Remark
    because: Place | None = None
    source: str = ""


@dataclass(frozen=True)
class Filled:
    """A row that went in without one of its cells, or with what was harmless instead, and why."""

    file: str
    line: int
    key: str
    column: str
    reason: Remark
    because: Place | None = None
    source: str = ""


@dataclass(frozen=True)
class Tidied:
    """How many cells of a kind of file were put right, by what was (a key of `cells.TIDIED`)."""

    file: str
    kind: str
    cells: int


@dataclass(frozen=True)
class FileCount:
    """The rows of one file: `taken` went in, `cleaned` were tidied or dropped as a repetition."""

    rows: int = 0
    taken: int = 0
    cleaned: int = 0
    set_aside: int = 0


@dataclass(frozen=True)
class ShiftRecord:
    """A shift in minutes from midnight; an end past midnight is above 1440. Both None: a code that means free."""

    code: str
    begins: int | None
    ends: int | None
    description: str


@dataclass(frozen=True)
class RosterRecord:
    """A roster: per day of its cycle the codes of what is worked, none on a free day.

    One that does not repeat has dated days: the first is `starts_on`.
    """

    name: str
    starts_on: date
    cycle: tuple[tuple[str, ...], ...]
    repeats: bool = True


@dataclass(frozen=True)
class DomainRecord:
    """A field of craft."""

    name: str
    critical: bool
    remote: bool


@dataclass(frozen=True)
class PersonRecord:
    """An employee. `manager` is a number, `school_days` count from 0 = Monday, `roles` only junior, senior, manager.

    `others_above` are the managers besides; `unsaid` are fields of which the file says nothing that can be read.
    """

    number: str
    given_name: str
    infix: str
    family_name: str
    email: str | None
    site: str
    department: str
    roles: tuple[str, ...]
    manager: str | None
    roster: str | None
    school_days: tuple[int, ...]
    languages: tuple[str, ...]
    places: int | None
    hours: Decimal | None
    remote: bool
    horizon: str = "unknown"
    others_above: tuple[str, ...] = ()
    unsaid: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ExpertiseRecord:
    """A person's level in a domain."""

    number: str
    domain: str
    level: int
    willing: bool


@dataclass(frozen=True)
class PreferenceRecord:
    """Five figures in the order of `FORMS`: wanted (5 the most, a ranking) or, for mentors, comfort 0-4."""

    number: str
    figures: tuple[int, ...]
    is_wish: bool


@dataclass(frozen=True)
class NeedRecord:
    """One domain of a request."""

    domain: str
    current_level: int
    target_level: int
    importance: int


@dataclass(frozen=True)
class RequestRecord:
    """A mentor request; the first need is the main one."""

    number: str
    goal: str
    needs: tuple[NeedRecord, ...]


@dataclass(frozen=True)
class DuoRecord:
    """A running pair."""

    mentor: str
    junior: str
    domain: str
    started_on: date


@dataclass(frozen=True)
class AwayRecord:
    """Somebody is not available from a day until a day, that day included. Never a reason."""

    number: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class KnownPerson:
    """What the checks need of somebody who is here already; `left` once their last day is past."""

    number: str
    email: str | None
    manager: str | None
    roles: frozenset[str]
    name: str = ""
    site: str = ""
    left: bool = False
    others_above: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What is here already. Names are found by their casefolded form, and lead to how it is spelled here."""

    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)
    closed_sites: frozenset[str] = frozenset()
    """Sites to which nobody comes any more, as they are spelled here."""
    shifts: Mapping[str, str] = field(default_factory=dict)
    rosters: Mapping[str, str] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)
    erased: Callable[[set[str]], dict[str, str]] = field(default=_nobody, repr=False)
    """Which of some numbers are of people who had everything erased, and the digest by which that is known."""


@dataclass(frozen=True)
class ColumnNotTaken:
    """A column of the export that is left alone, and why."""

    file: str
    column: str
    reason: Remark


@dataclass(frozen=True)
class Export:
    """A checked export. `absent` names, per file, the fields whose column is not there: nothing is said about those.

    `renumbered`: who has another number from now on, old to new. `left_alone`: numbers here of which the rows are not
    taken, as was answered. `returned`: who had left and is back. `addresses_moved`: who gives up an address.
    """

    sites: tuple[str, ...]
    shifts: tuple[ShiftRecord, ...]
    rosters: tuple[RosterRecord, ...]
    domains: tuple[DomainRecord, ...]
    people: tuple[PersonRecord, ...]
    expertise: tuple[ExpertiseRecord, ...]
    preferences: tuple[PreferenceRecord, ...]
    requests: tuple[RequestRecord, ...]
    duos: tuple[DuoRecord, ...]
    set_aside: tuple[SetAside, ...]
    counts: Mapping[str, FileCount]
    absent: Mapping[str, frozenset[str]]
    not_taken: tuple[ColumnNotTaken, ...]
    files_missing: tuple[str, ...]
    away: tuple[AwayRecord, ...] = ()
    filled: tuple[Filled, ...] = ()
    tidied: tuple[Tidied, ...] = ()
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    renumbered: Mapping[str, str] = field(default_factory=dict)
    left_alone: frozenset[str] = frozenset()
    returned: tuple[str, ...] = ()
    addresses_moved: tuple[str, ...] = ()
