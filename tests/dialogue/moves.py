"""Whatever people, their apps and the world may do to a conversation, for hypothesis to draw from."""

from collections.abc import Iterable
from datetime import timedelta

from hypothesis import strategies as st
from msgspec import Struct

from bot.channels.base import Button
from handlers import messages
from handlers.effects import Effect
from handlers.keywords import COMMAND, GREETINGS, STANDS_FOR
from handlers.messages import Chose, Hushed, Incoming, Kind, Said, Sent
from handlers.report import REPORT
from tests.dialogue.player import Phone
from tests.dialogue.world import LIMITS, TICKETS, World, scene


class Press(Struct, frozen=True):
    """The person presses a button of what stands open, by its number."""

    number: int


class Silence(Struct, frozen=True):
    """Nobody writes for so many minutes."""

    minutes: int


Move = Incoming | Press | Silence

LOBBY = ("resume", "rules", "notice", "chat", "stop", "lobby", "ticket", "follow")
STEPS = (*LOBBY, *(step.name for step in REPORT.steps))
VALUES = (
    *("go", "read", "wipe", "yes", "no", "on", "report", "english", "indonesian", "written", "withdraw"),
    *("reply", "detach", "leave", "keep", "skip", "done", "unknown", "here", "online", "mine", "now", "today"),
    *("yesterday", "send", "push", "change", "whole", "lain", "uang", "head", "62.71", "62.71.01", "0", ""),
    *(step.name for step in REPORT.steps),
)
TOLD = (
    *("kemarin lurah bagi beras", "pahandut", "menteng", "warung bu siti", "kereng", "budi", "di grup wa"),
    *("minggu kemarin", "2 november", "besok", "senin 10 november", "td malam", "entah kapan", "31/11", "lebaran"),
    *(
        "Halo dari poster 6271",
        "halo dari poster 1401. lurah kampanye",
        "a",
        "B",
        "panjang sekali " * 190,
        "kata" * 2000,
    ),
    *("https://example.org/foto", "\u200b", "{ $story }", "\ue000story\ue001", "😂", "\n\n", "ya " + " " * 2900 + "ya"),
    *(*TICKETS, TICKETS[0].lower().replace("-", " "), TICKETS[0][:-1] + "Q", "7KQ2"),
)
# News comes only of files that were sent; of others there may be an echo.
ITEMS = st.sampled_from(["satu", "dua", "tiga", "empat"])

words = st.one_of(
    st.sampled_from(TOLD),
    st.sampled_from([*COMMAND, *STANDS_FOR, *GREETINGS]),
    st.text(max_size=60),
)
incomings: st.SearchStrategy[Incoming] = st.one_of(
    st.builds(messages.Started, st.one_of(st.sampled_from(["", "p-6271", "p-9999"]), st.text(max_size=20))),
    st.builds(Said, words),
    st.builds(Said, st.sampled_from(sorted(COMMAND))),
    st.builds(Chose, st.sampled_from(STEPS), st.sampled_from(VALUES)),
    st.builds(Chose, st.text(max_size=10), st.text(max_size=10)),
    st.builds(Sent, ITEMS, st.sampled_from(Kind), st.one_of(st.just(""), words)),
    st.builds(Sent, ITEMS, st.just(Kind.IMAGE), st.just("")),
    st.builds(messages.Edited, words),
    st.just(messages.Revoked()),
    st.builds(messages.Pinned, st.floats(allow_nan=True), st.floats()),
    st.builds(messages.Odd, st.sampled_from(messages.Oddity)),
    st.builds(messages.Kept, ITEMS),
    st.builds(messages.Lost, ITEMS, st.sampled_from(["gone", "too-big", "broken", "empty"])),
    st.just(Hushed()),
)
presses = st.builds(Press, st.integers(0, 11))
silences = st.builds(Silence, st.sampled_from([29, 30, 300]))
moves: st.SearchStrategy[Move] = st.one_of(presses, presses, presses, incomings, silences)
walks = st.lists(moves, max_size=12)

# A report from the first word to the answer of an officer's question: walks begin anywhere on this road, because
# presses at random rarely get far. Each stage is one of several moves that lead on.
ROAD: tuple[tuple[Move, ...], ...] = (
    (Said("halo"), messages.Started("p-6271"), Said("kemarin lurah bagi beras"), Sent("nol", Kind.IMAGE)),
    (Chose("notice", "go"),),
    (Said("lurah membagi beras"), Chose("story", "uang")),
    (Chose("what", "uang"),),
    (Chose("post", "district"), Chose("post", "village")),
    (Said("budi"), Chose("who", "skip")),
    (Said("pahandut"), Said("warung bu siti"), Said("menteng"), Chose("where", "online"), Said("jekan ray")),
    (Chose("where", "mine"), Chose("where", "62.71.01"), Hushed()),
    (Said("minggu kemarin"), Said("kemarin malam"), Said("2 november"), Chose("when", "now"), Said("besok")),
    (Chose("when", "unknown"), Said("13 november"), Hushed()),
    (Chose("known", "today"), Said("12 november"), Hushed()),
    (Sent("lima", Kind.IMAGE), Said("saya punya videonya"), Hushed()),
    (Chose("evidence", "done"),),
    (Chose("conflict", "no"), Hushed()),
    (Said("cerita panjang " * 190), Said("ada lagi"), Hushed()),
    (Chose("send", "send"), Chose("send", "push")),
    (Said(TICKETS[0]), Chose("ticket", "written")),
    (Chose("follow", "reply"), Chose("send", "send")),
    (Said("jam 9"), Said(TICKETS[0])),
)
roads = st.tuples(*map(st.sampled_from, ROAD)).flatmap(
    lambda road: st.integers(0, len(road)).map(lambda end: road[:end]),
)


def phones() -> st.SearchStrategy[Phone]:
    """Draw a phone somewhere on the road, on either channel, at any deployment."""
    return st.builds(
        _phone,
        roads,
        st.sampled_from(sorted(LIMITS)),
        conflict=st.booleans(),
        most_files=st.sampled_from([1, 3, 20]),
        language=st.sampled_from(["id", "en"]),
    )


def _phone(road: Iterable[Move], channel: str, *, conflict: bool, most_files: int, language: str) -> Phone:
    phone = Phone(World(scene(channel, conflict=conflict, most_files=most_files)), LIMITS[channel], language)
    return walked(phone, road)


def walked(phone: Phone, walk: Iterable[Move]) -> Phone:
    """Bring a phone wherever these moves lead."""
    for move in walk:
        play(phone, move)
    return phone


def play(phone: Phone, move: Move) -> tuple[tuple[str, ...], tuple[Effect, ...]]:
    """Play one move with all that it asks of the world; return the keys of what was said, and the effects."""
    if isinstance(move, Silence):
        phone.world.now += timedelta(minutes=move.minutes)
        return (), ()
    if not isinstance(move, messages.Edited | messages.Revoked):
        # What is changed later is what was done last.
        phone.about += 1
    standing = phone.standing()
    if isinstance(move, Press):
        if standing is None or not standing.options:
            return (), ()
        option = standing.options[move.number % len(standing.options)]
        move = Chose(option.step, option.value)
    turn, fresh, _ = phone.turn(move)
    phone.buttons += (Button(f"{one.step}:{one.value}", "") for say in turn.says for one in say.options)
    for effect in turn.effects:
        phone.world.do(effect, fresh)
    return tuple(say.key for say in turn.says), turn.effects
