"""Proposals that wait: on whom, for how long, who was reminded; and reminding them."""
