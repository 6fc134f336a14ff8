"""How long what is done about a signal lasts."""

from __future__ import annotations

from datetime import timedelta

LATER = timedelta(weeks=2)
"""When a signal is looked at again, unless somebody says otherwise."""
PAUSE = timedelta(weeks=4)
"""How long a pause lasts that a mentor takes in one tap."""
