"""The two-sided check-ins: does the junior develop well, and does the mentor keep it up?"""
