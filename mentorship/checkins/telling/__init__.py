"""Asking the author of a lowest answer whether somebody shall know of it."""
