"""What builds on what: which domains are learned after which."""
