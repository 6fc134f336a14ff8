"""Who works in which job profile."""
