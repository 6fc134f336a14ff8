"""Sites: where people work, in which region that is, and whether anybody can still come there."""
