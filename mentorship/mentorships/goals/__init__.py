"""What the junior works on: goals, levels claimed and confirmed."""
