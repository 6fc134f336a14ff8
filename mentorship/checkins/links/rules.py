"""How long a signed link opens a check-in."""

from __future__ import annotations

from datetime import timedelta

LINK_PURPOSE, LINK_LASTS = "check-in", timedelta(days=42)
"""What a signed link to a check-in is good for, and how long."""
