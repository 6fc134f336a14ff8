"""Working together, week by week."""
