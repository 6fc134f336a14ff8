"""Settings, read from the environment (`MENTORSHIP_...`) or `instance/settings.env`."""

from __future__ import annotations

import os
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)
from sqlalchemy.engine import make_url

from mentorship.base.single_sign_on import SingleSignOnSettings
from mentorship.base.syslog import Collector
from mentorship.base.weak_keys import is_weak

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent


def resource(name: str) -> Path:
    """Return the folder `name` (templates, static): inside the installed package, else beside it in a checkout."""
    inside = PACKAGE / name
    if inside.is_dir():
        return inside
    return ROOT / name


SETTINGS_FILE = "instance/settings.env"
BESIDE_DATABASE = ("", "-wal", "-shm", "-journal", ".worker")
"""What SQLite and the worker put beside its file, and the file itself."""
VAULT = "CREDENTIALS_DIRECTORY"
"""What systemd, or whoever mounts secrets, calls the folder with a file for each."""
LONGEST_SESSION = 24
"""In production nobody stays signed in for more hours."""
SHORTEST_TOKEN = 20
SHORTEST_KEY = 32
FALLBACKS = "secret_key_fallbacks"
OF_OURS = frozenset({"secret_key", FALLBACKS, "metrics_token", "backup_key"})
"""The secrets that whoever installs us makes up; others are given to them."""


def variable(field: str) -> str:
    """Return the name by which the environment sets a field."""
    return f"MENTORSHIP_{field.upper()}"


def is_this_machine(host: str) -> bool:
    """Tell whether a host is the machine we run on, whom no other reaches."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Settings(SingleSignOnSettings):
    """Everything an installation can set; production refuses insecure values (see `refusals`)."""

    model_config = SettingsConfigDict(
        env_prefix="MENTORSHIP_", env_file=SETTINGS_FILE, env_file_encoding="utf-8", extra="ignore"
    )

    mode: Literal["production", "demo", "test"] = "production"
    database_url: str = "sqlite:///instance/leermaat.db"
    secret_key: SecretStr = SecretStr("")
    secret_key_fallbacks: list[SecretStr] = Field(
        default_factory=list,
        description="keys of before, which still open what they closed: links, sessions, second factors",
    )
    require_second_factor: bool | None = Field(
        default=None,
        description="coordinators and admins can do nothing without one; left out: in production alone",
    )
    trusted_hosts: list[str] = Field(default_factory=list)
    proxies: int = Field(default=0, ge=0, le=5, description="reverse proxies in front whose X-Forwarded-* count")
    secure_cookies: bool = True
    session_hours: int = Field(default=12, ge=1, le=24 * 14)
    idle_minutes: int = Field(default=480, ge=5, le=60 * 24 * 14, description="who does nothing so long is signed out")
    powerful_idle_minutes: int = Field(default=30, ge=5, le=60 * 24, description="the same of coordinators, HR, admins")
    menu_seconds: int = Field(default=20, ge=0, le=300, description="how long a menu may show what it counted before")
    import_folder: str = Field(default="", description="a folder whose HR files the worker takes in; empty: none")
    import_source: str = Field(default="", description="read them as was settled for this source")
    planning_feed: bool = Field(
        default=False,
        description="managers and coordinators may give hours of guiding to a planning system; is agreed to first",
    )
    backup_folder: str = Field(default="", description="where the worker makes a backup each night; empty: nowhere")
    backup_hour: int = Field(default=2, ge=0, le=23, description="from which hour of the night")
    backup_keep_days: int = Field(default=30, ge=1, le=365, description="nightly backups older than this are deleted")
    backup_key: SecretStr = Field(
        default=SecretStr(""), description="seals backups; empty: they can be read as they are"
    )
    max_upload_mb: int = Field(default=20, ge=1, le=200)
    argon2_memory_kib: int = Field(default=64 * 1024, ge=8)
    argon2_time_cost: int = Field(default=3, ge=1)
    public_url: str = Field(default="http://127.0.0.1:8000", description="where people find the service: links in mail")
    mail_from: str = "Leermaat <leermaat@localhost>"
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["none", "starttls", "tls"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    security_syslog: str = Field(
        default="",
        description="where the security log goes too: tls://host:port, tcp:// or udp://; empty: nowhere",
    )
    security_contact: str = Field(
        default="",
        pattern=r"^(|https://\S+|[^\s@:]+@[^\s@]+)$",
        description="who is told of a weak spot: a mail address, or an https address; empty: whoever the foot names",
    )
    security_contact_until: date | None = Field(
        default=None,
        description="the day until which that holds; look again by then, for the file for finders ends with it",
    )
    metrics_token: SecretStr = Field(default=SecretStr(""), description="who sends it may read /metrics; empty: nobody")

    @field_validator("security_syslog")
    @classmethod
    def _names_a_collector(cls, address: str) -> str:
        if address:
            Collector.read(address)
        return address

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read files of a vault too, last: systemd and containers name their folder in the environment."""
        vault = SecretsSettingsSource(settings_cls, secrets_dir=os.environ.get(VAULT))
        return init_settings, env_settings, dotenv_settings, vault

    @property
    def secret_keys(self) -> list[str]:
        """Return the key of now, and behind it those of before."""
        keys = [self.secret_key, *self.secret_key_fallbacks]
        return [key.get_secret_value() for key in keys]

    @property
    def requires_second_factor(self) -> bool:
        """Tell whether coordinators and admins must have a second factor."""
        if self.require_second_factor is None:
            return self.mode == "production"
        return self.require_second_factor

    @property
    def sqlite(self) -> bool:
        """Tell whether the database is the embedded one."""
        return self.database_url.startswith("sqlite")

    @property
    def backs_up(self) -> bool:
        """Tell whether the worker makes backups."""
        return bool(self.backup_folder)

    @property
    def mails(self) -> bool:
        """Tell whether mail goes out; outside production it goes to the log when there is no mail server."""
        return bool(self.smtp_host) or self.mode != "production"

    @property
    def own_files(self) -> list[Path]:
        """Return the files that hold secrets or what people told, whether they are there or not."""
        found = [Path(SETTINGS_FILE)]
        if self.sqlite:
            _, _, place = self.database_url.partition("://")
            database, _, _ = place.removeprefix("/").partition("?")
            for behind in BESIDE_DATABASE:
                found.append(Path(database + behind))
        return found

    def link(self, path: str) -> str:
        """Return the address at which people find a path of the service."""
        return self.public_url.rstrip("/") + path

    def refusals(self) -> list[str]:
        """List why these settings may not serve in production; empty when they may."""
        found = self.half_single_sign_on()
        if self.mode != "production":
            return found
        if len(self.secret_key.get_secret_value()) < SHORTEST_KEY:
            found.append(
                "MENTORSHIP_SECRET_KEY must be at least 32 characters: generate one with `openssl rand -hex 32`"
            )
        if not self.secure_cookies:
            found.append("MENTORSHIP_SECURE_COOKIES may not be off in production: serve over https")
        if not self.trusted_hosts:
            found.append('MENTORSHIP_TRUSTED_HOSTS must name the hosts people use, such as ["leermaat.example.nl"]')
        if self.argon2_memory_kib < 19 * 1024:
            found.append("MENTORSHIP_ARGON2_MEMORY_KIB must be at least 19456 in production")
        if 0 < len(self.metrics_token.get_secret_value()) < SHORTEST_TOKEN:
            found.append("MENTORSHIP_METRICS_TOKEN must be at least 20 characters, or empty")
        if 0 < len(self.backup_key.get_secret_value()) < SHORTEST_KEY:
            found.append("MENTORSHIP_BACKUP_KEY must be at least 32 characters, or empty")
        if (self.smtp_host or self.oidc_issuer) and not self.public_url.startswith("https://"):
            found.append(
                "MENTORSHIP_PUBLIC_URL must be the https address people use, such as https://leermaat.example.nl:"
                " links in mail start with it, and the provider of single sign-on leads back there"
            )
        return found + self._careless()

    def _careless(self) -> list[str]:
        """List what is long enough, and yet not safe."""
        found = []
        if self.session_hours > LONGEST_SESSION:
            found.append(f"MENTORSHIP_SESSION_HOURS may be at most {LONGEST_SESSION} in production")
        if self.security_contact and self.security_contact_until is None:
            found.append(
                "MENTORSHIP_SECURITY_CONTACT_UNTIL must say until which day the contact holds, such as 2027-06-30"
            )
        if self.security_syslog and not Collector.read(self.security_syslog).is_private:
            found.append("MENTORSHIP_SECURITY_SYSLOG must be tls:// for another machine, or a relay on this one")
        if self.smtp_host and self.smtp_security == "none" and not is_this_machine(self.smtp_host):
            found.append(
                "MENTORSHIP_SMTP_SECURITY may not be none to another machine, where others read along:"
                " set it to starttls or tls"
            )
        if self._reads_along():
            found.append(
                "MENTORSHIP_DATABASE_URL must end in ?sslmode=verify-full for a database on another machine,"
                " where others read along"
            )
        return found + self._guessable() + self._repeated()

    def _reads_along(self) -> bool:
        """Tell whether others between us and the database could read what passes, or pass for it."""
        database = make_url(self.database_url)
        host = str(database.host or database.query.get("host") or "")
        if self.sqlite or not host or host.startswith("/") or is_this_machine(host):
            return False
        return database.query.get("sslmode") != "verify-full"

    def _secrets(self) -> list[tuple[str, str]]:
        """List the secrets that are set, with the name of each."""
        found = []
        for field in type(self).model_fields:
            kept = getattr(self, field)
            for one in kept if isinstance(kept, list) else [kept]:
                if isinstance(one, SecretStr) and one.get_secret_value():
                    secret = one.get_secret_value()
                    found.append((field, secret))
        return found

    def _guessable(self) -> list[str]:
        """List the secrets of our own that a person made up."""
        found = []
        for field, secret in self._secrets():
            too_short = len(secret) < SHORTEST_TOKEN
            if field not in OF_OURS or (too_short and field != FALLBACKS):
                continue  # another's, or told already
            if is_weak(secret):
                name = variable(field)
                found.append(
                    f"{name} can be guessed, it was made up or copied: generate one with `openssl rand -hex 32`"
                )
        return found

    def _repeated(self) -> list[str]:
        """List the secrets that stand for two things."""
        found = []
        before: dict[str, str] = {}
        for field, secret in self._secrets():
            name = variable(field)
            other = before.get(secret)
            if other is not None:
                found.append(
                    f"{name} must differ from {other}: generate another one",
                )
            before[secret] = name
        return found
