"""A team's week: shift by shift who guides whom, as the rosters plan it."""
