"""Each role's own desk: what to do next."""
