"""Voices become words: an officer writes what one says, reads it over, and then the voice is gone for good."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace
from sqlalchemy import Connection

from bot.channels.base import Button
from bot.desk import Desk
from bot.opening import READING
from bot.parcels import Dropping, Note, Proof, Sweeping
from handlers.desk import Card
from handlers.files import SOUNDS
from handlers.messages import Say, Term, Word
from handlers.status import Status
from handlers.tip import Enclosure
from storage import evidence, transcripts
from storage.cards import Writing
from storage.transcripts import Transcript

# Characters of what is written of one voice: some ten minutes of talking.
LONGEST = 8000


def noted(card: Card, enclosures: Sequence[Enclosure]) -> Card:
    """Number voices in the order in which they came to be known; a number is never given twice."""
    new = tuple(one.id for one in enclosures if one.kind in SOUNDS and one.id not in card.voices)
    return replace(card, voices=(*card.voices, *new)) if new else card


def left(tx: Connection, tip: str, card: Card) -> tuple[str, ...]:
    """Name the voices that are here still, in their order."""
    if not card.voices:
        return ()
    here = {piece.id for piece in evidence.of(tx, tip) if piece.here}
    return tuple(voice for voice in card.voices if voice in here)


def written(desk: Desk, tx: Connection, tip: str, card: Card, user: int) -> str:
    """Name what this officer wrote of a voice of this tip today; empty where there is nothing, or the voice is gone."""
    writing = desk.notes.room(tx).writing.get(user)
    waits = writing and writing.tip == tip and writing.text and writing.day == desk.clock().date()
    return writing.mark if writing and waits and writing.voice in left(tx, tip, card) else ""


def begin(card: Card, voice: str) -> Say:
    """Ask for the words of a voice."""
    return Say("desk-write-transcript", {"reference": card.reference, "number": number(card, voice)})


def number(card: Card, voice: str) -> int:
    return card.voices.index(voice) + 1


def typed(desk: Desk, tx: Connection, user: int, message: int, writing: Writing) -> Collection[str]:
    """Remember what was written so far, owe its proof, and the deletion of what was typed."""
    room = desk.notes.room(tx)
    desk.notes.keep(tx, replace(room, writing={**room.writing, user: writing}))
    typed_goes = desk.owe(tx, Sweeping(user, (message,)), after=READING)
    return {*typed_goes, *desk.owe(tx, Proof(writing.tip, user), name=f"proof-{desk.name}-{user}")}


def proof(card: Card, writing: Writing) -> Say:
    """Show what was written before the voice goes: that cannot be undone."""
    expires, place = READING // 60, number(card, writing.voice)
    words: dict[str, Word] = {"reference": card.reference, "number": place, "text": writing.text, "expires": expires}
    return Say("desk-transcript-proof", words)


def proof_buttons(desk: Desk, tip: str, status: Status, writing: Writing) -> list[list[Button]]:
    keeps = desk.buttons.one(tip, f"keep-{writing.mark}", status, desk.words.say("desk-keep"))
    return [[keeps], [desk.buttons.one(tip, "rewrite", status, desk.words.say("desk-rewrite"))]]


def keep(desk: Desk, tx: Connection, tip: str, card: Card, user: int, alias: str) -> Collection[str]:  # noqa: PLR0913, PLR0917  # who wrote what, and where
    """Let the words stand for the voice, whose file is owed its deletion."""
    room = desk.notes.room(tx)
    writing = room.writing[user]
    words = Transcript(writing.voice, alias, desk.clock().date(), writing.text)
    transcripts.stand_for(tx, tip, words, desk.route, desk.identities)
    still = {other: one for other, one in room.writing.items() if other != user}
    desk.notes.keep(tx, replace(room, writing=still))
    remain = len(left(tx, tip, card))
    told = Say("desk-transcript-kept", {"reference": card.reference, "count": remain})
    return {*desk.owe(tx, Dropping(writing.voice)), *desk.owe(tx, Note(user, desk.say(told)))}


def said(card: Card, found: Sequence[Transcript]) -> tuple[Term, ...]:
    """Say what was written of each voice, and by whom."""
    ordered = sorted((one for one in found if one.voice in card.voices), key=lambda one: number(card, one.voice))
    return tuple(
        Term("desk-transcript", {"number": number(card, one.voice), "by": one.by, "day": one.day, "text": one.text})
        for one in ordered
    )
