"""Figures of groups in closed quarters: the mean of what each side answered, where it isolates nobody."""
