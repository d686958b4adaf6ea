"""One town and one browser for all stories; each story opens the page anew and becomes somebody new."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser
from pytest_asyncio import fixture

from tests.browser.chromium import DESKTOP, PATIENCE, PROGRAM, chromium
from tests.browser.screens import DemoPage
from tests.browser.waking import awake
from tests.town import Town

Opener = Callable[..., Awaitable[DemoPage]]


@pytest.fixture(scope="session")
def has_chromium() -> None:
    if PROGRAM is None:
        pytest.skip("no chromium on this machine; make test-all installs it")


@fixture(scope="session", loop_scope="session")
async def running_town(has_chromium: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:  # noqa: ARG001  # no town in vain
    async with awake(tmp_path_factory.mktemp("town")) as town:
        yield town


@fixture(scope="session", loop_scope="session")
async def browser(has_chromium: None) -> AsyncIterator[Browser]:  # noqa: ARG001  # or nothing to start
    async with chromium() as browser:
        yield browser


@fixture(loop_scope="session")
async def open_page(browser: Browser, running_town: Town) -> AsyncIterator[Opener]:
    """Open the page as somebody new with a screen like that; whatever goes wrong on it fails the story."""
    opened: list[DemoPage] = []

    async def opener(**screen: Any) -> DemoPage:
        fallen = [name for name, process in running_town.processes.items() if process.poll() is not None]
        assert not fallen, running_town.logged()
        context = await browser.new_context(**{"viewport": DESKTOP, **screen})
        context.set_default_timeout(PATIENCE)
        demo = await DemoPage.opened(await context.new_page(), running_town.simulator.url)
        opened.append(demo)
        await demo.become_somebody_new()
        return demo

    yield opener
    for demo in opened:
        await demo.page.context.close()
    assert [complaint for demo in opened for complaint in demo.complaints] == []


@fixture(loop_scope="session")
async def demo(open_page: Opener) -> DemoPage:
    return await open_page()
