"""OpenID Connect, by Authlib: the one file that knows it. What it hands out is checked and typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.oauth2.claims import JWTClaims
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from mentorship.people.identity_provider.rules import LONGEST_NAME, Asked, Identity, LogoutNotice, is_safe
from mentorship.people.identity_provider.shelf import AGAIN, Shelf
from mentorship.people.identity_provider.transport import SECONDS, Line, Unreachable

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures of keys that the provider alone has: none without one, none by a secret that we share."""
LEEWAY = timedelta(minutes=1)
"""Clocks may differ by so much."""
LOGOUT_LASTS = timedelta(minutes=5)
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LONGEST_TOKEN = 16 * 1024
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
GONE = frozenset(
    {
        "invalid_grant",
        "access_denied",
        "login_required",
        "interaction_required",
        "consent_required",
        "account_selection_required",
    }
)
"""By these words the provider says that it does not vouch for somebody (any more)."""


class Denied(Exception):
    """The provider does not vouch for somebody."""


class Distrusted(Exception):
    """What came in the name of the provider is not what it should be."""


@dataclass(frozen=True)
class Registration:
    """How we are known to the provider; `plain_logout`: a logout token counts that does not call itself one."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    scopes: str
    seconds: float = SECONDS
    plain_logout: bool = False


@dataclass(frozen=True)
class Grant:
    """Who came back from the provider, and by what it can be asked again."""

    identity: Identity
    id_token: str
    refresh_token: str


class Provider:
    """One provider, with what it says of itself and the keys by which it signs."""

    def __init__(self, known: Registration) -> None:
        self._known = known
        self._line = Line(known.seconds)
        self._metadata = Shelf(self._fetch_metadata)
        self._keys = Shelf(self._fetch_keys)

    def address(self, asked: Asked, now: datetime, **more: str) -> str:
        """Return where to send somebody who wants to sign in; `more`: parameters such as `prompt`."""
        metadata = self._metadata.get(now)
        url, _ = self._client(metadata).create_authorization_url(
            metadata["authorization_endpoint"],
            state=asked.state,
            nonce=asked.nonce,
            code_verifier=asked.verifier,
            scope=self._known.scopes,
            **more,
        )
        return str(url)

    def be_there(self, now: datetime) -> None:
        """Raise Unreachable when the provider is not there, as far as was seen within the last minute."""
        self._metadata.get(now, AGAIN)

    def redeem(self, code: str, asked: Asked, now: datetime) -> Grant:
        """Return who came back with a code."""
        metadata = self._metadata.get(now)
        token = _granted(
            self._client(metadata).fetch_token,
            metadata["token_endpoint"],
            grant_type="authorization_code",
            code=code,
            code_verifier=asked.verifier,
        )
        id_token = token.get("id_token")
        identity = self._identity(
            id_token,
            now,
            nonce=asked.nonce,
            access_token=token.get("access_token"),
        )
        return Grant(identity, str(id_token), str(token.get("refresh_token") or ""))

    def renew(self, refresh_token: str, subject: str, now: datetime) -> tuple[str, Mapping[str, Any]]:
        """Ask whether the provider still vouches for somebody; return by what to ask next, and what it says of them."""
        metadata = self._metadata.get(now)
        token = _granted(
            self._client(metadata).refresh_token,
            metadata["token_endpoint"],
            refresh_token=refresh_token,
        )
        next_one = str(token["refresh_token"])
        if not token.get("id_token"):
            return next_one, {}
        identity = self._identity(token["id_token"], now)
        if identity.subject != subject:
            raise Distrusted("the provider renewed the session of somebody else")
        return next_one, identity.claims

    def logout_notice(self, token: str, now: datetime) -> LogoutNotice:
        """Return whose session has ended, as the provider says by a signed token."""
        header, claims = self._signed(token, now)
        if header.get("typ") != "logout+jwt" and not self._known.plain_logout:
            raise Distrusted("no logout token")
        told = JWTClaims(claims, header, self._expected("jti", "iat"))
        _validate(told, now)
        events = claims.get("events")
        if not isinstance(events, dict) or not isinstance(events.get(LOGOUT), dict) or "nonce" in claims:
            raise Distrusted("no logout token")
        if now - _moment(claims["iat"]) > LOGOUT_LASTS:
            raise Distrusted("a logout token of long ago")
        notice = LogoutNotice(
            subject=_text(claims, "sub"),
            sid=_text(claims, "sid"),
            jti=_text(claims, "jti"),
        )
        if not notice.jti or not (notice.subject or notice.sid):
            raise Distrusted("a logout token of nobody")
        return notice

    def leaving(self, id_token: str, back: str, now: datetime) -> str | None:
        """Return where somebody ends their session at the provider too; None where it has no such place."""
        page = self._metadata.get(now).get("end_session_endpoint")
        if not is_safe(page, self._known.issuer):
            return None
        told = {
            "id_token_hint": id_token,
            "client_id": self._known.client_id,
            "post_logout_redirect_uri": back,
        }
        return f"{page}{'&' if urlsplit(page).query else '?'}{urlencode(told)}"

    def _client(self, metadata: Mapping[str, Any]) -> OAuth2Client:
        ways = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        basic = "client_secret_basic" in ways
        return OAuth2Client(
            self._line,
            client_id=self._known.client_id,
            client_secret=self._known.client_secret,
            token_endpoint_auth_method="client_secret_basic" if basic else "client_secret_post",
            redirect_uri=self._known.redirect_uri,
            code_challenge_method="S256",
        )

    def _identity(self, token: object, now: datetime, nonce: str = "", access_token: object = None) -> Identity:
        header, claims = self._signed(token, now)
        told = CodeIDToken(
            claims,
            header,
            self._expected("exp", "iat", "sub"),
            {"client_id": self._known.client_id, "nonce": nonce, "access_token": access_token},
        )
        _validate(told, now)
        subject = _text(claims, "sub")
        if not subject:
            raise Distrusted("a token of nobody")
        when = claims.get("auth_time")
        return Identity(
            issuer=self._known.issuer,
            subject=subject,
            sid=_text(claims, "sid"),
            claims=claims,
            authenticated_at=_moment(when) if when else None,
        )

    def _expected(self, *needed: str) -> dict[str, Any]:
        """Return what every token must hold: who signed it, that it is for us, and these claims."""
        wanted: dict[str, Any] = {name: {"essential": True} for name in needed}
        wanted["iss"] = {"essential": True, "value": self._known.issuer}
        wanted["aud"] = {"essential": True, "value": self._known.client_id}
        return wanted

    def _signed(self, token: object, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return header and claims of a token that the provider signed; a key we do not know is looked up once."""
        if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
            raise Distrusted("no token")
        try:
            try:
                found = jwt.decode(token, self._keys.get(now), ALGORITHMS)
            except InvalidKeyIdError:
                found = jwt.decode(token, self._keys.get(now, AGAIN), ALGORITHMS)
        except (JoseError, ValueError, TypeError) as refusal:
            raise Distrusted(f"a token that is not to be trusted ({type(refusal).__name__})") from refusal
        return dict(found.header), dict(found.claims)

    def _fetch_metadata(self, _now: datetime) -> dict[str, Any]:
        found = self._line.get(get_well_known_url(self._known.issuer, external=True))
        if found.get("issuer") != self._known.issuer:
            raise Distrusted("the provider calls itself otherwise than the settings do")
        for name in ENDPOINTS:
            if not is_safe(found.get(name), self._known.issuer):
                raise Distrusted(f"the provider has no safe {name}")
        return found

    def _fetch_keys(self, now: datetime) -> KeySet:
        """Return the keys to verify by; one of a kind that we do not know counts for nothing."""
        found = self._line.get(self._metadata.get(now)["jwks_uri"])
        keys = []
        for key in found["keys"] if isinstance(found.get("keys"), list) else ():
            if isinstance(key, dict) and key.get("kty") in ("RSA", "EC") and key.get("use") != "enc":
                keys += _imported(key)
        return KeySet(keys)


def _imported(key: dict[str, Any]) -> list[Any]:
    try:
        return KeySet.import_key_set({"keys": [key]}).keys
    except (JoseError, ValueError, TypeError):
        return []


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) and len(value) <= LONGEST_NAME else ""


def _moment(seconds: Any) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError, TypeError) as refusal:
        raise Distrusted("a token of no moment") from refusal


def _validate(claims: JWTClaims, now: datetime) -> None:
    try:
        claims.validate(int(now.timestamp()), int(LEEWAY.total_seconds()))
    except (JoseError, AuthlibBaseError, ValueError, TypeError) as refusal:
        raise Distrusted(f"a token with a wrong claim: {refusal}") from refusal


def _granted(ask: Callable[..., Any], *words: object, **more: object) -> Mapping[str, Any]:
    """Return what the token endpoint grants; tell apart that it denies somebody, and that it cannot be asked."""
    try:
        found: Mapping[str, Any] = ask(*words, **more)
    except AuthlibBaseError as refusal:
        if str(refusal.error) in GONE:
            raise Denied(str(refusal.error)) from refusal
        raise Unreachable(f"the provider answered {refusal.error}") from refusal
    except (ValueError, TypeError, OverflowError) as refusal:
        raise Unreachable("the provider answered with something else than a token") from refusal
    return found


def new_asked() -> Asked:
    """Return what to send somebody to the provider with: random, each for one answer."""
    return Asked(
        state=generate_token(32),
        nonce=generate_token(32),
        verifier=generate_token(64),
    )


@lru_cache(maxsize=8)
def provider(known: Registration) -> Provider:
    """Return the one provider that we are known to so."""
    return Provider(known)
