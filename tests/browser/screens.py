"""The demo page's screens in a visitor's hands: what they press and write, and what they then see."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from playwright.async_api import ConsoleMessage, FilePayload, Locator, Page, Request, expect

from tests.town import TICKET


@dataclass
class Screen:
    """One conversation: where its bubbles stand, and whose composer writes in it."""

    page: Page
    place: str
    composer: str

    @property
    def here(self) -> Locator:
        return self.page.get_by_test_id(self.place)

    @property
    def bubbles(self) -> Locator:
        """What the other side said, oldest first."""
        return self.here.locator(".row.other .message")

    @property
    def own(self) -> Locator:
        return self.here.locator(".row.own .message")

    @property
    def last(self) -> Locator:
        return self.bubbles.last

    @asynccontextmanager
    async def answer(self) -> AsyncIterator[None]:
        """Whatever is done within is followed by a bubble of the other side."""
        before = await self.bubbles.count()
        yield
        await expect(self.bubbles.nth(before)).to_be_visible()

    async def start(self) -> None:
        """Press the big button of an empty conversation."""
        async with self.answer():
            await self.page.get_by_test_id(f"{self.composer}-start").click()

    async def write(self, text: str) -> None:
        """Write and send, whether or not anybody answers."""
        await self.page.get_by_test_id(f"{self.composer}-input").fill(text)
        await self.send()

    async def send(self) -> None:
        """Send what is written and attached."""
        await self.page.get_by_test_id(f"{self.composer}-send").click()

    async def say(self, text: str) -> None:
        async with self.answer():
            await self.write(text)

    def choice(self, label: str) -> Locator:
        """The newest button with this label."""
        return self.here.locator("button.choice").filter(has_text=re.compile(f"^{re.escape(label)}$")).last

    async def press(self, label: str) -> None:
        async with self.answer():
            await self.choice(label).click()

    async def walk(self, *steps: str) -> None:
        """Press `[label]`s and say the rest, waiting for each answer."""
        for step in steps:
            await (self.press(step[1:-1]) if step.startswith("[") else self.say(step))


@dataclass
class Phone(Screen):
    """A reporter's phone."""

    @classmethod
    def of(cls, page: Page, name: str) -> Self:
        return cls(page, f"phone-{name}", name)

    async def attach(self, photos: Sequence[FilePayload]) -> None:
        """Choose photos with the paper clip and send them as one album."""
        async with self.page.expect_file_chooser() as chooser:
            await self.here.get_by_role("button", name=re.compile("^(Lampirkan|Attach) ")).click()
        await (await chooser.value).set_files(photos)
        await expect(self.here.locator(".tray li")).to_have_count(len(photos))
        await self.send()

    async def more(self, label: str) -> None:
        """Choose from the menu of other things to send."""
        await self.here.get_by_role("button", name=re.compile("^(Lainnya|More)$")).click()
        await self.here.get_by_role("menuitem", name=label, exact=True).click()

    async def ticket(self) -> str:
        """The code in the last bubble."""
        await expect(self.last).to_contain_text(TICKET)
        found = TICKET.search(await self.last.inner_text())
        assert found
        return found[0]


@dataclass
class WhatsAppPhone(Phone):
    """A reporter's phone whose long lists of choices rise from the bottom."""

    async def press(self, label: str) -> None:
        in_a_list = await self.last.locator("button.open-list").count()
        await (self.pick(label) if in_a_list else super().press(label))

    async def pick(self, label: str) -> None:
        """Open the newest list and take one of its rows."""
        await self.here.locator("button.open-list").last.click()
        sheet = self.page.get_by_test_id("list-sheet")
        row = sheet.locator("button.choice").filter(has=self.page.get_by_text(label, exact=True))
        async with self.answer():
            await row.click()
        await expect(sheet).to_have_count(0)


@dataclass
class Desk:
    """The officers' screen."""

    page: Page

    @property
    def group(self) -> Screen:
        return Screen(self.page, "desk-group", "desk")

    @property
    def private(self) -> Screen:
        return Screen(self.page, "desk-private", "desk")

    @property
    def toasts(self) -> Locator:
        return self.page.locator(".panel.desk .toast")

    async def act_as(self, name: str) -> None:
        await self.page.get_by_test_id("officer").select_option(label=name)

    async def enter(self, room: str) -> Screen:
        """Go to the `group` or to the `private` chat of whom one acts as."""
        await self.page.get_by_test_id(f"room-{room}").click()
        screen: Screen = getattr(self, room)
        await expect(screen.here).to_be_visible()
        return screen

    async def connect(self) -> None:
        """Press Start in the private chat, unless that was done before."""
        private = await self.enter("private")
        if not await private.own.count():
            await private.start()
        await self.enter("group")

    async def cards(self) -> int:
        return await self.group.bubbles.count()

    async def card(self, number: int) -> "Card":
        """The card after so many others, as soon as it is there."""
        newest = self.group.bubbles.nth(number)
        await expect(newest).to_be_visible()
        id_ = await newest.get_attribute("data-id")
        return Card(self, self.group.here.locator(f'.message[data-id="{id_}"]'))


@dataclass
class Card:
    """A report as the group sees it."""

    desk: Desk
    shown: Locator

    async def press(self, label: str) -> None:
        await self.shown.get_by_role("button", name=label, exact=True).click()

    async def says(self, words: str) -> None:
        await expect(self.shown).to_contain_text(words)


@dataclass
class DemoPage:
    """The whole page as one visitor has it open, and what went wrong on it or left it."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)

    @classmethod
    async def opened(cls, page: Page, origin: str) -> Self:
        demo = cls(page, origin)
        page.on("console", demo.hear)
        page.on("pageerror", lambda error: demo.complaints.append(f"uncaught: {error}"))
        page.on("request", demo.follow)
        await page.goto(origin)
        await expect(demo.telegram.here.locator(".caption")).not_to_be_empty()
        return demo

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def follow(self, request: Request) -> None:
        """What is made on the page itself (blob:, data:) goes nowhere."""
        to = urlsplit(request.url)
        if to.netloc and f"{to.scheme}://{to.netloc}" != self.origin:
            self.complaints.append(f"left the page: {request.url}")

    @property
    def telegram(self) -> Phone:
        return Phone.of(self.page, "telegram")

    @property
    def whatsapp(self) -> WhatsAppPhone:
        return WhatsAppPhone.of(self.page, "whatsapp")

    @property
    def desk(self) -> Desk:
        return Desk(self.page)

    async def become_somebody_new(self) -> str:
        """Press *Warga baru*; return the name of whose phones these are now."""
        names = self.page.get_by_test_id("reporter").locator("option")
        before = await names.count()
        await self.page.get_by_test_id("new-reporter").click()
        await expect(names.nth(before)).to_be_attached()
        name = await names.last.inner_text()
        for phone in (self.telegram, self.whatsapp):
            await expect(phone.here.locator(".caption")).to_contain_text(f"{name} ")
            await expect(phone.here.locator(".begin")).to_be_attached()
        return name
