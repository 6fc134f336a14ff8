"""Accounts, roles, the reporting line, sign-in, and who may do what."""
