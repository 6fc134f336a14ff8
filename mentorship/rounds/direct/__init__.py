"""Somebody is paired at once, outside a round: the best eligible mentors, and what each takes from the others."""
