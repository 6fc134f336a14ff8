"""The programme's settings: what a pair needs, how a round weighs, what must be arranged before publishing."""
