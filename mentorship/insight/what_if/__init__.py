"""What would come of places moved, somebody pausing or away, or one more mentor: told before anything is saved."""
