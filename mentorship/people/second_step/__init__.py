"""The doors of the second factor: asked after the password, set up and turned off at one's account."""
