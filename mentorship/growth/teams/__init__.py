"""How mixed a team is: the spread of levels, and who could learn what from whom."""
