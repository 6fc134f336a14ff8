"""Sentences that are kept with a preview, in the language in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mentorship.base.i18n import gettext, integer

Values = Mapping[str, Any]
Option = tuple[str, str]


def said(remark: Values) -> str:
    """Return a kept sentence in the language in force."""
    params = {name: _number(value) for name, value in remark["params"].items()}
    message = remark["message"]
    return gettext(message, **params)


def _number(value: object) -> object:
    return integer(value) if isinstance(value, int) and not isinstance(value, bool) else value
