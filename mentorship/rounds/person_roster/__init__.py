"""The roster that somebody works by, from a day on."""
