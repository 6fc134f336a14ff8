"""Not available from a day until a day: nothing is asked of who is away, and nobody else reads when."""
