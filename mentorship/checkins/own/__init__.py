"""Check-ins on one's own initiative: one asked for now, and one that was sent and is changed."""
