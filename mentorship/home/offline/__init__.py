"""On a phone: what makes the service installable, and what it says without a connection."""
