"""What people send, checked into plain values by pydantic; every error becomes a sentence beside its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from mentorship.base.db import MAX_ID
from mentorship.base.i18n import N_, gettext, parse_decimal

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _plain(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError(N_("This text has characters that cannot be stored."))
    return text.strip()


def decimal_or_text(value: object) -> object:
    """Read a number typed with a comma or a point; used before pydantic's own checks."""
    try:
        return parse_decimal(value) if isinstance(value, str) else value
    except InvalidOperation:
        raise ValueError(N_("Fill in a number.")) from None


def _empty_is_none(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        return None
    return value


def _short_line_ends(value: object) -> object:
    """Count the end of a line once, as the browser did before it sent two characters for it."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    return value


Line = Annotated[str, Field(max_length=200), AfterValidator(_plain)]
Paragraph = Annotated[str, Field(max_length=2000), AfterValidator(_plain), BeforeValidator(_short_line_ends)]
RowId = Annotated[int, Field(ge=1, le=MAX_ID)]
Hours = Annotated[Decimal, BeforeValidator(decimal_or_text), Field(ge=0, le=40, max_digits=4, decimal_places=2)]
Optional_ = BeforeValidator(_empty_is_none)
Level = Annotated[int, Field(ge=0, le=5)]

SENTENCES = {
    "missing": N_("Fill this in."),
    "string_too_short": N_("Fill this in."),
    "too_short": N_("Fill this in."),
    "string_unicode": N_("This text has characters that cannot be stored."),
    "string_too_long": N_("Too long: at most %(max_length)s characters."),
    "too_long": N_("Too long: at most %(max_length)s characters."),
    "greater_than_equal": N_("At least %(ge)s."),
    "less_than_equal": N_("At most %(le)s."),
    "greater_than": N_("More than %(gt)s."),
    "int_parsing": N_("Fill in a whole number."),
    "int_parsing_size": N_("This number is too large."),
    "decimal_max_digits": N_("This number has too many digits."),
    "decimal_max_places": N_("At most two decimals."),
    "date_from_datetime_parsing": N_("Fill in a date."),
    "date_parsing": N_("Fill in a date."),
    "literal_error": N_("Choose one of the options."),
    "enum": N_("Choose one of the options."),
    "extra_forbidden": N_("This field does not belong here."),
}
OTHER = N_("This value cannot be used.")


class Invalid(Exception):
    """A form did not pass: `errors` per field as sentences, `values` as they were sent (nothing typed is lost)."""

    def __init__(self, errors: dict[str, str], values: Mapping[str, Any]) -> None:
        told = [f"{name}: {text}" for name, text in errors.items()]
        super().__init__("; ".join(told))
        self.errors = errors
        self.values = values


def _sentence(error: Any) -> str:
    kind = error["type"]
    context = error.get("ctx", {})
    if kind == "value_error" and "error" in context:  # raised by a check of our own
        own = context["error"]
        return gettext(str(own))
    if kind == "value_error" and "reason" in context:  # of an e-mail address; the reason is English alone
        return gettext("This is not an e-mail address; one looks like name@company.nl.")
    sentence = gettext(SENTENCES.get(kind, OTHER))
    return str(sentence % context)


class Form(BaseModel):
    """Base of every form; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> Self:
        """Return the checked form, or raise `Invalid` with a sentence per field."""
        try:
            return cls.model_validate(dict(sent))
        except ValidationError as failure:
            errors: dict[str, str] = {}
            for error in failure.errors():
                name = cls.field_at(error["loc"])
                errors.setdefault(name, _sentence(error))
            raise Invalid(errors, sent) from failure

    @classmethod
    def field_at(cls, place: tuple[int | str, ...]) -> str:
        """Return the name of the field that an error is about, as it was sent; "" when it is about the whole."""
        if not place:
            return ""
        return str(place[0])
