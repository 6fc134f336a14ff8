"""What everybody is told of what is kept about them, who sees it, and how long."""
