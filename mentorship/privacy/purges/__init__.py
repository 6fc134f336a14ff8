"""What is deleted when its time is over: the list of purges, and when each passed last."""
