"""Who looked at whom: kept when somebody opens another's pages, and shown to that person."""
