"""The second factor: an app that shows a code of six digits, and codes on paper for when it is gone."""
