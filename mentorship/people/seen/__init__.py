"""The door at which everybody sees who looked at them."""
