"""`python -m mentorship.cli`."""

from mentorship.cli import main

main()
