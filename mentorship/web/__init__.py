"""The doors' common ground: one transaction per request, pages, errors, safe headers."""
