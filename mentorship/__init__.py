"""Leermaat: pairs juniors with the senior who fits, and keeps asking whether both keep it up."""
