"""Signed links and codes on paper: one check-in without signing in."""
