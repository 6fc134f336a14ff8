"""Shared tablets at the desk: which there are, who has a card, and one's own PIN."""
