"""Check-ins that came in by a slip: told to their person, who can take them back."""
