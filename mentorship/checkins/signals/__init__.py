"""Signals: what needs somebody's action, who sees it, and what was done."""
