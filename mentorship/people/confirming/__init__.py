"""The doors by which somebody confirms that an account is theirs."""
