"""Shifts and rosters: who works when."""
