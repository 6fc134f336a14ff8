"""A manager is reminded of the hours that wait for their answer, by the coordinator."""
