"""One's own calendar feed: shifts together and check-in dates."""
