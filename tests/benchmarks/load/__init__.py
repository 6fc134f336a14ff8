"""Two hundred people at once in a large organisation with two years behind it: `make load`."""
