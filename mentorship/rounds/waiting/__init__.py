"""The waiting list: everybody without a mentor, what stops them today, and the next step."""
