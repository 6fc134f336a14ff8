"""What somebody kept before a code opened their account: closed, until they confirm that it is them."""
