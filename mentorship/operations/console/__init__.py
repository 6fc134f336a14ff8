"""What an administrator looks at: accounts and their codes, mail, and how the service stands."""
