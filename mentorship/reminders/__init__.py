"""What is due and unsent: who is told what by mail, and who would rather not be."""
