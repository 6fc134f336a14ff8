"""A year ahead: places against pairs that run, people who wait and newcomers who are expected, month by month."""
