"""Things to do, for the search: what one does with who carries what."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task
from mentorship.people.access import COORDINATE, MANAGER, SEE_DUOS, SEE_PUBLISHED, Actor


def _manages(actor: Actor) -> bool:
    return actor.has(MANAGER)


TASKS = (
    Task(
        "insight.index",
        "clock",
        N_("Confirm hours in the schedule"),
        words="uren bevestigen planning mentoren hours",
        shown=_manages,
        values={"line": "own", "sort": "waiting", "order": "down"},
    ),
    Task(
        "insight.index",
        "scale",
        N_("See who has places free"),
        words="plekken vrij ruimte uren wie kan mentor capaciteit room capacity hours",
        values={"sort": "free", "order": "down"},
    ),
    Task(
        "duos.index",
        "heart-handshake",
        N_("See how the pairs stand"),
        words="duo's balans klassen loopt vast praten stuck talk classes balance",
        shown=SEE_DUOS.allows,
        values={"sort": "how"},
    ),
    Task(
        "outcomes.index",
        "chart-bar",
        N_("See how the programme does"),
        words="resultaten uitkomsten cijfers kwartaal or ondernemingsraad directie outcomes results figures quarter",
        shown=COORDINATE.allows,
    ),
    Task(
        "mirror.index",
        "chart-bar",
        N_("See how we stand beside the sector"),
        words="sectorspiegel sector techbarometer peiling cijfers vergelijken mirror sector pulse figures compare",
        shown=COORDINATE.allows,
    ),
    Task(
        "waves.index",
        "message-circle",
        N_("Plan a pulse"),
        words="peiling enquête vragen anoniem iedereen jaarlijks pulse survey questions anonymous yearly",
        shown=COORDINATE.allows,
    ),
    Task(
        "published.index",
        "scale",
        N_("See the figures of groups"),
        words="groepen cijfers kwartaal gepubliceerd vestiging vakgebied groups figures quarter published",
        shown=SEE_PUBLISHED.allows,
    ),
)
