"""What a junior asks for."""
