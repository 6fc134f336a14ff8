"""A shared tablet, and the card and PIN by which people without a phone of their own answer on it."""
