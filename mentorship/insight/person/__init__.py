"""One person over all rooms: what they do in the programme now."""
