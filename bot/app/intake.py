"""The intake: talks with the public, holds their drafts, and cannot open a stored tip."""

import asyncio
import contextlib
import functools
import secrets
import socket
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Raw
from sqlalchemy import Connection
from starlette.routing import Route as WebRoute

from bot import port, web
from bot.app.anew import Watch, start_anew
from bot.app.ground import Ground, drawn, ground, insist, tell_if_not_apart
from bot.app.metered import metered
from bot.carriers import Back, Home, Sent, ToPhones, ToReporters, ToWhoAsked
from bot.channels import telegram_update, whatsapp_webhook
from bot.channels.base import Arrived, Channel, ChannelError
from bot.channels.whatsapp import Template, WhatsApp
from bot.channels.whatsapp_batch import Batch, rewritten
from bot.channels.whatsapp_people import CHANNEL as WHATSAPP
from bot.courier import Carrier, Courier
from bot.data import tables
from bot.distress import Distress
from bot.logs import log
from bot.menu import offer_menu
from bot.parcels import FETCH, HUSH, NEWS, NUDGE, REMIND, Alert
from bot.polling import poll
from bot.privacy import PUSH_DAYS, SHOWN_NAMES, promises
from bot.settings import Settings, SettingsError, TelegramSettings
from bot.stores import let_go
from bot.sweeper import Sweeper, retention
from bot.turn import House
from bot.turns import Turns
from bot.upkeep import CourierUpkeep, Retiring, daily
from bot.wake import INTAKE, alone
from bot.word import heard_of, log_failures
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

if TYPE_CHECKING:
    from bot.channels.telegram import Telegram

# What a reporter may send at most, in bytes: what Telegram hands out.
BIGGEST = 20 << 20
# Hours after somebody's last message in which WhatsApp lets a business write to them.
WINDOW = 24
# How long after a tip its news are still pushed, in days; the notice says so.


async def intake(settings: Settings) -> None:
    """Talk with the public until cancelled."""
    with ground(settings) as base:
        tell_if_not_apart(settings, base.roster, "desk-*.key", "recovery-*.key")
        async with channels(settings) as opened:
            if not opened:
                raise SettingsError("no channel is on: set SAKSI_TELEGRAM__TOKEN or the SAKSI_WHATSAPP__ settings")
            await Intake.of(base, opened).run()


@asynccontextmanager
async def channels(settings: Settings) -> AsyncIterator[dict[str, Channel]]:
    """Open every channel that is set."""
    opened: dict[str, Channel] = {}
    async with contextlib.AsyncExitStack() as stack:
        if settings.telegram:
            # aiogram costs seconds and 166 MiB to import (measured): only who talks to Telegram pays.
            from bot.channels.telegram import Telegram  # noqa: PLC0415  # see above

            token = settings.telegram.token.get_secret_value()
            telegram = Telegram(token=token, api_base=settings.telegram.api_base)
            stack.push_async_callback(telegram.aclose)
            opened[telegram.name] = telegram
        if settings.whatsapp:
            whatsapp = WhatsApp(
                token=settings.whatsapp.token.get_secret_value(),
                phone_id=settings.whatsapp.phone_id,
                app_secret=settings.whatsapp.app_secret.get_secret_value(),
                api_base=settings.whatsapp.api_base,
                api_version=settings.whatsapp.api_version,
            )
            stack.push_async_callback(whatsapp.aclose)
            opened[whatsapp.name] = whatsapp
        yield opened


def house(base: Ground, opened: Mapping[str, Channel], wrapper: Wrapper, keyring: Keyring) -> House:
    """Gather what every turn shares."""
    settings, roster = base.settings, base.roster
    desk = roster.desks[settings.desk.name]
    places = tables.places(settings.places)
    scenes = {
        name: Scene(
            places,
            SHOWN_NAMES[name],
            desk.title,
            erasable=name == "telegram",
            window=0 if name == "telegram" else WINDOW,
            promises=promises(settings),
            holidays=tables.holidays(),
        )
        for name in opened
    }
    return House(
        conversations=Conversations(keyring),
        wrapper=wrapper,
        routes=Routes({name: one.title for name, one in roster.desks.items()}, settings.desk.name, tables.rules()),
        desks={name: Route(name, one.epoch, one.key, one.recovery) for name, one in roster.desks.items()},
        courier=roster.courier,
        scenes=scenes,
        limits={name: channel.limits for name, channel in opened.items()},
        clock=base.clock,
        card_delay=functools.partial(drawn, settings.desk.delay),
        language=settings.language,
    )


@dataclass(frozen=True, slots=True)
class Intake:
    """The running process."""

    base: Ground
    channels: Mapping[str, Channel]
    turns: Turns
    courier: Courier
    sweeper: Sweeper
    upkeep: CourierUpkeep
    watch: Watch

    @classmethod
    def of(cls, base: Ground, opened: Mapping[str, Channel]) -> "Intake":
        """Wire it."""
        keyring = Keyring(base.runtime)
        watch = Watch(lambda: opened_files(base.runtime, COURIER), lambda: None)
        identities = courier_keys(base.settings.keys_folder, base.runtime, base.roster.courier)
        if not identities:
            log.warning("locked", why="reports are taken; pushes and what was owed before wait for `saksi unlock`")
        wrapper = Wrapper(keyring=keyring, identities=identities)
        shared = house(base, opened, wrapper, keyring)
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
        return cls(base, opened, turns, courier, sweeper, upkeep, watch)

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
            async with asyncio.TaskGroup() as group:
                group.create_task(self.base.committer.run())
                group.create_task(self.turns.tickets.keep())
                group.create_task(self.base.deliver(self.courier, first=first))
                group.create_task(self.base.hear(INTAKE, self.courier.wake))
                group.create_task(self._listen(taken))
                group.create_task(self.sweeper.run())
                group.create_task(daily(self.upkeep.once))
                group.create_task(metered(self.base.committer, "intake", self.base.settings.metrics, "SAKSI_METRICS"))
                group.create_task(self.base.watch.run())
                group.create_task(self.watch.run())
                group.create_task(self._distress().run())
                if "telegram" in self.channels:
                    group.create_task(self._telegram())

    def _distress(self) -> Distress:
        house, desk = self.turns.house, self.base.settings.desk.name

        def owe(tx: Connection, alert: Alert, name: str) -> Collection[str]:
            return (house.owe_card(tx, house.desks[desk], alert, time.time(), name),)

        return Distress("intake", self.base.committer, owe, self.courier.wake)

    async def _listen(self, taken: socket.socket) -> None:
        """Serve the webhooks that are set; without any, keep the port for health alone."""
        settings, routes = self.base.settings, list[WebRoute]()
        if settings.telegram and settings.telegram.webhook_url:
            routes += web.routes_for_telegram(settings.telegram, self._take_update)
        if settings.whatsapp:
            decode = functools.partial(whatsapp_webhook.decode, phone_id=settings.whatsapp.phone_id, new_item=new_item)
            routes += web.routes_for_whatsapp(settings.whatsapp, decode, self._take_batch)
        await port.serve(web.application(routes), taken)

    async def _telegram(self) -> None:
        from bot.channels.telegram import Telegram  # noqa: PLC0415  # heavy, see above

        channel, settings = self.channels["telegram"], self.base.settings.telegram
        if not isinstance(channel, Telegram) or settings is None:
            return
        async with asyncio.TaskGroup() as group:
            group.create_task(offer_menu(channel))
            group.create_task(self._hear(channel, settings))

    async def _hear(self, channel: "Telegram", settings: TelegramSettings) -> None:
        if settings.webhook_url and settings.webhook_secret:
            url, secret = settings.webhook_url, settings.webhook_secret.get_secret_value()
            await insist(lambda: channel.set_webhook(url, secret), "SAKSI_TELEGRAM__TOKEN or __WEBHOOK_URL")
            return
        await insist(channel.drop_webhook, "SAKSI_TELEGRAM__TOKEN")
        await poll(channel.updates, self._take_polled, "SAKSI_TELEGRAM__TOKEN")

    async def _take_polled(self, raws: list[Raw]) -> int | None:
        """Handle a batch; the number of its last update acknowledges all of it."""
        arrived = [one for raw in raws if (one := telegram_update.decode(raw, new_item))]
        await self.turns.take_all(arrived, patient=True)
        await self._stop_spinners(arrived)
        return max((number for raw in raws if (number := telegram_update.number(raw)) is not None), default=None)

    async def _take_update(self, raw: bytes | Raw) -> None:
        arrived = telegram_update.decode(raw, new_item)
        if arrived:
            await self.turns.take(arrived)
            await self._stop_spinners([arrived])

    async def _stop_spinners(self, arrived: list[Arrived]) -> None:
        """A spinner that is not stopped stops by itself; nobody waits for it and nothing hangs on it."""
        from bot.channels.telegram import Telegram  # noqa: PLC0415  # heavy, see above

        channel = self.channels["telegram"]
        for one in arrived:
            if one.press and isinstance(channel, Telegram):
                try:
                    await channel.answer(one.press)
                except ChannelError as error:
                    log.info("spinner", code=error.code)

    async def _take_batch(self, batch: Batch) -> None:
        """Handle a webhook of WhatsApp: what people said, then what became of what we said."""
        await self.turns.take_all((*batch.arrived, *rewritten(batch)))
        if batch.settled:
            await self.base.committer.commit(lambda tx: heard_of(tx, batch.settled, time.time()))
            log_failures(batch.settled)
        if batch.odd or batch.troubles:
            log.warning("webhook-odd", odd=batch.odd, code=batch.troubles[0] if batch.troubles else 0)


def _to_phones(settings: Settings, opened: Mapping[str, Channel]) -> dict[str, Carrier]:
    channel = opened.get(WHATSAPP)
    whatsapp, set_ = channel if isinstance(channel, WhatsApp) else None, settings.whatsapp
    template = Template(set_.nudge, set_.nudge_language) if set_ and set_.nudge else None
    return {NUDGE: ToPhones(whatsapp, template), outbox.sent_lane(NUDGE): Sent()}


def new_item() -> str:
    """Draw the name that a file will have with us."""
    return secrets.token_urlsafe(12)
