"""What is filled in for somebody by another: marked with by whom, and told to them."""
