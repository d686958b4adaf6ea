"""Looks at everything, in the order in which somebody would mend it."""

from collections.abc import AsyncIterator, Iterator

from bot.app.ground import now, read_roster
from bot.channels.base import Channel
from bot.channels.whatsapp import WhatsApp
from bot.doctor import house, keys, machine, meta, officers, operator, reporters, store, words
from bot.doctor.finding import Finding, amber, ask, red
from bot.doctor.platforms import Silent
from bot.settings import Settings
from storage.private import Unsafe
from storage.roster import Roster


async def examine(settings: Settings, *, offline: bool = False) -> AsyncIterator[Finding]:
    """Look at this machine, and unless `offline` ask the platforms."""
    for finding in _machine(settings):
        yield finding
    yield await machine.sandbox()
    try:
        roster = read_roster(settings)
    except Unsafe as unsafe:
        yield red("roster", str(unsafe), "bring back the roster and SAKSI_PIN that belong together, or saksi init")
        return
    for finding in _house(settings, roster):
        yield finding
    if offline:
        yield ask("platforms", "not asked, as you wished")
        return
    async for finding in _platforms(settings, roster):
        yield finding


def _machine(settings: Settings) -> Iterator[Finding]:
    yield machine.user()
    yield house.settings_file()
    yield from house.state(settings.state)
    yield machine.swap(limit=machine.swap_limit())
    yield machine.core_dumps()
    yield machine.tracing()
    yield machine.AT_REST
    if settings.state.exists():
        yield from machine.room(settings.state)


def _house(settings: Settings, roster: Roster) -> Iterator[Finding]:
    today = now(settings.zone).date()
    yield from keys.look(settings, roster, today)
    yield house.runtime(settings, roster)
    yield from house.unlocked(settings, roster)
    yield from house.proxy(settings)
    yield from house.database(settings, now(settings.zone))
    yield from store.look(settings)
    yield house.backups(settings, today)
    yield house.zone(settings)
    yield from words.languages()
    yield from words.facts(today)


async def _platforms(settings: Settings, roster: Roster) -> AsyncIterator[Finding]:
    from bot.app.ways import channels  # noqa: PLC0415  # heavy, and not needed offline

    async with channels(settings) as opened:
        if not opened and settings.desk.token is None:
            yield amber("platforms", "no channel is set", "saksi init, or fill in the tokens in the settings")
        for channel in opened.values():
            async for finding in _heard(_channel(channel, settings)):
                yield finding
    async for finding in _heard(_desk(settings, roster)):
        yield finding


async def _heard(findings: AsyncIterator[Finding]) -> AsyncIterator[Finding]:
    """Pass on what is found, up to where a platform falls silent."""
    try:
        async for finding in findings:
            yield finding
    except Silent as silent:
        yield silent.finding


async def _channel(channel: Channel, settings: Settings) -> AsyncIterator[Finding]:
    from bot.channels.telegram import Telegram  # noqa: PLC0415  # heavy, see above

    if isinstance(channel, WhatsApp):
        async for finding in meta.look(channel, now(settings.zone), settings.whatsapp):
            yield finding
    elif isinstance(channel, Telegram) and settings.telegram:
        async for finding in reporters.look(channel, settings.telegram, now(settings.zone)):
            yield finding


async def _desk(settings: Settings, roster: Roster) -> AsyncIterator[Finding]:
    from bot.channels.desk import DeskBot  # noqa: PLC0415  # heavy, see above

    desk = settings.desk
    if desk.token is None or desk.group is None:
        yield ask("officers' group", "not in these settings; is it in the desk's?", "SAKSI_ENV=desk.env saksi doctor")
        return
    bot = DeskBot(token=desk.token.get_secret_value(), api_base=desk.api_base)
    here = [one for one in roster.officers if one.desk == desk.name]
    try:
        async for finding in officers.look(bot, desk.group, here, now(settings.zone)):
            yield finding
        yield await operator.look(bot, desk.operator)
    finally:
        await bot.aclose()
