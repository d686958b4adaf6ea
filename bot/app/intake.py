"""The intake: talks with the public, holds their drafts, and cannot open a stored tip."""

import asyncio
import functools
import socket
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import port, web
from bot.app.anew import Watch, start_anew
from bot.app.ground import Ground, drawn, ground, tell_if_not_apart
from bot.app.hearing import Hearing, Way
from bot.app.metered import metered
from bot.app.ways import ways
from bot.carriers import Back, Home, Sent, ToPhones, ToReporters, ToWhoAsked
from bot.channels.base import Channel
from bot.channels.whatsapp import Template, WhatsApp
from bot.channels.whatsapp_people import CHANNEL as WHATSAPP
from bot.courier import Carrier, Courier
from bot.data import tables
from bot.distress import Distress
from bot.logs import log
from bot.parcels import FETCH, HUSH, NEWS, NUDGE, REMIND, Alert
from bot.privacy import PUSH_DAYS, promises
from bot.settings import Settings, SettingsError
from bot.stores import let_go
from bot.sweeper import Sweeper, retention
from bot.turn import House
from bot.turns import Turns
from bot.upkeep import CourierUpkeep, Retiring, daily
from bot.wake import INTAKE, alone
from handlers.routes import Routes
from handlers.scene import Scene
from storage import outbox
from storage.cleaning.cleaner import Cleaner
from storage.drafts import Conversations
from storage.keyring import Keyring
from storage.keys import COURIER
from storage.opened import courier_keys, opened_files, opened_folder
from storage.tips import Route
from storage.wrapping import Wrapper

# What a reporter may send at most, in bytes: what Telegram hands out.
BIGGEST = 20 << 20


async def intake(settings: Settings) -> None:
    """Talk with the public until cancelled."""
    with ground(settings) as base:
        tell_if_not_apart(settings, base.roster, "desk-*.key", "recovery-*.key")
        async with ways(settings) as opened:
            if not opened:
                raise SettingsError("no channel is on: set SAKSI_TELEGRAM__TOKEN or the SAKSI_WHATSAPP__ settings")
            await Intake.of(base, opened).run()


def house(base: Ground, ways: Mapping[str, Way], wrapper: Wrapper, keyring: Keyring) -> House:
    """Gather what every turn shares."""
    settings, roster = base.settings, base.roster
    desk = roster.desks[settings.desk.name]
    places = tables.places(settings.places)
    scenes = {
        name: Scene(
            places,
            way.settings.title,
            desk.title,
            erasable=way.channel.erases,
            window=way.channel.window,
            promises=promises(settings),
            holidays=tables.holidays(),
        )
        for name, way in ways.items()
    }
    return House(
        conversations=Conversations(keyring),
        wrapper=wrapper,
        routes=Routes({name: one.title for name, one in roster.desks.items()}, settings.desk.name, tables.rules()),
        desks={name: Route(name, one.epoch, one.key, one.recovery) for name, one in roster.desks.items()},
        courier=roster.courier,
        scenes=scenes,
        limits={name: way.channel.limits for name, way in ways.items()},
        clock=base.clock,
        card_delay=functools.partial(drawn, settings.desk.delay),
        language=settings.language,
    )


@dataclass(frozen=True, slots=True)
class Intake:
    """The running process."""

    base: Ground
    ways: Mapping[str, Way]
    turns: Turns
    courier: Courier
    sweeper: Sweeper
    upkeep: CourierUpkeep
    watch: Watch

    @classmethod
    def of(cls, base: Ground, ways: Mapping[str, Way]) -> "Intake":
        """Wire it."""
        opened = {name: way.channel for name, way in ways.items()}
        keyring = Keyring(base.runtime)
        watch = Watch(lambda: opened_files(base.runtime, COURIER), lambda: None)
        identities = courier_keys(base.settings.keys_folder, base.runtime, base.roster.courier)
        if not identities:
            log.warning("locked", why="reports are taken; pushes and what was owed before wait for `saksi unlock`")
        wrapper = Wrapper(keyring=keyring, identities=identities)
        shared = house(base, ways, wrapper, keyring)
        carriers: dict[str, Carrier] = {}
        courier = Courier(base.committer, wrapper, carriers, clock=base.clock, wake_others=base.ring)
        turns = Turns(shared, base.committer, wake=courier.wake, drop=functools.partial(let_go, base.store))
        carriers |= {name: ToReporters(shared, channel) for name, channel in opened.items()}
        carriers |= {outbox.sent_lane(name): Sent() for name, channel in opened.items() if channel.tells}
        carriers |= _to_phones(base.settings, opened)
        carriers[FETCH] = Home(shared, opened, Cleaner(zone=ZoneInfo(base.settings.zone)), base.store, BIGGEST)
        carriers[HUSH] = carriers[REMIND] = Back(shared)
        carriers[NEWS] = ToWhoAsked(shared, functools.partial(drawn, base.settings.push_delay), PUSH_DAYS)
        keeps = retention(base.settings, base.database, base.store)
        sweeper = Sweeper(shared.conversations, base.committer, base.store, keeps, base.clock, turns.tally)
        retiring = Retiring((opened_folder(base.runtime), base.settings.keys_folder), base.roster, start_anew)
        upkeep = CourierUpkeep(base.committer, identities, base.roster.courier, PUSH_DAYS, base.clock, retiring)
        return cls(base, ways, turns, courier, sweeper, upkeep, watch)

    async def run(self) -> None:
        """Run everything until cancelled. Raises SettingsError where the port cannot be had."""
        with port.taken(self.base.settings.listen, "SAKSI_LISTEN") as taken:
            try:
                await self._run(taken)
            finally:
                self.sweeper.end()

    async def _run(self, taken: socket.socket) -> None:
        report = await Cleaner().check()
        (log.info if report.ready else log.error)("sandbox", why=str(report))
        with self.base.bell.hear(INTAKE, self.courier.wake), alone(self.base.runtime, INTAKE) as first:
            hearing = Hearing(self.turns, self.base.committer)
            async with asyncio.TaskGroup() as group:
                group.create_task(self.base.committer.run())
                group.create_task(self.turns.tickets.keep())
                group.create_task(self.base.deliver(self.courier, first=first))
                group.create_task(self.base.hear(INTAKE, self.courier.wake))
                group.create_task(self._listen(taken, hearing))
                group.create_task(self.sweeper.run())
                group.create_task(daily(self.upkeep.once))
                group.create_task(metered(self.base.committer, "intake", self.base.settings.metrics, "SAKSI_METRICS"))
                group.create_task(self.base.watch.run())
                group.create_task(self.watch.run())
                group.create_task(self._distress().run())
                for way in self.ways.values():
                    group.create_task(way.hear(hearing))

    def _distress(self) -> Distress:
        house, desk = self.turns.house, self.base.settings.desk.name

        def owe(tx: Connection, alert: Alert, name: str) -> Collection[str]:
            return (house.owe_card(tx, house.desks[desk], alert, time.time(), name),)

        return Distress("intake", self.base.committer, owe, self.courier.wake)

    async def _listen(self, taken: socket.socket, hearing: Hearing) -> None:
        """Serve the webhooks that are set; without any, keep the port for health alone."""
        routes = [route for way in self.ways.values() for route in way.routes(hearing)]
        await port.serve(web.application(routes), taken)


def _to_phones(settings: Settings, opened: Mapping[str, Channel]) -> dict[str, Carrier]:
    channel = opened.get(WHATSAPP)
    whatsapp, set_ = channel if isinstance(channel, WhatsApp) else None, settings.whatsapp
    template = Template(set_.nudge, set_.nudge_language) if set_ and set_.nudge else None
    return {NUDGE: ToPhones(whatsapp, template), outbox.sent_lane(NUDGE): Sent()}
