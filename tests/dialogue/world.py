"""The world around a played conversation: a book of tips, and a clock that stands still."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import cache

from msgspec.structs import replace

from bot.channels.base import Limits
from bot.channels.whatsapp import LIMITS as WHATSAPP
from bot.data import tables
from bot.limits import WRONG_TICKETS
from handlers.answers import Draft
from handlers.effects import (
    Attach,
    Detach,
    Discard,
    Effect,
    Fetch,
    FileTip,
    Forget,
    Hush,
    LookUp,
    Reply,
    TakeBack,
    Withdraw,
)
from handlers.moments import Moment
from handlers.places import Places
from handlers.scene import Fresh, Line, Scene, Timeline, Tired, Unknown
from handlers.status import Status
from handlers.ticket import ALPHABET, Code, spell
from handlers.tip import Tip

NOW = datetime(2026, 11, 18, 14, 30, tzinfo=timezone(timedelta(hours=7)))  # a Wednesday
OFFICE = "Bawaslu Kota Palangka Raya"
# As bot/channels/telegram.py has them; importing that file would load aiogram.
TELEGRAM = Limits(buttons=12, label=64, rows=0, row_label=0, row_about=0, text=4000, text_with_buttons=4000, columns=2)
LIMITS = {"Telegram": TELEGRAM, "WhatsApp": WHATSAPP}
TICKETS = tuple(
    spell([ALPHABET.index(symbol) for symbol in symbols])
    for symbols in ("7KQ2M9XT0CVB4RH", "5HT8W3QJ6M2RB9D", "R4X7P2KD9VN3G8T", "B6W1Z5QF2H7KM4C")
)
NOTHING = Draft()


@cache
def places() -> Places:
    """The pilots' table, read once."""
    return tables.places()


def scene(channel: str = "Telegram", *, conflict: bool = False, most_files: int = 20) -> Scene:
    erasable = channel == "Telegram"
    window = 0 if erasable else 24
    return Scene(
        places(), channel, OFFICE, may_conflict=conflict, erasable=erasable, window=window, most_files=most_files
    )


@dataclass
class Entry:
    """A tip in the book."""

    tip: Tip
    code: Code
    pushed: bool
    card: str
    told: bool = False
    status: Status = Status.RECEIVED
    lines: list[Line] = field(default_factory=list)
    files: int = 0
    read: bool = False

    def timeline(self) -> Timeline:
        lines = (Line("status-received", self.tip.day), *self.lines)
        return Timeline(
            self.tip.id,
            f"key of {self.tip.id}",
            self.status,
            self.pushed,
            self.status.closed,
            lines,
            self.files,
            self.read,
        )


@dataclass
class World:
    """Does what a turn asks of the world, and says it in a line; gives each turn what it may look at."""

    scene: Scene
    now: datetime = NOW
    book: dict[str, Entry] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    missed: int = 0
    filed: int = 0

    def fresh(self, draft: Draft, *, is_ticket: bool = False, looked_up: Code | None = None) -> Fresh:
        """Make ready one turn, as bot/turn.py does: the tip of an open session, or what a ticket opens."""
        return Fresh(
            now=self.now,
            scene=self.scene,
            key=f"key {len(self.files) + 1}",
            ticket=TICKETS[self.filed % len(TICKETS)],
            tip=f"laporan {self.filed + 1}",
            card=f"kartu {self.filed + 1}",
            withdrawable=bool(draft.receipt and self._untold(draft.receipt.card)),
            looked=self._found(looked_up) if looked_up else None if is_ticket else self._open(draft),
        )

    def _untold(self, card: str) -> bool:
        return any(entry.card == card and not entry.told for entry in self.book.values())

    def _open(self, draft: Draft) -> Timeline | None:
        held = self.book.get(draft.session.tip) if draft.session else None
        return held.timeline() if held else None

    def _found(self, code: Code) -> Timeline | Unknown | Tired:
        if self.missed >= WRONG_TICKETS:
            return Tired()
        found = next((entry for entry in self.book.values() if entry.code == code), None)
        self.missed += found is None
        return found.timeline() if found else Unknown()

    def do(self, effect: Effect, fresh: Fresh) -> str:
        """Do it; return what a reader of the chat should know of it."""
        match effect:
            case Fetch(item):
                self.files.append(item)
                return f"{item} diambil"
            case Discard(item):
                return f"{item} dibuang"
            case FileTip(tip, card, push):
                code = Code(fresh.ticket.replace("-", ""))
                self.book[tip.id] = Entry(tip, code, push, card)
                self.filed += 1
                return f"{tip.id} dikirim, {'dengan' if push else 'tanpa'} akun: {_contents(tip)}"
            case Withdraw(tip_id, card, files):
                del self.book[tip_id]
                return ", ".join((f"{tip_id} ditarik", f"{card} batal", *(f"{file} dibuang" for file in files)))
            case Reply() | Attach() | Detach() | TakeBack():
                return self._follow(effect)
            case Forget():
                return "catatan dan obrolan dihapus"
            case LookUp():
                return "kode dicari"
            case Hush():
                return ""

    def _follow(self, effect: Reply | Attach | Detach | TakeBack) -> str:
        match effect:
            case Reply(tip_id, text):
                return f"{tip_id} ditambah: {text}"
            case Attach(tip_id, enclosure):
                self.book[tip_id].files += 1
                return f"{tip_id} ditambah: {enclosure.id}"
            case Detach(tip_id):
                self.book[tip_id].pushed = False
                return f"akun dilupakan dari {tip_id}"
            case TakeBack(tip_id):
                entry = self.book[tip_id]
                entry.status, entry.pushed = Status.WITHDRAWN, False
                entry.lines.append(Line("status-withdrawn", self.now.date()))
                return f"{tip_id} dicabut, {'tetap ada pada petugas' if entry.read else 'isinya dihapus'}"

    def card_out(self) -> None:
        """Officers have been told of all that was sent."""
        for entry in self.book.values():
            entry.told = True

    def officers(self, *, status: Status | None = None, asking: str = "") -> None:
        """Officers act on the last tip."""
        entry = list(self.book.values())[-1]
        if status:
            entry.status, entry.read = status, True
            entry.lines.append(Line(f"status-{status}", self.now.date()))
        if asking:
            keys = tuple(asking.split()) if asking.startswith("question-") else ()
            entry.lines.append(Line("desk-asks", self.now.date(), asking, keys))


def _contents(tip: Tip) -> str:
    """Everything in a tip that is not empty, in one line."""
    place = _joined(tip.place, _quoted(tip.place_words), "online" if tip.online else "")
    fields = {
        "apa": tip.what,
        "jabatan": tip.post,
        "siapa": tip.who,
        "di mana": place,
        "kapan": _joined(_days(tip.when), _quoted(tip.when_words), "sekarang" if tip.live else ""),
        "tahu": _days(tip.known),
        "cerita": tip.story.replace("\n", " / ") if len(tip.story) <= 200 else f"{len(tip.story)} huruf",
        "hubungan": tip.conflict,
        "bukti": ", ".join(_joined(enclosure.id, enclosure.taken) for enclosure in tip.enclosures),
    }
    fields |= {one.of: one.text or one.value for one in tip.more}
    return "; ".join(f"{name}: {value}" for name, value in fields.items() if value)


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _quoted(words: str) -> str:
    return f"“{words}”" if words else ""


def _days(when: Moment | None) -> str:
    if when is None:
        return ""
    days = str(when.first) if when.first == when.last else f"{when.first}..{when.last}"
    return _joined(days, when.time or when.part)


def forgotten(draft: Draft, language: str) -> Draft:
    """What is loaded for somebody of whom nothing is remembered, or for this draft, as storage does it."""
    return replace(NOTHING, language=language) if draft == NOTHING else draft
