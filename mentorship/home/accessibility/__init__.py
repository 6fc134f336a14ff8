"""Who can use the service, and how that was tested: the statement that the law asks for."""
