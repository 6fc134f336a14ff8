"""What each job asks, and how it is learned."""
