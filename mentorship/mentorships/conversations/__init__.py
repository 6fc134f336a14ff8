"""Conversation cards for a pair: short ones with questions for the two of them, by the phase they are in."""
