"""Acting on a pair that runs: by its two sides, the coordinator, or a manager above one of the two."""
