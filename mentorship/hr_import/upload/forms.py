"""What is sent with files."""

from __future__ import annotations

from mentorship.base.forms import Form, Line


class SourceForm(Form):
    """Where the files come from, so that the next ones are read alike."""

    source: Line = ""
