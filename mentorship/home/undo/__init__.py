"""What one did just now, and undoing it."""
