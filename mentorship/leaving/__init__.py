"""Who leaves: the last day, and what follows from it in every room below."""
