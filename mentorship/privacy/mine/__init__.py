"""Seeing all that is kept about oneself, and taking it along."""
