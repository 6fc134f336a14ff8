"""One match round: gather, solve, review, publish, close."""
