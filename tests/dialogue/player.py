"""Plays a `.chat` file: a whole conversation, written down as a phone shows it, with no network and no clock.

The file opens with comments and settings, then the conversation, one thing a line:

    # Siapa: a frightened teacher              what the conversation is about; the player reads past it
    channel: whatsapp                          or telegram
    language: id                               of the deployment, for people it does not know yet
    conflict: yes                              the office may be part of the matter (default: no)
    files: 2                                   most files of one report (default: 20)

    > kemarin lurah bagi stiker                the person writes
    | di balai warga                           ... and goes on in the next line of the same message
    > [Lanjut]                                 presses the newest button of this label, however old
    > [!when:besok]                            a client sends what no button of ours says: step and value
    > <foto> <foto: di balai warga>            sends a file, maybe with words: foto video suara rekaman pdf dokumen
    > <ubah 2: kemarin lurah bagi stiker>      changes the words of what they did second, of all they did; `> <hapus 2>`
                                               takes it back, which WhatsApp tells of where the number is in its app too
    > <stiker>                                 or: gif, kontak, lokasi, lokasi langsung, polling, tanda suka,
                                               terlalu besar, kosong, lain
    > <5000 huruf>                             writes a message of that length
    * foto 1 tersimpan                         news from the fetcher, or `foto 1 hilang: too-big`, or
                                               `foto 1 tersimpan, dibuat 2026-11-12T09:15`
    * hening                                   a short silence after files
    * 40 menit kemudian                        nobody has written for so long
    * pengingat                                the hour comes at which a draft left alone is reminded of
    * petugas diberi tahu                      the card has gone out: too late to withdraw
    * petugas bertanya: question-when          officers ask in words of the catalogue
    * petugas bertanya: Jam berapa?            officers act on the last tip; also `status: tracing`
    < Halo. Di sini Anda bisa bercerita.       the bot says a bubble, further lines indented;
      [Lanjut] [Baca dulu]                     its buttons,
      Pilih: [Camat atau lurah] [Staf]         or the rows of its list
    = laporan 1 dikirim, tanpa akun: ...       what the turn asked of the world

Only the settings and the lines with `>`, `|` and `*` are read. `python -m tests.dialogue.record FILE...` writes all
others again, for when words change on purpose; the test demands that nothing changes. Between every two messages the
draft is packed and unpacked, as storage does it; typed labels and letters go the way of `bot.turn`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from msgspec import msgpack
from msgspec.structs import replace

from bot import render
from bot.channels.base import Button, Limits, Shown
from handlers import lobby, messages, reminder, standing, ticket
from handlers.answers import Draft
from handlers.dialogue import Turn
from handlers.effects import Forget, LookUp
from handlers.messages import Incoming, Kind, Oddity, Said, Say
from handlers.scene import Fresh
from handlers.status import Status
from locales import catalogue
from tests.dialogue.world import LIMITS, World, forgotten, scene

KINDS = {
    "foto": Kind.IMAGE,
    "video": Kind.VIDEO,
    "suara": Kind.VOICE,
    "rekaman": Kind.AUDIO,
    "pdf": Kind.PDF,
    "dokumen": Kind.DOCUMENT,
}
ODDITIES = {
    "stiker": Oddity.STICKER,
    "gif": Oddity.ANIMATION,
    "kontak": Oddity.CONTACT,
    "lokasi langsung": Oddity.LIVE_LOCATION,
    "polling": Oddity.POLL,
    "tanda suka": Oddity.REACTION,
    "terlalu besar": Oddity.TOO_BIG,
    "kosong": Oddity.EMPTY,
    "pesan diubah": Oddity.EDIT,
    "lain": Oddity.UNKNOWN,
}
CHANNELS = {name.lower(): name for name in LIMITS}
HERE = messages.Pinned(-2.2136, 113.9108)

_SETTING = re.compile(r"([a-z]+): (.+)")
_SHEET = re.compile(r"<([a-z ]+)(?:: (.*))?>", re.DOTALL)
_LENGTH = re.compile(r"<([0-9]+) huruf>")
_LATER = re.compile(r"([0-9]+) menit kemudian")
_EDIT = re.compile(r"<(?:ubah ([0-9]+): (.*)|hapus ([0-9]+))>", re.DOTALL)
_NEWS = re.compile(r"([a-z]+ [0-9]+) (?:tersimpan(?:, dibuat (.+))?|hilang: (.+))")


class BadChat(Exception):
    """A line of a chat file cannot be played; the message quotes it."""


@dataclass
class Phone:
    """One person's phone: what they do goes in, what they see comes out."""

    world: World
    limits: Limits
    language: str = "id"
    stored: bytes = msgpack.encode(Draft())
    buttons: list[Button] = field(default_factory=list)
    says: list[Say] = field(default_factory=list)
    sent: int = 0
    done: int = 0
    about: int = 0

    @property
    def draft(self) -> Draft:
        return forgotten(msgpack.decode(self.stored, type=Draft), self.language)

    def does(self, incoming: Incoming) -> Iterator[str]:
        """Play one message or one piece of news; yield what a reader of the chat sees of it."""
        turn, fresh, looked_up = self.turn(incoming)
        if looked_up:
            yield "= kode dicari"
        yield from self._sees(turn)
        for effect in turn.effects:
            told = self.world.do(effect, fresh)
            if told:
                yield f"= {told}"

    def reminded(self) -> Iterator[str]:
        """Let the hour of the reminder come; yield what is said then."""
        draft = self.draft
        self.world.now = reminder.next_due(draft, self.world.fresh(draft)) or self.world.now
        say = reminder.remind(draft, draft.touched, self.world.fresh(draft))
        yield from self._sees(Turn(draft, (say,) if say else ()))

    def turn(self, incoming: Incoming) -> tuple[Turn, Fresh, bool]:
        """Let the dialogue answer, and remember what it wants remembered; tell also whether a ticket was looked up."""
        draft = self.draft
        is_ticket = isinstance(incoming, Said | messages.Edited) and isinstance(ticket.read(incoming.text), str)
        fresh = replace(self.world.fresh(draft, is_ticket=is_ticket), message=self._message())
        turn = lobby.turn(draft, self._meant(incoming, draft, fresh), fresh)
        wanted = next((effect.code for effect in turn.effects if isinstance(effect, LookUp)), None)
        if wanted:
            fresh = replace(self.world.fresh(draft, looked_up=wanted), message=self._message())
            turn = lobby.turn(draft, incoming, fresh)
        gone = any(isinstance(effect, Forget) for effect in turn.effects)
        self.stored = msgpack.encode(Draft() if gone else turn.draft)
        return turn, fresh, wanted is not None

    def _message(self) -> tuple[str, ...]:
        return (f"pesan {self.about}",) if self.about else ()

    def standing(self) -> Say | None:
        """Say what stands open, as bot/turn.py asks for it."""
        says = standing.start(self.draft, self.world.fresh(self.draft)).says
        return says[-1] if says else None

    def _meant(self, incoming: Incoming, draft: Draft, fresh: Fresh) -> Incoming:
        return render.take_any(incoming, standing.newest(draft, fresh), catalogue(draft.language), self.limits)

    def _sees(self, turn: Turn) -> Iterator[str]:
        words = catalogue(turn.draft.language)
        self.says += turn.says
        for say in turn.says:
            for shown in render.show(say, words, self.limits):
                self.buttons += (*shown.buttons, *shown.rows)
                yield from _bubble(shown)

    def press(self, label: str) -> messages.Chose:
        """Find the newest button of this label in the chat."""
        for button in reversed(self.buttons):
            if button.label == label:
                step, _, value = button.data.partition(":")
                return messages.Chose(step, value)
        raise BadChat(f"no button [{label}] was shown so far")


def _bubble(shown: Shown) -> Iterator[str]:
    first, *more = shown.text.split("\n")
    yield f"< {first}".rstrip()
    yield from (f"  {line}".rstrip() for line in more)
    if shown.buttons:
        yield "  " + " ".join(f"[{button.label}]" for button in shown.buttons)
    if shown.rows:
        yield f"  {shown.menu}: " + " ".join(f"[{row.label}]" for row in shown.rows)


def play(chat: str) -> str:
    """Play a chat file; return it as it should read. Raises BadChat for a line that cannot be played."""
    lines = chat.splitlines()
    phone, rest = opened(lines)
    told = "\n".join(line.rstrip() for line in lines[: len(lines) - len(rest)]).rstrip()
    for doing in doings(rest):
        told += "\n".join(("\n", *doing, *said(doing, phone)))
    return told + "\n"


def opened(lines: list[str]) -> tuple[Phone, list[str]]:
    """Read the settings of a chat; return the phone they make, and the lines that follow. Raises BadChat."""
    start = next((at for at, line in enumerate(lines) if line[:1] in (">", "*")), len(lines))
    return _phone(dict(_settings([line.rstrip() for line in lines[:start]]))), lines[start:]


def said(doing: list[str], phone: Phone) -> list[str]:
    """Play one thing that was done or happened; return what a reader of the chat sees of it. Raises BadChat."""
    text = re.sub(r"^[>|*] ?", "", "\n".join(doing), flags=re.MULTILINE)
    if doing[0].startswith(">"):
        phone.done += 1
        phone.about = phone.done
        return list(phone.does(_said(text, phone)))
    return _happened(text, phone)


def _happened(news: str, phone: Phone) -> list[str]:
    """Let the world go on; only what happens to files is news to the dialogue."""
    world, (topic, _, about) = phone.world, news.partition(": ")
    if later := _LATER.fullmatch(news):
        world.now += timedelta(minutes=int(later[1]))
        return []
    match _NEWS.fullmatch(news), topic:
        case re.Match() as found, _:
            return list(
                phone.does(messages.Lost(found[1], found[3]) if found[3] else messages.Kept(found[1], found[2] or ""))
            )
        case None, "hening":
            return list(phone.does(messages.Hushed()))
        case None, "pengingat":
            return list(phone.reminded())
        case None, "petugas diberi tahu":
            world.card_out()
        case None, "petugas bertanya":
            world.officers(asking=about)
        case None, "status":
            world.officers(status=Status(about))
        case _:
            raise BadChat(news)
    return []


def _settings(header: list[str]) -> Iterator[tuple[str, str]]:
    for line in header:
        match = _SETTING.fullmatch(line)
        if match:
            yield match[1], match[2]
        elif line and not line.startswith("#"):
            raise BadChat(line)


def _phone(settings: dict[str, str]) -> Phone:
    channel = CHANNELS[settings.get("channel", "telegram")]
    conflict, most = settings.get("conflict") == "yes", int(settings.get("files", "20"))
    world = World(scene(channel, conflict=conflict, most_files=most))
    return Phone(world, LIMITS[channel], settings.get("language", "id"))


def doings(lines: list[str]) -> Iterator[list[str]]:
    """Gather what the person did and what else happened, one after the other; several lines may be one message."""
    doing: list[str] = []
    for line in lines:
        if line.startswith("|") and doing:
            doing.append(line)
        elif line.startswith((">", "*")):
            if doing:
                yield doing
            doing = [line]
    if doing:
        yield doing


def _said(text: str, phone: Phone) -> Incoming:
    """Read what the person does."""
    if text.startswith("[!"):
        step, _, value = text[2:-1].partition(":")
        return messages.Chose(step, value)
    if edit := _EDIT.fullmatch(text):
        phone.about = int(edit[1] or edit[3])
        return messages.Revoked() if edit[3] else messages.Edited(edit[2])
    if text.startswith("["):
        return phone.press(text[1:-1])
    if length := _LENGTH.fullmatch(text):
        return Said(("kata " * int(length[1]))[: int(length[1])])
    if sheet := _SHEET.fullmatch(text):
        return _sent(sheet[1], sheet[2] or "", phone)
    if text.startswith("/start") and phone.world.scene.channel == "Telegram":
        return messages.Started(text.partition(" ")[2])
    return Said(text)


def _sent(what: str, caption: str, phone: Phone) -> Incoming:
    if what in ODDITIES:
        return messages.Odd(ODDITIES[what])
    if what == "lokasi":
        return HERE
    if what not in KINDS:
        raise BadChat(f"<{what}>")
    phone.sent += 1
    return messages.Sent(f"{what} {phone.sent}", KINDS[what], caption)
