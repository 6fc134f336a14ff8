"""Somebody new, by hand."""
