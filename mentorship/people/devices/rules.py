"""What is kept of a device, and for how long."""

from __future__ import annotations

from datetime import timedelta

KEPT = timedelta(days=365)
"""A device is known for so long after it was last used to sign in."""
LONGEST = 100
"""The characters of its secret: another was not made by us."""
