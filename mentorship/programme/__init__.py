"""The programme's settings: what a pair needs, how a round weighs, and what must be arranged before anything is published."""
