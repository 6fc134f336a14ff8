"""Things to do, for the search: what one does with people."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task
from mentorship.people import access

TASKS = (
    Task(
        "joining.new",
        "user-plus",
        N_("Add somebody"),
        words="persoon medewerker toevoegen nieuw iemand aannemen person employee new hire",
        shown=access.MANAGE_PEOPLE.allows,
    ),
    Task(
        "sites.index",
        "building",
        N_("Add or change a site"),
        words="vestiging locatie toevoegen sluiten hernoemen regio feestdagen site close rename region",
        shown=access.MANAGE_PEOPLE.allows,
    ),
    Task(
        "people.index",
        "printer",
        N_("Print activation codes"),
        words="codes printen afdrukken inlogcode inlogcodes activatiecode kaarten uitnodigen sign-in cards invite",
        shown=access.GIVE_CODES.allows,
        values={"account": "none"},
    ),
    Task(
        "tablets.index",
        "device-tablet",
        N_("Shared tablets and their cards"),
        words="tablet kantine gedeeld kiosk pas pasjes pincode kaart canteen shared kiosk card pin",
        shown=access.KEEP_TABLETS.allows,
    ),
    Task(
        "person.show",
        "printer",
        N_("Make an activation code for %(name)s"),
        words="code printen afdrukken inlogcode activatiecode wachtwoord vergeten print sign-in password forgotten",
        shown=access.GIVE_CODES.allows,
        on_person=True,
    ),
)
