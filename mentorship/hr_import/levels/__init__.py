"""Levels that were filled in on the sheet of the training matrix, read back in after a look at what changes."""
