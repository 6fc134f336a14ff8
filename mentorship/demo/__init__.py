"""A lifelike organisation to try the service with."""
