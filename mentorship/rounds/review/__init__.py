"""Looking into a round: why this pair, why not another, where places are short."""
