"""How the other of a duo reaches somebody: what each chooses to show."""
