"""Who said that colleagues may find them, and who can teach what."""
