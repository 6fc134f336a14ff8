"""The sector mirror: what the organisation's own pulse came to, beside the figures of the TechBarometer."""
