"""The waves of the pulse: planned by the coordinator, opened and closed on their days."""
