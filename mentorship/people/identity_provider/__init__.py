"""The organisation's own provider of identities (OpenID Connect): who it vouches for, and whether it still does."""
