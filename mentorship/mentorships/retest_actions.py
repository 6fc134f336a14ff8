"""The verb that notes which rules running pairs no longer meet. It never commits."""

from __future__ import annotations
