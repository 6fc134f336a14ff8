"""What an administrator looks at: whether the service lives, jobs and mail."""
