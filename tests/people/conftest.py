"""Fixtures of single sign-on: a real provider, and an application that people come into by it."""

from tests.identity_provider.stage import receiver, running, stage

__all__ = ["receiver", "running", "stage"]
