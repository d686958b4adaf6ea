"""What an operator may set: environment variables and `.env`, each starting with SAKSI_."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as Unparsable

from bot.pace import GROUP_MOST
from bot.zones import WESTERN, Zone
from handlers.languages import Code
from storage.vault import is_recipient

PREFIX = "SAKSI_"
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
BUCKET = re.compile(r"s3://(?P<name>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/(?P<prefix>[A-Za-z0-9._/-]*))?")
HIGHEST_PORT = 65_535
# Names of ours in the environment that are no settings: they say where to look for them, or who started us.
BESIDE = frozenset({"SAKSI_ENV", "SAKSI_SUPERVISED"})
# Two users have two files: SAKSI_ENV=desk.env saksi unlock.
# What Kubernetes puts beside our settings for a service whose name begins with ours, such as saksi or saksi-desk
# (https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables).
SERVICE = re.compile(
    r"SAKSI_([A-Z0-9]+_)*(SERVICE_(HOST|PORT(_[A-Z0-9]+)*)|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)"
)
LINK = re.compile(r"SAKSI_([A-Z0-9]+_)*PORT=(tcp|udp|sctp)://.*")
ENV_FILE = Path(os.environ.get("SAKSI_ENV", ".env"))

FROZEN = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and says what to do."""


def _span(text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,6}-[0-9]{1,6}", text):
        raise ValueError("write two numbers of seconds, at least and at most, such as 60-600")
    return text


def _address(text: str) -> str:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > HIGHEST_PORT:
        raise ValueError("write an address and a port, such as 127.0.0.1:8081")
    return text


Address = Annotated[str, AfterValidator(_address)]
Span = Annotated[str, AfterValidator(_span)]
"""A random delay, such as 60-600: at least and at most so many seconds."""


def seconds(span: Span) -> tuple[int, int]:
    least, _, most = span.partition("-")
    return int(least), int(most)


def _of_botfather(token: SecretStr) -> SecretStr:
    if not TOKEN.fullmatch(token.get_secret_value()):
        raise ValueError("this is no token of @BotFather's; they look like 123456:AbCd-EfGh")
    return token


def _recipients(text: str) -> str:
    # Whoever pastes the private half by mistake must not read it again in a log: nothing of it is repeated.
    if not all(is_recipient(key) for key in text.replace(",", " ").split()):
        raise ValueError("write one or several age public keys (age1...), with blanks between them")
    return text


def _bucket(url: str) -> str:
    if not BUCKET.fullmatch(url):
        raise ValueError("write s3:// and the bucket's name, and maybe a folder in it, such as s3://saksi/evidence")
    return url


BucketUrl = Annotated[str, AfterValidator(_bucket)]
BotToken = Annotated[SecretStr, AfterValidator(_of_botfather)]


class ChannelSettings(BaseModel):
    """A way in for reporters, as people call it."""

    model_config = FROZEN
    title: ClassVar[str]


class TelegramSettings(ChannelSettings):
    """The bot that reporters write to on Telegram."""

    title = "Telegram"
    token: BotToken
    api_base: str = "https://api.telegram.org"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None

    @model_validator(mode="after")
    def _secret_with_url(self) -> "TelegramSettings":
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("a WEBHOOK_URL needs a WEBHOOK_SECRET, any 32 random letters and digits")
        return self


class WhatsAppSettings(ChannelSettings):
    """The WhatsApp Cloud API number that reporters write to, and the template that tells officers to look."""

    title = "WhatsApp"
    token: SecretStr
    phone_id: str
    app_secret: SecretStr
    verify_token: SecretStr
    api_base: str = "https://graph.facebook.com"
    api_version: str = "v25.0"
    nudge: str | None = Field(default=None, pattern=r"^[a-z0-9_]{1,512}$")
    nudge_language: str = Field(default="id", pattern=r"^[a-z]{2,3}(_[A-Z]{2,3})?$")
    business_id: str | None = Field(default=None, pattern=r"^[0-9]{1,20}$")


class BucketSettings(BaseModel):
    """Who we are to an S3-compatible store, and where it is; without an endpoint it is Amazon's."""

    model_config = FROZEN
    key_id: str
    secret: SecretStr
    endpoint: str | None = Field(default=None, pattern=r"^https?://[^/\s]+/?$")
    region: str = "us-east-1"


class DeskSettings(BaseModel):
    """The officers' bot and its group; `pace` is how many messages a minute the group takes.

    `operator` is the Telegram id of who hears of what the processes complain of.
    """

    model_config = FROZEN
    name: str = "bawaslu"
    token: BotToken | None = None
    group: int | None = None
    api_base: str = "https://api.telegram.org"
    delay: Span = "60-600"
    metrics: Address | None = None
    operator: int | None = Field(default=None, gt=0)
    pace: int = Field(default=GROUP_MOST, ge=1)
    export_to: Annotated[str, AfterValidator(_recipients)] = ""

    @property
    def export_keys(self) -> tuple[str, ...]:
        """The age public keys of the institution that dossiers are sealed to; none where nothing is exported."""
        return tuple(self.export_to.replace(",", " ").split())


class Settings(BaseSettings):
    """Everything; a channel is on when its group of settings is present."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_file=".env",
        env_file_encoding="utf-8",
        # A line of .env.example that nobody has filled in switches nothing on.
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )
    state: Path = Path("state")
    runtime: Path | None = None
    keys: Path | None = None
    roster: Path | None = None
    pin: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    database: str | None = None
    listen: Address = "127.0.0.1:8081"
    metrics: Address | None = None
    telegram: TelegramSettings | None = None
    whatsapp: WhatsAppSettings | None = None
    desk: DeskSettings = DeskSettings()
    store: BucketUrl | None = None
    bucket: BucketSettings | None = None
    places: Path | None = None
    zone: Zone = WESTERN
    context: Literal["pemilu", "pilkada", "psu", "luar-tahapan"] = "pilkada"
    language: Code = "id"
    push_delay: Span = "300-3600"
    keep_days: int = Field(default=90, ge=1, le=3650)

    @property
    def channels(self) -> tuple[ChannelSettings, ...]:
        """The ways in that are set."""
        values = (getattr(self, name) for name in type(self).model_fields)
        return tuple(one for one in values if isinstance(one, ChannelSettings))

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.state / 'saksi.db'}"

    @property
    def keys_folder(self) -> Path:
        return self.keys or self.state / "keys"

    @property
    def roster_folder(self) -> Path:
        return self.roster or self.keys_folder


def load(env_file: Path | None = ENV_FILE) -> Settings:
    """Read the settings. Raises SettingsError with one line for each that is wrong."""
    if env_file and env_file != Path(".env") and not env_file.exists():
        raise SettingsError(f"SAKSI_ENV: there is no {env_file}")
    if unknown := sorted(_unknown(os.environ)):
        raise SettingsError("\n".join(_line((name,), EXTRA) for name in unknown))
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings' own way to name the file
    except ValidationError as error:
        raise SettingsError("\n".join(_line(problem["loc"], problem["msg"]) for problem in error.errors())) from None
    except Unparsable as error:
        # Its message names the field and the source, never the value.
        raise SettingsError(str(error)) from None


EXTRA = "Extra inputs are not permitted"
EXAMPLE = "see .env.example"


def _unknown(environ: Mapping[str, str]) -> Iterator[str]:
    """Name what looks like a setting in the environment and is none; pydantic sees to those in .env."""
    for name, value in environ.items():
        first = name.removeprefix(PREFIX).partition("__")[0].lower()
        if (
            name.startswith(PREFIX)
            and name not in BESIDE
            and first not in Settings.model_fields
            and not _of_service(name, value)
        ):
            yield name


def _of_service(name: str, value: str) -> bool:
    """Tell what an orchestrator says of a service named like us from a setting with a letter wrong."""
    return bool(SERVICE.fullmatch(name) or LINK.fullmatch(f"{name}={value}"))


def _line(place: tuple[int | str, ...], message: str) -> str:
    name = PREFIX + "__".join(str(part).upper().removeprefix(PREFIX) for part in place)
    match message:
        case "Field required":
            return f"{name} is missing: set it in the environment or in .env ({EXAMPLE})"
        case _ if message == EXTRA:
            # A whole name that .env alone knows comes as it is written there, maybe not even beginning like ours.
            written = str(place[0]).upper() if len(place) == 1 else name
            do = f"look for a typo, or remove it, if another version knew it ({EXAMPLE})"
            return f"{written} is no setting of Saksi: {do}"
        case _:
            told = message.removeprefix("Value error, ")
            return f"{name}: {told[:1].lower()}{told[1:]}"
