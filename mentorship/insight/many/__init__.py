"""Many people at once: roles, a roster, a site."""
