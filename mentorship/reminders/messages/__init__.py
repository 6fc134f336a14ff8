"""What a coordinator writes to a selection of people, and what became of it."""
