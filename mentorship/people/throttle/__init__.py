"""Guessing is slowed down: of passwords, codes and slips, for a name and for a network, nobody being locked out."""
