"""What somebody gave as a mentor: hours, juniors, steps, courses, thanks, and a statement of it to keep."""
