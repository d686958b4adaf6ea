"""The desk: opens tips for officers, and cannot learn a reporter's address."""

import asyncio

from msgspec import Raw

from bot.app.ground import Ground, ground, keys_folder, now
from bot.buttons import Buttons, subkey
from bot.channels.desk import DeskBot
from bot.channels.desk_update import decode
from bot.channels.telegram_update import number
from bot.courier import Carrier, Courier
from bot.data import tables
from bot.desk_carrier import ToOfficers
from bot.parcels import desk_lane
from bot.room import Desk, Room
from bot.settings import Settings, SettingsError
from bot.wake import owner
from handlers.desk import Officer
from locales import catalogue
from storage.box import Box
from storage.cards import Notes
from storage.keys import desk_identity
from storage.roster import Roster
from storage.wrapping import Wrapper


async def desk(settings: Settings) -> None:
    """Talk with the officers of one desk until cancelled."""
    if settings.desk.token is None or settings.desk.group is None:
        raise SettingsError("the desk needs SAKSI_DESK__TOKEN and SAKSI_DESK__GROUP (the id of the officers' group)")
    with ground(settings) as base:
        bot = DeskBot(token=settings.desk.token.get_secret_value(), api_base=settings.desk.api_base)
        try:
            await _run(base, bot, settings.desk.group)
        finally:
            await bot.aclose()


async def _run(base: Ground, bot: DeskBot, group: int) -> None:
    settings, name = base.settings, base.settings.desk.name
    identity = desk_identity(keys_folder(settings), name)
    wrapper = Wrapper(identities=[identity])
    shared = _shared(base, identity, wrapper, group)
    carriers: dict[str, Carrier] = {}
    courier = Courier(base.committer, wrapper, carriers, clock=now, wake_others=base.bell.ring)
    places = tables.places(settings.places)
    carriers[desk_lane(name)] = ToOfficers(shared, bot, base.committer, identity, base.store, places)
    room = Room(shared, bot, base.committer, courier.wake)
    with base.bell.hear(owner(desk_lane(name)), courier.wake):
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(base.committer.run())
            await bot.open()
            tasks.create_task(courier.run())
            tasks.create_task(_hear(room, bot))


async def _hear(room: Room, bot: DeskBot) -> None:
    async def take(raws: list[Raw]) -> int | None:
        for raw in raws:
            if heard := decode(raw):
                await room.take(heard)
        return max((at for raw in raws if (at := number(raw)) is not None), default=None)

    await bot.poll(take)


def _shared(base: Ground, identity: str, wrapper: Wrapper, group: int) -> Desk:
    roster, name = base.roster, base.settings.desk.name
    words = catalogue(base.settings.language)
    return Desk(
        name=name,
        key=roster.desks[name].key,
        courier=roster.courier,
        group=group,
        officers=_officers(roster, name),
        notes=Notes(name, Box(subkey(identity, b"saksi notes"))),
        wrapper=wrapper,
        buttons=Buttons(name, subkey(identity, b"saksi press"), words),
        words=words,
        clock=now,
    )


def _officers(roster: Roster, name: str) -> dict[int, Officer]:
    return {one.telegram: Officer(one.alias, one.role) for one in roster.officers if one.desk == name}
