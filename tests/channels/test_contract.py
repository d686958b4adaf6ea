"""What every channel promises, whichever it is: Telegram, WhatsApp, and the one that CONTRIBUTING.md adds."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.channels.base import Button, Channel, ChannelError, FileRef, Later, Reporter, Shown
from bot.channels.telegram import Telegram
from bot.channels.whatsapp import WhatsApp
from tests.howto.lines import Lines
from tests.simulator.running import Running
from tests.town import TelegramPhone, WhatsAppPhone

PERSON, ACCOUNT = 7001, "ID.demoreporter"
NOBODY = "http://127.0.0.1:9"


@dataclass
class Stage:
    """A channel, somebody who may be written to, what stands on their screen, and the same channel cut off."""

    channel: Channel
    who: Reporter
    screen: Callable[[], Awaitable[str]]
    cut_off: Channel


@contextlib.asynccontextmanager
async def on_telegram(simulator: Running) -> AsyncIterator[Stage]:
    await simulator.sim("telegram/start", person=PERSON, chat="saksi_demo_bot", payload="")
    phone = TelegramPhone(simulator, PERSON)

    async def screen() -> str:
        return "\n".join(f"{one['text']} {phone.buttons(one)}" for one in await phone.said())

    channel, cut_off = (Telegram(token="100:intake-token", api_base=url) for url in (simulator.url, NOBODY))
    async with contextlib.aclosing(channel), contextlib.aclosing(cut_off):
        yield Stage(channel, Reporter("telegram", str(PERSON)), screen, cut_off)


@contextlib.asynccontextmanager
async def on_whatsapp(simulator: Running) -> AsyncIterator[Stage]:
    await simulator.sim("whatsapp/message", person=ACCOUNT, text="halo")
    phone = WhatsAppPhone(simulator, ACCOUNT)

    async def screen() -> str:
        return "\n".join(f"{one['text']} {phone.buttons(one)}" for one in await phone.said())

    channel, cut_off = (
        WhatsApp(token="wa-token", phone_id="100000000000001", app_secret="app-secret", api_base=url)
        for url in (simulator.url, NOBODY)
    )
    async with contextlib.aclosing(channel), contextlib.aclosing(cut_off):
        yield Stage(channel, Reporter("whatsapp", ACCOUNT), screen, cut_off)


@contextlib.asynccontextmanager
async def on_lines(_: Running) -> AsyncIterator[Stage]:
    channel, gone = Lines(), asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await channel.talk(turns, reader, writer)
        await writer.wait_closed()
        gone.set()

    turns: Any = None  # nobody says anything here
    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"Warga\n")
        while not channel.here:  # noqa: ASYNC110  # the channel tells nobody who has come
            await asyncio.sleep(0)

        async def screen() -> str:
            return (await reader.readuntil(b"\n\n")).decode()

        yield Stage(channel, Reporter("lines", "Warga"), screen, Lines())
        writer.close()
        await writer.wait_closed()
        await gone.wait()


STAGES = {"telegram": on_telegram, "whatsapp": on_whatsapp, "lines": on_lines}


@pytest.fixture(params=STAGES)
async def stage(request: pytest.FixtureRequest, simulator: Running) -> AsyncIterator[Stage]:
    async with STAGES[request.param](simulator) as made:
        yield made


async def test_a_bubble_arrives_with_its_words_and_every_button(stage: Stage) -> None:
    buttons = tuple(
        Button(f"story:{number}", f"Pilihan {number}") for number in range(min(3, stage.channel.limits.buttons))
    )
    sent = await stage.channel.show(stage.who, Shown("Apa yang Anda lihat?", buttons), "kiriman")
    seen = await stage.screen()
    assert "Apa yang Anda lihat?" in seen
    assert [button.label in seen for button in buttons] == [True] * len(buttons)
    assert bool(sent) is stage.channel.erases, "only what can be deleted has an id"


async def test_what_was_sent_is_deleted_where_that_can_be(stage: Stage) -> None:
    sent = await stage.channel.show(stage.who, Shown("Akan dihapus."))
    await stage.channel.erase(stage.who, sent)
    if stage.channel.erases:
        assert "Akan dihapus." not in await stage.screen()


async def test_a_platform_out_of_reach_is_tried_later(stage: Stage) -> None:
    with pytest.raises(Later) as later:
        await stage.cut_off.show(stage.who, Shown("Halo"))
    assert later.value.after > 0


async def test_a_file_that_is_not_there_is_an_error_of_the_channel_without_words_of_its_own(stage: Stage) -> None:
    with pytest.raises(ChannelError) as error:
        [part async for part in stage.channel.fetch(FileRef("rahasia"), 1 << 20)]
    told = f"{error.value} {error.value!r}"
    assert not [secret for secret in (*stage.channel.secrets, "rahasia") if secret in told]


def test_a_channel_has_a_name_limits_and_says_what_its_platform_can(stage: Stage) -> None:
    channel = stage.channel
    assert channel.name == stage.who.channel
    assert channel.limits.buttons > 1
    assert channel.limits.text >= channel.limits.text_with_buttons > 0
    assert isinstance(channel.tells and channel.erases, bool)
    assert channel.window >= 0
