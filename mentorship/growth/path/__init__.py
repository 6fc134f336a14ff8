"""Where somebody wants to grow to, and the steps that lead there."""
