"""What was agreed about the service, for everybody to read; entering it, and what waits for that."""
