"""The desk of a confidant: who asked for them, and nothing else."""
