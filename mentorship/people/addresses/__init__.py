"""Addresses for mail that changed: the old one hears of it."""
