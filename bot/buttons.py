"""Officers' buttons: a client may send any bytes, so what a button carries is a pointer with a MAC, never authority."""

import base64
import hmac
import re
from dataclasses import dataclass
from hashlib import blake2b

from bot.channels.base import Button
from handlers import desk
from handlers.desk import Book, Card, Menu
from handlers.status import Status, may_follow
from locales import Catalogue

VERSION = "1"
MAC_BYTES = 9
# One press each, below an opened tip.
QUICK = (Status.TRACING, Status.SPAM)
# Only what a database takes as it is: PostgreSQL refuses a NUL even in a question.
POINTER = re.compile(rf"{VERSION}\.(?P<action>[a-z0-9-]+)\.(?P<tip>[A-Za-z0-9_-]+)\.[A-Za-z0-9_=-]+")


def subkey(identity: str, purpose: bytes) -> bytes:
    """Derive a key for one purpose from a desk's private key."""
    return blake2b(identity.encode(), digest_size=32, person=purpose).digest()


@dataclass(frozen=True, slots=True)
class Buttons:
    """Makes the buttons of one desk, and recognises them again; `older` keys made what still stands in the group."""

    desk: str
    key: bytes
    words: Catalogue
    older: tuple[bytes, ...] = ()

    def below(
        self, tip: str, card: Card, status: Status, book: Book | None = None, *, private: bool = False
    ) -> list[list[Button]]:
        """Lay out what stands below a card; in private also what is pressed most when many are worked through."""
        known = book or Book()
        said, ticked = desk.labels(card, known), desk.ticked(card, known)

        def button(action: str) -> Button:
            label = said.get(action) or self.words.say(f"desk-{action}")
            label = self.words.say("desk-send", {"office": label}) if action.startswith("send-") else label
            label = self.words.say("desk-ticked", {"label": label}) if action in ticked else label
            return Button(self._data(tip, action, status, self.key), label)

        rows = [[button(action) for action in row] for row in desk.actions(card, status, book) if row]
        if private and card.menu is Menu.TIP:
            quick = [button(after) for after in QUICK if not status.closed and may_follow(status, after)]
            rows += [*([quick] if quick else []), [self.of_list("list-next")]]
        return rows

    def of_list(self, action: str, slot: str = "-", label: str = "", standing: str = "") -> Button:
        """Make a button of a list; `slot` is what it is about, say a page; it dies when `standing` has changed."""
        return Button(self._data(slot, action, standing, self.key), label or self.words.say(f"desk-{action}"))

    def one(self, tip: str, action: str, status: Status, label: str) -> Button:
        """Make one button by itself."""
        return Button(self._data(tip, action, status, self.key), label)

    def opening(self, tip: str, card: Card, status: Status) -> Button:
        """Make a button that opens one tip of a list."""
        return Button(self._data(tip, "open", status, self.key), card.reference)

    def _data(self, tip: str, action: str, status: str, key: bytes) -> str:
        told = f"{self.desk}|{tip}|{action}|{status}".encode()
        mac = blake2b(told, key=key, digest_size=MAC_BYTES).digest()
        return ".".join((VERSION, action, tip, base64.urlsafe_b64encode(mac).decode()))

    def hidden(self, tip: str) -> str:
        """Name a tip where no tip may be named: beside an exact time in the outbox."""
        return blake2b(tip.encode(), key=self.key, digest_size=16, person=b"saksi refresh").hexdigest()

    def read(self, data: str) -> tuple[str, str] | None:
        """Take a button's tip and action apart, unproven; none where it is no button of ours."""
        found = POINTER.fullmatch(data)
        return (found["tip"], found["action"]) if found else None

    def fits(self, data: str, tip: str, action: str, status: str) -> bool:
        """Whether this desk made this button, for the status the tip still has."""
        made = (self._data(tip, action, status, key) for key in (self.key, *self.older))
        return any(hmac.compare_digest(data.encode(), one.encode()) for one in made)
