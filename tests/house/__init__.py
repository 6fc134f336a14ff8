"""The house, measured: what functions hold, how lines read, how rooms stand; `python -m tests.house` prints it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
