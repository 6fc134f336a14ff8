"""Things to do, for the search: what one does on a profile."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task
from mentorship.people import access

TASKS = (
    Task(
        "profiles.index",
        "school",
        N_("Say what I can and want to pass on"),
        words="kennis expertise vakgebied niveau wat ik kan profiel knowledge level profile",
        shown=access.GUIDE.allows,
        values={"open": "expertise", "_anchor": "expertise"},
    ),
    Task(
        "profiles.index",
        "bulb",
        N_("Say how I like to learn"),
        words="leren leervorm manier profiel learning profile",
        shown=access.ASK.allows,
        values={"open": "learning", "_anchor": "learning"},
    ),
    Task(
        "profiles.index",
        "calendar-week",
        N_("Set my roster and days off"),
        words="rooster diensten werktijd vrije dag schooldag taal talen shifts working time day off profile",
        values={"open": "time", "_anchor": "time"},
    ),
    Task(
        "profiles.index",
        "user-plus",
        N_("Set my places and hours as a mentor"),
        words="plekken uren mentor worden aanbieden become offer",
        shown=access.GUIDE.allows,
        values={"open": "places", "_anchor": "places"},
    ),
    Task(
        "lessons.index",
        "school",
        N_("Follow a short lesson for mentors"),
        words="uitleggen vragen feedback loslaten tijd leren kaarten explaining asking letting go own time cards",
        shown=access.GUIDE.allows,
    ),
    Task(
        "profiles.wishes",
        "star",
        N_("Name whom I want to work with, or rather not"),
        words="wens wensen collega liever niet blokkeren wish colleague block",
    ),
    Task(
        "profiles.person",
        "user",
        N_("Open the profile of %(name)s"),
        words="profiel bekijken openen kennis rooster profile",
        on_person=True,
    ),
    Task(
        "away.index",
        "calendar-event",
        N_("Say that I am away"),
        words="afwezig niet beschikbaar vrij vakantie verlof er niet away absent holiday leave",
    ),
)
