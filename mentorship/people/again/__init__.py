"""The doors where somebody confirms that it is still them, before what matters most."""
