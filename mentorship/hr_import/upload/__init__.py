"""An export in the browser: files are kept as a draft, previewed with what was chosen, and taken in once."""
