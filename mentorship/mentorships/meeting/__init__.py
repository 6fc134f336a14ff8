"""The first meeting of a pair: ten points to agree on, each by a tap."""
