"""Who is the confidant of a site, and who stands in for them."""
