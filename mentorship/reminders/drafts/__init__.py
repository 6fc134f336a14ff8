"""A message before it is sent: to whom, in which words, and how each will read it."""
