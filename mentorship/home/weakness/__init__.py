"""A weak spot that somebody found: whom to tell, on a page and in the file that finders look for."""
