"""What a round found, told to managers before it is published: who may object, by when, and what follows."""
