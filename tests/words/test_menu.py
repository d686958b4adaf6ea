"""The menu behind Telegram's button says what typing does."""

import asyncio
from collections.abc import Iterable

import pytest
from structlog.testing import capture_logs

from bot.channels.base import ChannelError, Later, Never
from bot.menu import MENU, commands, offer_menu
from handlers.keywords import command
from locales import LANGUAGES
from tests.town import Town


class Platform:
    """Takes a menu, or fails as it is told."""

    def __init__(self, *troubles: ChannelError) -> None:
        self.troubles = list(troubles)
        self.offered: dict[str, list[str]] = {}

    async def offer(self, commands: Iterable[tuple[str, str]], language: str = "") -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.offered[language] = [name for name, _ in commands]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_of_the_menu_does_what_it_says_when_it_is_tapped(language: str) -> None:
    tapped, abouts = zip(*commands(language), strict=True)
    assert tuple(command(f"/{name}") for name in tapped) == MENU
    assert len(set(abouts)) == len(MENU)


@pytest.mark.parametrize("troubles", [[], [Later(0), Later(0)]], ids=repr)
async def test_the_menu_stands_in_both_languages_once_the_platform_can_be_reached(troubles: list[ChannelError]) -> None:
    platform = Platform(*troubles)
    await asyncio.wait_for(offer_menu(platform), 20)
    assert platform.offered == {
        "": ["lapor", "cek", "batal", "bantuan", "bahasa", "hapus"],
        "en": ["report", "check", "cancel", "help", "language", "delete"],
    }


async def test_a_platform_that_wants_no_menu_is_told_of_once_and_left_at_that() -> None:
    platform = Platform(Never(400))
    with capture_logs() as logged:
        await asyncio.wait_for(offer_menu(platform), 20)
    assert [(entry["event"], entry["code"]) for entry in logged] == [("menu-refused", 400)]
    assert set(platform.offered) == {"en"}


async def test_a_token_that_is_refused_is_not_the_menus_to_tell() -> None:
    with capture_logs() as logged:
        await asyncio.wait_for(offer_menu(Platform(Never(401, halt=True))), 20)
    assert logged == []


async def test_telegram_has_the_menu_from_the_start(tmp_path_factory: pytest.TempPathFactory) -> None:
    town = Town(tmp_path_factory.mktemp("menu"), without="WHATSAPP")
    town.start("intake")
    try:
        async with town:
            await (await town.on_telegram()).start()
            asked = [call["body"] for call in await town.simulator.calls("setMyCommands")]
            assert [call.get("language_code") for call in asked] == [None, "en"]
            assert "Lihat kabar dengan kode" in str(asked[0])
            assert "See news with your code" in str(asked[1])
    finally:
        town.stop()
