"""What was agreed about the service, word for word, and what waits until it is agreed to."""
