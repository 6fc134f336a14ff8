"""One's own PIN for the shared tablet, chosen on a device of one's own."""
