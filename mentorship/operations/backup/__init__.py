"""Backups: made whole or not at all, looked into after writing, kept so many days, and put back."""
