"""What people do in a town that is searched: whole reports, halves, wiped ones, follow-ups; officers at work."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bot import demo
from tests.anonymity.places import Watched
from tests.anonymity.planting import Planted
from tests.anonymity.poisoned import POISON
from tests.town import BOT, TICKET, Officer, Phone, Picture, TelegramPhone, WhatsAppPhone, until
from tests.whole.reports import greet

FAULTS: tuple[dict[str, dict[str, Any]], ...] = (
    {"telegram": {"fail": {"times": 3, "status": 503}}, "whatsapp": {"fail": {"times": 2, "status": 503}}},
    {
        "telegram": {"fail": {"times": 2, "status": 429, "retry_after": 1, "methods": ["sendMessage"]}},
        "whatsapp": {"fail": {"times": 1, "status": 400, "code": 131056}},
    },
    {
        "telegram": {"swallow": {"times": 1, "methods": ["sendMessage"]}, "delay": 0.5},
        "whatsapp": {"swallow": {"times": 1, "methods": ["POST messages"]}, "delay": 0.5, "repeat": 1},
    },
    {"telegram": {"files": {"times": 2}}, "whatsapp": {"files": {"times": 2}}},
)
ASIDE = ("bantuan", "aturan", "tentang", "bahasa", "english", "indonesia", "cek", "0000-0000-0000-0000", "kembali")
ODD = {
    TelegramPhone: ("sticker", "animation", "contact", "live-location", "venue", "poll", "dice", "story", "empty"),
    WhatsAppPhone: ("sticker", "contacts", "live-location", "unsupported", "order"),
}
Look = Callable[[str], None]


@dataclass
class Reporter:
    """Somebody with a phone who leaves a canary wherever they can; what they tell is hidden unless it is opened."""

    name: str
    phone: Phone
    planted: Planted
    opened: bool = False

    def word(self, what: str) -> str:
        return self.planted.word(f"{self.name}: {what}", told=self.opened)

    def pictures(self) -> list[Picture]:
        return [self.planted.jpeg(f"{self.name}: photo"), self.planted.png(f"{self.name}: screenshot")]

    async def begin(self) -> None:
        """Answer up to the question about files."""
        await greet(self.phone)
        await self.phone.walk("[Lanjut]", self.word("story"), "[Mengajak/mengarahkan]")
        await self.phone.walk(self.word("words for a post"), "[Camat atau lurah]", self.word("who"))
        await self.phone.walk(self.word("where"), "[Pakai tulisan saya]")
        await self.phone.walk(self.planted.word(f"{self.name}: no moment"), self.planted.word(f"{self.name}: nor this"))
        await self.phone.say(self.word("when"))

    async def attach(self) -> None:
        """Send an album, and a photo as a file with its name; wait until all are called stored."""
        pictures = self.pictures()
        await self.phone.send(pictures, kind=self.album, caption=self.word("caption"))
        await self.phone.until(lambda bubbles: _stored(bubbles, len(pictures)))
        if isinstance(self.phone, TelegramPhone):
            await self.phone.send([self.planted.jpeg(f"{self.name}: document")], kind="document")
            await self.phone.until(lambda bubbles: _stored(bubbles, len(pictures) + 1))
        await self.phone.say(self.word("words beside files"))

    @property
    def album(self) -> str:
        return "photo" if isinstance(self.phone, TelegramPhone) else "image"

    async def send(self, how: str) -> str:
        """Send the report; return its ticket."""
        await self.phone.walk("[Sudah semua]", self.word("last words"), how)
        # A message whose answer was lost comes twice: the last bubble need not be the newest.
        bubbles = await self.phone.until(lambda bubbles: any(TICKET.search(str(one["text"])) for one in bubbles))
        [ticket] = {found[0] for one in bubbles if (found := TICKET.search(str(one["text"])))}
        self.planted.hidden |= {f"{self.name}: ticket": ticket, f"{self.name}: bare ticket": ticket.replace("-", "")}
        return ticket

    async def report(self, how: str) -> str:
        await self.begin()
        await self.attach()
        return await self.send(how)


def _stored(bubbles: Iterable[dict[str, Any]], count: int) -> bool:
    return any(str(bubble["text"]).startswith(f"{count} kiriman tersimpan") for bubble in bubbles)


@dataclass
class Story:
    """All of it, in a town; `look` is called when something is to be searched."""

    town: Watched
    planted: Planted
    look: Look
    tickets: list[str] = field(default_factory=list)

    async def on_telegram(self, name: str, *, opened: bool = False) -> Reporter:
        draw, label = self.planted, f"{name} on Telegram"
        about = {"name": draw.word(f"{label}: name"), "username": draw.word(f"{label}: username")}
        phone = await self.town.on_telegram(draw.number(f"{label}: account"), **about)
        return Reporter(label, phone, draw, opened)

    async def on_whatsapp(self, name: str, *, opened: bool = False, shown: bool = True) -> Reporter:
        """Somebody whose number is shown to the business, or only their username."""
        draw, label = self.planted, f"{name} on WhatsApp"
        about = {"name": draw.word(f"{label}: name")}
        about |= {"phone": draw.phone(f"{label}: phone")} if shown else {"username": draw.word(f"{label}: username")}
        phone = await self.town.on_whatsapp(draw.whatsapp_id(f"{label}: account"), **about)
        return Reporter(label, phone, draw, opened)

    async def both(self, name: str, *, opened: bool = False, shown: bool = True) -> list[Reporter]:
        return [
            await self.on_telegram(name, opened=opened),
            await self.on_whatsapp(name, opened=opened, shown=shown),
        ]

    async def told(self) -> None:
        """All that people and officers do."""
        await self.opened_and_answered()
        await self.faulty()
        await self.odd_ones()
        await _together(self.chat(one) for one in await self.both("Chatting"))
        await self.killed()
        await self.harvest()

    async def told_briefly(self) -> None:
        """Less of everything, for a proof within a minute."""
        officer, people = await self.town.officer(), await self.both("Pushed", opened=True)
        wiped = await self.on_telegram("Wiping")
        await _together((*(one.report("[Kirim, kabari saya]") for one in people), wiped.begin()))
        await self.harvest()
        await self.work(officer, len(people))
        await wiped.phone.say("HAPUS")
        await self.harvest()
        for name in ("intake", "desk"):
            self.town.kill(name, signal.SIGKILL)
        self.look("a report opened, another one wiped, both processes killed")
        self.town.start()
        await wiped.phone.say("halo")

    async def opened_and_answered(self) -> None:
        """Reports that ask for a push, are opened, and are added to by ticket from other phones."""
        officer = await self.town.officer()
        people = await self.both("Pushed", opened=True)
        self.tickets += await _together(one.report("[Kirim, kabari saya]") for one in people)
        await self.harvest()
        await self.work(officer, len(people))
        await _together(one.phone.until(lambda bubbles: "Ada kabar" in f"{bubbles[-1]['text']}") for one in people)
        others = await self.both("Returning", opened=True, shown=False)
        await _together(self.add(one, ticket) for one, ticket in zip(others, self.tickets, strict=True))
        await self.read_again(officer, len(people))

    async def work(self, officer: Officer, cards: int) -> None:
        """Take every card, open it, set its status."""
        for card in await self.cards(officer, cards):
            await officer.press(card, "Ambil")
            await officer.changed(card, "Rina")
            before = len(await officer.private.said())
            await officer.press(card, "Buka")
            await officer.private.answered(before, 3)
            await officer.shows(card, "Status: dibaca")
            await officer.press(card, "Status")
            await officer.changed(card, "Ditelusuri")
            await officer.press(card, "Ditelusuri")
            await officer.shows(card, "ditelusuri")

    async def cards(self, officer: Officer, number: int) -> list[dict[str, Any]]:
        """Wait for so many cards in the group."""

        def posted(state: dict[str, Any]) -> list[dict[str, Any]]:
            chats = state["telegram"]["chats"]
            messages: list[dict[str, Any]] = next(
                (chat["messages"] for chat in chats if chat["key"] == str(self.town.group)), []
            )
            return [message for message in messages if "Bukti:" in message["text"]]

        state = await until(officer.simulator, lambda state: len(posted(state)) >= number)
        return posted(state)

    async def add(self, reporter: Reporter, ticket: str) -> None:
        """Return with a ticket, and add words, a file with a caption, and words again."""
        phone = reporter.phone
        await phone.walk(ticket, "[Tambah keterangan]", reporter.word("follow-up"))
        before = len(await phone.said())
        later = reporter.planted.jpeg(f"{reporter.name}: later photo")
        await phone.send([later], kind=reporter.album, caption=reporter.word("later caption"))
        await phone.answered(before)
        await phone.say(reporter.word("second follow-up"))

    async def read_again(self, officer: Officer, cards: int) -> None:
        """Open again what has been added to."""
        for card in await self.cards(officer, cards):
            await officer.shows(card, "ADA JAWABAN")
            before = len(await officer.private.said())
            await officer.press(card, "Buka")
            await officer.private.answered(before, 3)

    async def faulty(self) -> None:
        """Reports that are only sent, while the platforms fail in every way, one after the other."""
        people = await self.both("Quiet", shown=False)
        for fault, step in zip(FAULTS[:3], ("begin", "attach", "send"), strict=True):
            await self.town.simulator.put("faults", **fault)
            if step == "attach":
                await self.town.simulator.put("faults", **FAULTS[3])
            arguments = ("[Kirim]",) if step == "send" else ()
            await _together(getattr(one, step)(*arguments) for one in people)
            await self.town.simulator.client.delete("/sim/faults")
        await self.harvest()

    async def odd_ones(self) -> None:
        """Halves of reports, wiped ones, poison, a forwarded message, a place on the map."""
        left, wiped, sick = [await self.both(name) for name in ("Leaving", "Wiping", "Poisoned")]
        await _together(one.begin() for one in (*left, *wiped))
        await _together(one.attach() for one in (*left, *wiped))
        await self.harvest()
        await _together(one.phone.say("HAPUS") for one in wiped)
        await _together(one.phone.say(f"{POISON} {one.word('words')}") for one in sick)
        await self.forward()
        for one in sick:
            await self.pin(one)
        await self.name_file(sick[1])

    async def chat(self, one: Reporter) -> None:
        """Somebody who tries everything, in the middle of a report."""
        await greet(one.phone)
        await one.phone.walk(*ASIDE, "[Lanjut]", one.word("story"), *ASIDE, "batal", "[Tidak, lanjutkan]")
        for kind in ODD[type(one.phone)]:
            await one.phone.odd(kind)
        await one.phone.walk("[Ikut kampanye/deklarasi]", *ASIDE[:-1], "[Staf]", "[Lewati]", "jekan raya", "kemarin")
        await one.phone.press("Ya, hapus")

    async def forward(self) -> None:
        """Somebody forwards a message with another one's name in it, under a number like no other."""
        draw, one = self.planted, await self.on_telegram("Forwarding")
        assert isinstance(one.phone, TelegramPhone)
        account = {"id": one.phone.person, "first_name": draw.word("forwarder"), "is_bot": False}
        origin = {"id": draw.number("origin"), "first_name": draw.word("origin's name"), "is_bot": False}
        message = {
            "message_id": draw.number("message"), "date": 1795000000, "from": account, "text": one.word("words"),
            "chat": {"id": one.phone.person, "type": "private", "first_name": draw.word("chat's name")},
            "forward_origin": {"type": "user", "date": 1795000000, "sender_user": origin},
            "forward_sender_name": draw.word("hidden origin"),
        }  # fmt: skip
        await one.phone.start(draw.word("unknown poster"))
        await one.phone.act("telegram/update", bot=BOT, update={"message": message})

    async def pin(self, one: Reporter) -> None:
        side = "telegram" if isinstance(one.phone, TelegramPhone) else "whatsapp"
        chat = {"chat": one.phone.bot} if isinstance(one.phone, TelegramPhone) else {}
        where = {name: one.planted.degrees(f"{one.name}: {name}") for name in ("latitude", "longitude")}
        await one.phone.act(f"{side}/odd", person=one.phone.person, kind="location", **chat, **where)

    async def name_file(self, one: Reporter) -> None:
        """A webhook of WhatsApp with names of its own for the message and its file, which nobody can fetch."""
        file, message = (one.planted.word(f"{one.name}: {what}") for what in ("media id", "wamid"))
        image = {"id": file, "mime_type": "image/jpeg", "sha256": one.planted.word(f"{one.name}: SHA-256")}
        said = {"from_user_id": one.phone.person, "id": f"wamid.{message}", "timestamp": "1795000000", "type": "image"}
        value = {"metadata": {"phone_number_id": demo.WHATSAPP_ID}, "messages": [{**said, "image": image}]}
        body = {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]}
        await one.phone.act("whatsapp/webhook", body=body)

    async def killed(self) -> None:
        """People are in the middle of everything when both processes die; everything is searched as it then lies."""
        people = await self.both("Interrupted")
        await _together(one.begin() for one in people)
        for one in people:
            await one.phone.send(one.pictures(), kind=one.album, caption=one.word("caption"))
        for name in ("intake", "desk"):
            self.town.kill(name, signal.SIGKILL)
        await self.harvest()
        self.look("both processes killed, people in the middle of it")
        self.town.start("intake")
        await _together(one.phone.until(lambda bubbles: _stored(bubbles, 2)) for one in people)
        await _together(one.send("[Kirim]") for one in people)
        # The desk is still away, so nobody has seen the card: what was sent can be taken back.
        await people[0].phone.press("Tarik laporan")
        self.town.start("desk")

    async def harvest(self) -> None:
        """Remember the platforms' own names of messages and files, which are gone from them after a wipe."""
        simulator, hidden = self.town.simulator, self.planted.hidden
        for chat in (await simulator.get("state"))["whatsapp"]["chats"]:
            for message in chat["messages"]:
                if message["from"] == "person":
                    hidden[f"wamid {message['id'][-12:]}"] = str(message["id"])
        for call in (await simulator.get("calls"))["calls"]:
            body = call["body"]
            for name in ("file_id", "callback_query_id"):
                if name in body and call["bot"] == BOT:
                    hidden[f"{name} {body[name]}"] = str(body[name])


async def _together(work: Iterable[Awaitable[Any]]) -> list[Any]:
    return list(await asyncio.gather(*work))
