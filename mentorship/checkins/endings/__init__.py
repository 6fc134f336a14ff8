"""How a mentorship ends: the closing check-in, last words, thanks."""
