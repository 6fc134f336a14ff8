"""Signing in: codes, passwords, sessions, and the gate of every route."""
