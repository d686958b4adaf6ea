"""The desk: opens tips for officers, and cannot learn a reporter's address."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from bot import alarms, nudges
from bot.app.anew import EVERY, Watch, start_anew
from bot.app.ground import Ground, ground, insist, tell_if_not_apart
from bot.app.metered import metered
from bot.buttons import Buttons, subkey
from bot.channels.desk import DeskBot
from bot.commands import commands
from bot.courier import Carrier, Courier
from bot.data import tables
from bot.desk import Desk, Elsewhere
from bot.desk_carrier import ToOfficers
from bot.distress import Distress
from bot.logs import log
from bot.outage import outlast
from bot.pace import Bucket
from bot.parcels import Alert, desk_lane
from bot.polling import poll
from bot.room import Room
from bot.settings import Settings, SettingsError
from bot.upkeep import DeskUpkeep, Retiring, daily
from bot.wake import alone, owner
from handlers.desk import Officer
from locales import catalogue
from storage.box import Box, Boxes
from storage.cards import Notes
from storage.fingerprint import fingerprint
from storage.keys import COURIER, desk_stem, pin_of
from storage.opened import desk_keys, opened_files, opened_folder
from storage.roster import Roster
from storage.tips import Route
from storage.wrapping import Wrapper


async def desk(settings: Settings) -> None:
    """Talk with the officers of one desk until cancelled."""
    if settings.desk.token is None or settings.desk.group is None:
        raise SettingsError("the desk needs SAKSI_DESK__TOKEN and SAKSI_DESK__GROUP (the id of the officers' group)")
    with ground(settings) as base:
        others = (f"{desk_stem(other)}.key" for other in base.roster.desks if other != settings.desk.name)
        tell_if_not_apart(settings, base.roster, f"{COURIER}*.key", *others)
        unlocked = await Unlocked.of(base)
        bot = DeskBot(token=settings.desk.token.get_secret_value(), api_base=settings.desk.api_base)
        try:
            await _run(base, bot, settings.desk.group, unlocked)
        finally:
            await bot.aclose()


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The desk's private keys, the present one first, and the watch over the files they came from."""

    identities: tuple[str, ...]
    watch: Watch

    @classmethod
    async def of(cls, base: Ground) -> "Unlocked":
        """Wait until the operator has unlocked them; what is owed to the desk waits as well. Raises Changed, Unsafe."""
        name, keys, runtime = base.settings.desk.name, base.settings.keys_folder, base.runtime
        watch = Watch(lambda: opened_files(runtime, desk_stem(name)), lambda: None)
        told = False
        while not (identities := desk_keys(keys, runtime, name, base.roster.desks[name].key)):
            if not told:
                log.warning("locked", desk=name, why="the desk waits for `saksi unlock`")
            told = True
            await asyncio.sleep(EVERY)
            base.watch.look()
        return cls(identities, watch)


async def _run(base: Ground, bot: DeskBot, group: int, unlocked: Unlocked) -> None:
    settings, name = base.settings, base.settings.desk.name
    identities = unlocked.identities
    wrapper = Wrapper(identities=identities)
    shared = _shared(base, identities, wrapper, group)
    carriers: dict[str, Carrier] = {}
    courier = Courier(base.committer, wrapper, carriers, clock=base.clock, wake_others=base.ring)
    places = tables.places(settings.places)
    bucket = Bucket(settings.desk.pace)
    carriers[desk_lane(name)] = ToOfficers(shared, bot, base.committer, identities, base.store, places, bucket)
    room = Room(shared, bot, base.committer, courier.wake)
    process = owner(desk_lane(name))
    with base.bell.hear(process, courier.wake), alone(base.runtime, process) as first:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(base.committer.run())
            await insist(bot.open, "SAKSI_DESK__TOKEN")
            await insist(lambda: bot.introduce(commands(shared.words)), "SAKSI_DESK__TOKEN")
            await outlast(lambda: base.committer.commit(lambda tx: alarms.begin(shared, tx)))
            await outlast(lambda: base.committer.commit(lambda tx: nudges.begin(shared, tx, identities)))
            tasks.create_task(base.hear(process, courier.wake))
            tasks.create_task(base.deliver(courier, first=first))
            tasks.create_task(poll(bot.updates, room.take_all, "SAKSI_DESK__TOKEN"))
            tasks.create_task(daily(_upkeep(base, shared, identities, courier).once))
            tasks.create_task(base.watch.run())
            tasks.create_task(metered(base.committer, "desk", settings.desk.metrics, "SAKSI_DESK__METRICS"))
            tasks.create_task(unlocked.watch.run())
            tasks.create_task(_distress(base, shared, courier).run())


def _distress(base: Ground, shared: Desk, courier: Courier) -> Distress:
    def owe(tx: Connection, alert: Alert, name: str) -> Collection[str]:
        return shared.owe(tx, alert, name=name)

    return Distress("desk", base.committer, owe, courier.wake, looks=True)


def _upkeep(base: Ground, shared: Desk, identities: tuple[str, ...], courier: Courier) -> DeskUpkeep:
    settings, roster, name = base.settings, base.roster, shared.name
    pin = settings.pin or pin_of(settings.roster_folder)
    return DeskUpkeep(
        desk=shared,
        committer=base.committer,
        identities=identities,
        route=shared.route,
        words="" if roster.demo else fingerprint(pin, name, shared.key),
        wake=courier.wake,
        retiring=Retiring((opened_folder(base.runtime), settings.keys_folder), roster, start_anew),
    )


def _shared(base: Ground, identities: tuple[str, ...], wrapper: Wrapper, group: int) -> Desk:
    roster, name = base.roster, base.settings.desk.name
    words = catalogue(base.settings.language)
    pressed, *older = (subkey(identity, b"saksi press") for identity in identities)
    return Desk(
        route=_route(roster, name),
        identities=identities,
        courier=roster.courier,
        group=group,
        officers=_officers(roster, name),
        notes=Notes(name, Boxes(*(Box(subkey(identity, b"saksi notes")) for identity in identities))),
        wrapper=wrapper,
        buttons=Buttons(name, pressed, words, tuple(older)),
        words=words,
        clock=base.clock,
        deadlines=tables.calendar().contexts[base.settings.context],
        title=roster.desks[name].title,
        offices={
            other: Elsewhere(one.title, _route(roster, other)) for other, one in roster.desks.items() if other != name
        },
        export_to=base.settings.desk.export_keys,
        operator=base.settings.desk.operator,
        phones={one.telegram: one.whatsapp for one in roster.officers if one.desk == name and one.whatsapp},
    )


def _route(roster: Roster, name: str) -> Route:
    listed = roster.desks[name]
    return Route(name, listed.epoch, listed.key, listed.recovery)


def _officers(roster: Roster, name: str) -> dict[int, Officer]:
    return {one.telegram: Officer(one.alias, one.role) for one in roster.officers if one.desk == name}
