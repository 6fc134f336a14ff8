"""By what a round is solved: its weights, its floor and spread, and whose requests take part."""
