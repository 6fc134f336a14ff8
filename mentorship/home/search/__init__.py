"""Search: whatever one may see, and whatever one may do, by a few letters."""
