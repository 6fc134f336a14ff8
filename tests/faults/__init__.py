"""What breaks in the night, brought about on purpose: a small form of each among the tests, whole by `make faults`."""
