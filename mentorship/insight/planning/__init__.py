"""Hours of guiding for a planning system: secret addresses that give them, person by person and day by day."""
