"""A match round straight from the files of an HR export, without a database: the terminal, JSON, a page to keep."""
