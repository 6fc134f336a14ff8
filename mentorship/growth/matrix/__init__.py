"""How far people are in what their job profile asks."""
