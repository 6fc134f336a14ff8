"""How the programme does: outcomes with the number behind each, and what they cannot say; kept of closed quarters."""
