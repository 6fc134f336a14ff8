"""A pasted list of names, or one sheet: read as an export of people, with what it lacks proposed."""
