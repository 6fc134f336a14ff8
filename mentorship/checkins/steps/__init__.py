"""Steps: what the service itself carries out about a signal, what it says of that, and what a manager is asked."""
