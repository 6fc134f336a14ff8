"""Signing out where a provider vouches for people: here, on to there, and because they signed out there."""
