"""Settings of signing in by the organisation's own provider (OpenID Connect)."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

HERE = ("127.0.0.1", "localhost", "::1")
ROLES = ("junior", "senior", "manager", "coordinator", "hr", "admin")
NEEDS_ISSUER = (
    "oidc_client_id",
    "oidc_client_secret",
    "oidc_groups_claim",
    "oidc_group_roles",
    "oidc_acr",
    "oidc_plain_logout",
    "oidc_required",
    "oidc_break_glass",
)
NO_ROLE = "medewerker"
"""What a group may stand for that gives no role."""


class SingleSignOnSettings(BaseSettings):
    """Where the provider is, how it knows us, and what of its word counts here."""

    oidc_issuer: str = Field(default="", description="the address of the provider, as it calls itself; empty: none")
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_name: str = Field(default="", description="what people call it: the button says `Sign in with <name>`")
    oidc_scopes: str = "openid email profile"
    oidc_person_claim: str = Field(
        default="email",
        description="the claim that holds the personnel number; `email`: people are known by a verified address",
    )
    oidc_groups_claim: str = Field(default="", description="the claim that holds somebody's groups")
    oidc_group_roles: dict[str, str] = Field(
        default_factory=dict,
        description='which role a group gives, such as {"Leermaat beheer": "admin"}; other roles are given here',
    )
    oidc_acr: list[str] = Field(
        default_factory=list,
        description='ways of authenticating of which one is wanted (acr or amr), such as ["mfa"]',
    )
    oidc_plain_logout: bool = Field(
        default=False,
        description="a logout token of type JWT counts too, for a provider that does not call it logout+jwt",
    )
    oidc_required: bool = Field(default=False, description="nobody signs in with a password or a code any more")
    oidc_break_glass: list[str] = Field(
        default_factory=list,
        description="personnel numbers that still may, for when the provider is gone; admins are told of each time",
    )

    @property
    def oidc_button(self) -> str:
        """Return what the provider is called."""
        return self.oidc_name or urlsplit(self.oidc_issuer).hostname or ""

    def half_single_sign_on(self) -> list[str]:
        """List what is lacking or wrong where a provider is named, or half named."""
        if not self.oidc_issuer:
            return self._without_provider()
        found = []
        at = urlsplit(self.oidc_issuer)
        here = at.scheme == "http" and at.hostname in HERE
        if at.scheme != "https" and not here:
            found.append("MENTORSHIP_OIDC_ISSUER must be an https address")
        if not self.oidc_client_id:
            found.append("MENTORSHIP_OIDC_CLIENT_ID is needed beside MENTORSHIP_OIDC_ISSUER")
        if not self.oidc_client_secret.get_secret_value():
            found.append("MENTORSHIP_OIDC_CLIENT_SECRET is needed beside MENTORSHIP_OIDC_ISSUER")
        if "openid" not in self.oidc_scopes.split():
            found.append("MENTORSHIP_OIDC_SCOPES must hold openid")
        if "public_url" not in self.model_fields_set:
            found.append("MENTORSHIP_PUBLIC_URL is needed beside MENTORSHIP_OIDC_ISSUER: the provider leads back there")
        return found + self._wrong_roles()

    def _without_provider(self) -> list[str]:
        found = []
        for name in NEEDS_ISSUER:
            if name in self.model_fields_set and getattr(self, name):
                known = f"MENTORSHIP_{name}".upper()
                found.append(f"{known} needs MENTORSHIP_OIDC_ISSUER beside it")
        return found

    def _wrong_roles(self) -> list[str]:
        found = []
        if bool(self.oidc_group_roles) != bool(self.oidc_groups_claim):
            found.append("MENTORSHIP_OIDC_GROUP_ROLES and MENTORSHIP_OIDC_GROUPS_CLAIM need each other")
        for role in self.oidc_group_roles.values():
            if role not in (*ROLES, NO_ROLE):
                found.append(f"MENTORSHIP_OIDC_GROUP_ROLES may not hold {role!r}: roles are {', '.join(ROLES)}")
        if self.oidc_break_glass and not self.oidc_required:
            found.append("MENTORSHIP_OIDC_BREAK_GLASS means nothing without MENTORSHIP_OIDC_REQUIRED")
        return found
