"""The way to the organisation's provider and back: signing in, confirming, being asked again, signing out."""
