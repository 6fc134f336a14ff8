"""The menu: where each role can go, in groups."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.home import waiting
from mentorship.people import access
from mentorship.people.access import Actor
from mentorship.web.menu import Menu, MenuGroup, MenuItem


def _item(
    endpoint: str,
    icon: str,
    title: str,
    rule: access.Rule,
    *covers: str,
    waits: str = "",
    total: str = "",
    needs: str = "",
) -> MenuItem:
    def shown(actor: Actor | None) -> bool:
        return rule.allows(actor)

    return MenuItem(
        endpoint,
        icon,
        title,
        shown,
        covers,
        waits,
        total,
        needs,
    )


TODAY = _item("home.index", "sunrise", N_("Today"), access.SIGNED_IN, "home", "search", "pulse", waits="things")
SIGNALS = _item("signals.index", "inbox", N_("Signals"), access.SEE_SIGNALS, "signals", waits="signals")
ROUNDS = _item(
    "rounds.index", "arrows-split-2", N_("Match rounds"), access.COORDINATE, "rounds", "review", "terms", "proposals"
)
OWN_DUOS = _item(
    "mentorships.index",
    "heart-handshake",
    N_("My pairs"),
    access.GUIDE,
    *("mentorships", "duo", "goals", "pace", "hours", "checkins", "endings", "lessons", "mentoring"),
    *("meeting", "conversations"),
    waits="own pairs",
)
IN_CONFIDENCE = _item(
    "asked.index",
    "lock",
    N_("In confidence"),
    access.SIGNED_IN,
    "asked",
    waits="asked in confidence",
    needs="confidant",
)
OWN_REQUEST = _item("mentor_requests.mine", "help", N_("My request"), access.ASK)
FIND = _item("questions.index", "search", N_("Find somebody"), access.SIGNED_IN, "questions")
OWN_PATH = _item("path.index", "stairs-up", N_("My path"), access.ASK, "path")
OWN_PROFILE = _item(
    "profiles.index",
    "user",
    N_("Profile"),
    access.SIGNED_IN,
    *(
        "profiles",
        "account",
        "pin",
        "reminders",
        "messages.received",
        "away",
        "seen",
        "mine",
        "requests",
        "notice",
        "held.mine",
        "handover",
        "held.add",
    ),
)

GETTING_STARTED = _item(
    "setup.index",
    "flag",
    N_("Getting started"),
    access.COORDINATE,
    *("setup", "pasting"),
    waits="set-up steps",
    needs="set-up steps",
)
MATRIX = "matrix", "teams", "path.shown", "path.of_person", "levels"
ROSTERS = "rosters", "roster", "closed_days"
PEOPLE = (
    "people",
    "person",
    "many",
    "joining",
    "sites",
    "tablets",
    "leaving",
    "profiles.person",
    "profiles.training_of",
    "away.of_person",
    "away.save_of",
    "messages",
    "drafts",
    "texts",
    "held.index",
)

JOBS = "jobs", "bases", "certificate_kinds"

MENU = Menu(
    desk=(
        MenuGroup(N_("To begin"), (GETTING_STARTED,)),
        MenuGroup(
            N_("Every day"),
            (
                TODAY,
                SIGNALS,
                _item("duos.index", "heart-handshake", N_("Pairs"), access.SEE_DUOS, "duos", total="running pairs"),
                _item(
                    "waiting.index",
                    "list-check",
                    N_("Waiting list"),
                    access.COORDINATE,
                    *("waiting.places", "waiting.seen", "waiting.ask"),
                    total="open requests",
                ),
                ROUNDS,
            ),
        ),
        MenuGroup(
            N_("People"),
            (
                _item("people.index", "users", N_("People"), access.SEE_PEOPLE, *PEOPLE),
                _item(
                    "insight.index",
                    "scale",
                    N_("Who carries what"),
                    access.SEE_WORKLOAD,
                    "insight",
                    "published",
                    "shortage",
                    "year",
                    "week",
                    "planning",
                ),
                _item("knowledge.index", "map-2", N_("Knowledge map"), access.SEE_KNOWLEDGE, "knowledge", "handover"),
                _item("matrix.index", "columns", N_("Training matrix"), access.SEE_MATRIX, *MATRIX),
                _item("mirror.index", "chart-bar", N_("Sector mirror"), access.COORDINATE, "mirror", "waves"),
                _item(
                    "certificates.index",
                    "id",
                    N_("Certificates"),
                    access.SEE_CERTIFICATES,
                    "certificates",
                    "held.people_to_note",
                    "held.note",
                ),
                _item("outcomes.index", "chart-bar", N_("How the programme does"), access.COORDINATE, "outcomes"),
            ),
        ),
        MenuGroup(
            N_("Set up"),
            (
                _item("upload.index", "upload", N_("Import"), access.IMPORT, "upload", "imports"),
                _item("domains.index", "tools", N_("Domains"), access.COORDINATE, "domains"),
                _item("jobs.index", "clipboard", N_("Job profiles"), access.COORDINATE, *JOBS),
                _item("rosters.index", "calendar-event", N_("Rosters"), access.KEEP_ROSTERS, *ROSTERS),
                _item("settings.index", "message-circle", N_("Check-ins"), access.COORDINATE, "settings", "confidants"),
                _item("programme.index", "settings", N_("Programme"), access.COORDINATE, "programme", "agreements"),
                _item("papers.index", "clipboard", N_("Papers"), access.KEEP_PAPERS, "papers"),
            ),
        ),
        MenuGroup(
            N_("The service"),
            (
                _item("console.index", "settings", N_("How it stands"), access.ADMINISTER),
                _item("console.accounts", "users", N_("Accounts"), access.ADMINISTER),
                _item("console.codes", "lock", N_("Codes out"), access.ADMINISTER),
                _item("console.mail", "mail", N_("Mail"), access.ADMINISTER),
                _item(
                    "requests.all_of_them",
                    "lock",
                    N_("Data requests"),
                    access.ADMINISTER,
                    "requests.show",
                ),
                _item("trail.index", "list-check", N_("Audit log"), access.ADMINISTER, "trail"),
            ),
        ),
        MenuGroup(N_("My own"), (IN_CONFIDENCE, OWN_DUOS, OWN_REQUEST, FIND, OWN_PATH, OWN_PROFILE)),
    ),
    own=MenuGroup("", (TODAY, IN_CONFIDENCE, OWN_DUOS, OWN_REQUEST, OWN_PATH, OWN_PROFILE)),
    has_desk=access.HAVE_DESK.allows,
    counts=waiting.counts,
)
