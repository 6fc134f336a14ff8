"""The pair: proposed, active, paused, ended."""
