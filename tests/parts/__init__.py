"""The parts that pages are made of, each in every state, on pages that only tests serve."""
