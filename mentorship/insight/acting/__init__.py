"""Doors to act on pairs: pause, go on, end, say until when, and the same two again."""
