"""A duo's own page: the line of answers, shifts together, hours noted."""
