"""How the match works, in plain words, with the weights as they are set now."""
