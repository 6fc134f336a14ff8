"""The first to come in, where nobody is yet: by an address that is told once."""
