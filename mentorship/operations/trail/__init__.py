"""The audit log, to look through and to take along: who decided what, about whom, when."""
