"""Where places are short, by domain and site, and what one more place brings exactly."""
