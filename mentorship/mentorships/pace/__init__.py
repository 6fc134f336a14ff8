"""The pace of a junior: by when goals are meant to be reached, and how long their steps take."""
