"""Introduces us to the platforms: whether they take the tokens, what a bot says of itself, where messages go."""

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.channels.telegram_update import HEARD
from bot.channels.whatsapp import WhatsApp
from bot.doctor import meta, officers, reporters
from bot.doctor.finding import Finding, ask, green, red
from bot.doctor.platforms import Asking, Silent, read, told
from bot.env_file import amended, keep, text_of, tried
from bot.menu import PHONES, commands
from bot.settings import Settings, TelegramSettings
from locales import Catalogue, catalogue

TELEGRAM, DESK, WHATSAPP = "SAKSI_TELEGRAM__", "SAKSI_DESK__", "SAKSI_WHATSAPP__"


@dataclass(frozen=True, slots=True)
class Met:
    """What came of it, and whether a platform will not have us."""

    findings: tuple[Finding, ...]
    refused: bool


async def introduce(env: Path, values: Mapping[str, str], *, offline: bool, only: Collection[str] | None = None) -> Met:
    """Meet the platforms with new settings, and write these unless they are refused. Raises SettingsError.

    `only` the platforms of these settings are met, by default all.
    """
    before = text_of(env)
    after = amended(before, values)
    settings = tried(env, after)
    met = Met((), refused=False) if offline else await _met(settings, only)
    if after == before:
        stands = (green(f"{env}", f"stands as it was; it holds {', '.join(sorted(values))}"),) if values else ()
        return Met((*met.findings, *stands), met.refused)
    if met.refused:
        return Met((*met.findings, red(f"{env}", "left as it was", "correct it, and once more")), refused=True)
    keep(env, after)
    return Met((*met.findings, green(f"{env}", f"holds {', '.join(sorted(values))}")), refused=False)


async def _met(settings: Settings, only: Collection[str] | None) -> Met:
    findings: list[Finding] = []
    refused = False
    for prefix, meet in ((TELEGRAM, _reporters), (DESK, _officers), (WHATSAPP, _whatsapp)):
        if only is not None and not any(name.startswith(prefix) for name in only):
            continue
        meeting = meet(settings)
        try:
            async for finding in meeting:
                findings.append(finding)  # noqa: PERF401  # what was found before a silence counts
        except Silent as silent:
            findings.append(silent.finding)
            refused |= silent.refused
    return Met(tuple(findings), refused)


async def _reporters(settings: Settings) -> AsyncIterator[Finding]:
    if settings.telegram is None:
        return
    from bot.channels.telegram import Telegram  # noqa: PLC0415  # heavy, and only who talks to Telegram pays

    bot = Telegram(token=settings.telegram.token.get_secret_value(), api_base=settings.telegram.api_base)
    try:
        me = read(reporters.ABOUT, await told(reporters.ABOUT, reporters.SETTING, bot.ask("getMe")), reporters.Me)
        await _profile(bot, _public, menu=True)
        await _webhook(bot, settings.telegram)
    finally:
        await bot.aclose()
    way = "its webhook" if settings.telegram.webhook_url else "polling"
    yield green(reporters.ABOUT, f"@{me.username} has its words and commands, and hears by {way}")


def _public(words: Catalogue) -> tuple[str, str]:
    return words.say("bot-short"), words.say("bot-about")


def _internal(words: Catalogue) -> tuple[str, str]:
    return words.say("desk-bot-short"), words.say("desk-bot-about")


async def _profile(bot: Asking, says: Callable[[Catalogue], tuple[str, str]], *, menu: bool) -> None:
    for phone, language in PHONES:
        short, about = says(catalogue(language))
        calls: list[tuple[str, dict[str, object]]] = [
            ("setMyShortDescription", {"short_description": short}),
            ("setMyDescription", {"description": about}),
        ]
        if menu:
            shown = [{"command": name, "description": does} for name, does in commands(language)]
            calls.append(("setMyCommands", {"commands": shown}))
        for method, what in calls:
            await told("Telegram", "the words", bot.ask(method, language_code=phone, **what))


async def _webhook(bot: Asking, settings: TelegramSettings) -> None:
    if not settings.webhook_url or settings.webhook_secret is None:
        await told(reporters.ABOUT, reporters.SETTING, bot.ask("deleteWebhook"))
        return
    secret = settings.webhook_secret.get_secret_value()
    asking = bot.ask("setWebhook", url=settings.webhook_url, secret_token=secret, allowed_updates=list(HEARD))
    await told(reporters.ABOUT, f"{TELEGRAM}WEBHOOK_URL and __WEBHOOK_SECRET", asking)


async def _officers(settings: Settings) -> AsyncIterator[Finding]:
    if settings.desk.token is None:
        return
    from bot.channels.desk import DeskBot  # noqa: PLC0415  # heavy, as above

    bot = DeskBot(token=settings.desk.token.get_secret_value(), api_base=settings.desk.api_base)
    try:
        me = read(officers.ABOUT, await told(officers.ABOUT, officers.SETTING, bot.ask("getMe")), reporters.Me)
        await _profile(bot, _internal, menu=False)
        await told(officers.ABOUT, officers.SETTING, bot.ask("deleteWebhook"))
        yield green(officers.ABOUT, f"@{me.username} has its words")
        if settings.desk.group is not None:
            await told("officers' group", officers.GROUP, bot.ask("getChat", chat_id=settings.desk.group))
            yield green("officers' group", f"@{me.username} is in it")
    finally:
        await bot.aclose()


async def _whatsapp(settings: Settings) -> AsyncIterator[Finding]:
    if settings.whatsapp is None:
        return
    given = settings.whatsapp
    whatsapp = WhatsApp(
        token=given.token.get_secret_value(), phone_id=given.phone_id, app_secret=given.app_secret.get_secret_value(),
        api_base=given.api_base, api_version=given.api_version,
    )  # fmt: skip
    try:
        await told(meta.ABOUT, meta.SETTING, whatsapp.number(*meta.FIELDS))
    finally:
        await whatsapp.aclose()
    yield green(meta.ABOUT, "the number answers")
    # With an app's own token a program could set it as well; that token could do far more, so we want none.
    yield ask(meta.ABOUT, "is https://YOUR-HOST/whatsapp entered as callback, with your token?", "docs/install.md")


def parted(values: Mapping[str, str], env: Path, *, split: bool) -> dict[Path, dict[str, str]]:
    """Say which settings go into which file: with two users neither learns the other's tokens."""
    if not split:
        return {env: dict(values)}
    desks = {name: value for name, value in values.items() if name.startswith(DESK) and name not in SHARED}
    intakes = {name: value for name, value in values.items() if name.startswith(INTAKES)}
    both = {name: value for name, value in values.items() if name not in {**desks, **intakes}}
    return {env.with_name("intake.env"): {**both, **intakes}, env.with_name("desk.env"): {**both, **desks}}


# What the intake reads of the desk's: which it is, and how long a card waits before it goes to its officers.
SHARED = frozenset({f"{DESK}NAME", f"{DESK}DELAY"})
INTAKES = (TELEGRAM, WHATSAPP, "SAKSI_LISTEN", "SAKSI_METRICS")


def missing(every: Iterable[Settings]) -> list[str]:
    """Name what must still be filled in, of all files together."""
    known = list(every)
    names = []
    if not any(one.telegram or one.whatsapp for one in known):
        names.append("SAKSI_TELEGRAM__TOKEN or the SAKSI_WHATSAPP__ settings")
    if not any(one.desk.token for one in known):
        names.append(officers.SETTING)
    if not any(one.desk.group for one in known):
        names.append(officers.GROUP)
    return names
