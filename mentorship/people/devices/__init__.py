"""Devices on which somebody signed in before: what others try does not slow them down there."""
