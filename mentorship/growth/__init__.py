"""Where people can grow: what a job asks, who works in which, and how far each is."""
