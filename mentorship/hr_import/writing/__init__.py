"""Records -> the tables of every room, by three-way merge."""
