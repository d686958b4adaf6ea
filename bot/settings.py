"""What an operator may set: environment variables and `.env`, each starting with SAKSI_."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as Unparsable

PREFIX = "SAKSI_"

FROZEN = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and says what to do."""


Span = Annotated[str, Field(pattern=r"^\d{1,6}-\d{1,6}$")]
"""A random delay, such as 60-600: at least and at most so many seconds."""


def seconds(span: Span) -> tuple[int, int]:
    least, _, most = span.partition("-")
    return int(least), int(most)


class TelegramSettings(BaseModel):
    """The bot that reporters write to on Telegram."""

    model_config = FROZEN
    token: SecretStr
    api_base: str = "https://api.telegram.org"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None

    @model_validator(mode="after")
    def _secret_with_url(self) -> "TelegramSettings":
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_URL needs WEBHOOK_SECRET: any 32 random letters and digits")
        return self


class WhatsAppSettings(BaseModel):
    """The WhatsApp Cloud API number that reporters write to."""

    model_config = FROZEN
    token: SecretStr
    phone_id: str
    app_secret: SecretStr
    verify_token: SecretStr
    api_base: str = "https://graph.facebook.com"
    api_version: str = "v25.0"


class DeskSettings(BaseModel):
    """The officers' bot and its group."""

    model_config = FROZEN
    name: str = "bawaslu"
    token: SecretStr | None = None
    group: int | None = None
    api_base: str = "https://api.telegram.org"
    delay: Span = "60-600"


class Settings(BaseSettings):
    """Everything; a channel is on when its group of settings is present."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_file=".env",
        env_file_encoding="utf-8",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )
    state: Path = Path("state")
    runtime: Path | None = None
    database: str | None = None
    listen: str = Field(default="127.0.0.1:8081", pattern=r"^[^:]*:\d{1,5}$")
    telegram: TelegramSettings | None = None
    whatsapp: WhatsAppSettings | None = None
    desk: DeskSettings = DeskSettings()
    places: Path | None = None
    context: Literal["pemilu", "pilkada", "psu", "luar-tahapan"] = "pilkada"
    language: Literal["id", "en"] = "id"
    push_delay: Span = "300-3600"

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.state / 'saksi.db'}"

    @property
    def host(self) -> str:
        return self.listen.rpartition(":")[0]

    @property
    def port(self) -> int:
        return int(self.listen.rpartition(":")[2])


def load(env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings. Raises SettingsError with one line for each that is wrong."""
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings' own way to name the file
    except ValidationError as error:
        raise SettingsError("\n".join(_line(problem["loc"], problem["msg"]) for problem in error.errors())) from None
    except Unparsable as error:
        # Its message names the field and the source, never the value.
        raise SettingsError(str(error)) from None


def _line(place: tuple[int | str, ...], message: str) -> str:
    name = PREFIX + "__".join(str(part).upper().removeprefix(PREFIX) for part in place)
    match message:
        case "Field required":
            return f"{name} is missing: set it in the environment or in .env (see .env.example)"
        case "Extra inputs are not permitted":
            return f"{name} is no setting of Saksi: look for a typo, or remove it (see .env.example)"
        case _:
            return f"{name}: {message[:1].lower()}{message[1:]}"
