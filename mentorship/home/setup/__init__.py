"""The guide from nothing to the first pair: six steps, in any order, done as far as what stands says so."""
