"""The imports there were: who, when, what; and taking back the last one."""
