"""The `mentorship` command as an administrator types it."""
