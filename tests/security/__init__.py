"""How the service stands against OWASP's ASVS: what SECURITY.md says is held here to the tests and to the code."""
