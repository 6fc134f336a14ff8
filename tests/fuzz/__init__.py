"""Requests that no browser would send, crawls of what is another's, and what others may learn: `make fuzz`."""
