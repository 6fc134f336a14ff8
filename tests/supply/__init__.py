"""What we build on: its licences, its known weaknesses, the bill of materials; `python -m tests.supply` audits it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
