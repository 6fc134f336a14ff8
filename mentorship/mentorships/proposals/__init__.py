"""A proposal from the day it is made until both answered: who was reminded, when it lapses, withdrawing it."""
