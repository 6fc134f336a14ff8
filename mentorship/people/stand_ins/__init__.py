"""Who does somebody's part while they are not there, from a day until a day."""
