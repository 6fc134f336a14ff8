"""How the running pairs stand, for the coordinator: a field of classes, and the pairs of one."""
