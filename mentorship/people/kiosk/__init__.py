"""The door on a shared tablet: a card and a PIN, a few things to do, and out again."""
