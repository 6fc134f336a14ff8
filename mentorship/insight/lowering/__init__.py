"""Fewer places for a mentor, as the coordinator or somebody above them fills in, without a signal."""
