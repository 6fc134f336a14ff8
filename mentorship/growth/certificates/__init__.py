"""Certificates: which kinds there are, who has which until when, and who is told before one ends."""
