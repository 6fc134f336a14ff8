"""Things to do, for the search: what one does with one's account."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "account.show",
        "lock",
        N_("Change my password"),
        words="wachtwoord account inloggen sign-in login",
    ),
    Task(
        "second_step.set_up",
        "shield",
        N_("Set up or turn off my second factor"),
        words="tweede factor 2fa mfa totp authenticator app code inloggen herstelcodes recovery",
    ),
    Task(
        "account.show",
        "device-laptop",
        N_("See where I am signed in, and sign out there"),
        words="apparaten sessies uitloggen telefoon account devices sessions",
    ),
)
