"""All pairs that one may see: a list to work in, and one of them beside it."""
