"""The fields of craft that the company knows."""
