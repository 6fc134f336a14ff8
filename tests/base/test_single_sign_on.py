"""Half a configuration of single sign-on refuses to start, in every mode."""

from __future__ import annotations

from typing import Any

import pytest

from mentorship.base.config import Settings

WHOLE: dict[str, Any] = {
    "oidc_issuer": "https://login.example.nl",
    "oidc_client_id": "leermaat",
    "oidc_client_secret": "a secret of theirs",
    "public_url": "https://leermaat.example.nl",
}


def refusals(**settings: Any) -> list[str]:
    return Settings(mode="test", _env_file=None, **settings).refusals()


def test_a_whole_one_starts_and_so_does_none():
    assert refusals() == []
    assert refusals(**WHOLE) == []
    roles = {"oidc_groups_claim": "groups", "oidc_group_roles": {"a": "admin", "b": "medewerker"}}
    assert refusals(**WHOLE, **roles, oidc_required=True, oidc_break_glass=["1"]) == []
    assert refusals(**{**WHOLE, "oidc_issuer": "http://127.0.0.1:9000"}) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"oidc_issuer": ""}, "CLIENT_ID"),
        ({"oidc_issuer": "http://login.example.nl"}, "ISSUER must be an https"),
        ({"oidc_issuer": "login.example.nl"}, "ISSUER must be an https"),
        ({"oidc_client_id": ""}, "CLIENT_ID"),
        ({"oidc_client_secret": ""}, "CLIENT_SECRET"),
        ({"oidc_scopes": "email"}, "SCOPES"),
        ({"oidc_group_roles": {"a": "admin"}}, "GROUPS_CLAIM"),
        ({"oidc_groups_claim": "groups"}, "GROUP_ROLES"),
        ({"oidc_groups_claim": "groups", "oidc_group_roles": {"a": "boss"}}, "'boss'"),
        ({"oidc_break_glass": ["1"]}, "BREAK_GLASS"),
    ],
    ids=str,
)
def test_what_is_lacking_is_named(change: dict[str, Any], named: str):
    [said] = [one for one in refusals(**{**WHOLE, **change}) if named in one]
    assert said.startswith("MENTORSHIP_OIDC_")


def test_where_people_find_us_must_be_said():
    without = {name: value for name, value in WHOLE.items() if name != "public_url"}
    assert any("MENTORSHIP_PUBLIC_URL" in said for said in refusals(**without))


@pytest.mark.parametrize("name", ["oidc_required", "oidc_acr", "oidc_break_glass", "oidc_client_secret"])
def test_what_needs_a_provider_says_so(name: str):
    value: Any = {"oidc_required": True, "oidc_client_secret": "x"}.get(name, ["x"])
    assert any("needs MENTORSHIP_OIDC_ISSUER" in said for said in refusals(**{name: value}))
