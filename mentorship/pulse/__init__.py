"""The pulse: once a year a minute of questions to everybody, anonymous by construction; what it came to.

Why nothing links what was answered to a person stands in `models`, and what cannot be excluded as well.
"""
