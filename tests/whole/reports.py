"""A report as people make it, step by step, for every story that needs one."""

from dataclasses import dataclass

from tests.pictures import photo
from tests.town import Message, Officer, Phone, TelegramPhone

QUESTIONS = ("[Lanjut]", "[Mengajak/mengarahkan]", "[Camat atau lurah]", "Camat Jekan Raya", "jekan raya", "kemarin")


async def greet(phone: Phone) -> Message:
    """Open the conversation from a poster."""
    return await (phone.start("p-6271") if isinstance(phone, TelegramPhone) else phone.say("Halo dari poster 6271"))


async def attach(phone: Phone, *photos: bytes) -> None:
    """Send photos, and wait until all are called stored."""
    await phone.album(*photos)
    # Not "in": on their way they are called "0 dari 2 kiriman tersimpan".
    await phone.until(lambda bubbles: str(bubbles[-1]["text"]).startswith(f"{len(photos)} kiriman tersimpan"))


async def report(phone: Phone, *, push: bool = False) -> str:
    """Report with an album of two photos, after the greeting; return the ticket."""
    await phone.walk(*QUESTIONS)
    await attach(phone, photo(), photo())
    await phone.walk("[Sudah semua]", "[Kirim, kabari saya]" if push else "[Kirim]")
    return await phone.ticket()


def is_fresh(message: Message, items: int = 2) -> bool:
    """Whether this is the card of a report with so many files that nobody has touched."""
    return all(words in message["text"] for words in (f"Bukti: {items}", "Status: baru", "belum ada"))


@dataclass
class Desk:
    """The group before a report, so that its card is known from all others."""

    officer: Officer
    known: set[int]

    @classmethod
    async def watched(cls, officer: Officer) -> "Desk":
        return cls(officer, {card["id"] for card in await officer.cards()})

    async def new_card(self, items: int = 2) -> Message:
        """Wait for the one card that was not there."""
        return await self.officer.card(lambda card: card["id"] not in self.known and is_fresh(card, items))

    async def new_cards(self) -> list[Message]:
        return [card for card in await self.officer.cards() if card["id"] not in self.known]
