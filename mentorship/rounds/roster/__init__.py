"""One roster and the shifts: setting their days and times, and what that does to the duos that run."""
