"""Public holidays, and the days a site is closed or works on one."""
