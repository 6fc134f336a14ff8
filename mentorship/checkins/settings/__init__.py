"""Whether, how often and what both sides are asked."""
