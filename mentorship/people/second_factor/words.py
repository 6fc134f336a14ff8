"""What is said of a second factor."""

from __future__ import annotations

from mentorship.base.i18n import gettext


def standing(is_on: bool) -> str:
    """Say whether a second factor is asked."""
    if is_on:
        return gettext("After your password we ask a code of your app.")
    return gettext("Your password alone is enough to sign in. With a code of an app on your phone it is safer.")
