"""Sessions: how long one lasts unused, why one is over, and how long ago its person confirmed that it is them."""
