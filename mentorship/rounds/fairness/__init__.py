"""How a round fell out for groups of five or more: by site, shifts, hours, language and waiting."""
