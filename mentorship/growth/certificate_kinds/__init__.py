"""Which kinds of certificate there are."""
