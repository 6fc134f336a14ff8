"""What people can, when they work, how they like to learn, and what a mentor can carry."""
