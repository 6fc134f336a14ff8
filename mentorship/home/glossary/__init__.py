"""What our own words mean, for whoever reads one for the first time."""
