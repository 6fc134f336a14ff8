"""Texts that coordinators keep under a name, to write with again."""
