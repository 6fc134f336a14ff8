"""What coordinators note for each other about a request of a round."""
