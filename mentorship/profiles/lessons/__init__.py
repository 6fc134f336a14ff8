"""Short lessons for mentors: five, each of five cards of two minutes."""
