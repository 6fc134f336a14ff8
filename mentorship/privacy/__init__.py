"""What is kept about somebody, their rights, the papers of the service, asking every room."""
