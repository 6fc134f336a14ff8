"""Who holds which knowledge, when it leaves, and who is learning it: the map, its five years, and what to do first."""
