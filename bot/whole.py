"""A whole tip, as an officer reads it in private."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import letters, transcripts
from bot.opening import READING
from handlers.desk import Card, Twin
from handlers.messages import Say, Term, Word
from handlers.places import Places
from handlers.status import Status
from handlers.tip import Tip
from storage import evidence
from storage.tips import Letter
from storage.transcripts import Transcript


@dataclass(frozen=True, slots=True)
class Opened:
    """What the desk reads of a tip before it talks to Telegram."""

    tip: Tip
    card: Card
    status: Status
    pieces: tuple[evidence.Piece, ...]
    replies: tuple[Letter, ...]
    group: int
    spoken: tuple[Transcript, ...] = ()


def whole(opened: Opened, places: Places, near: Sequence[Twin] = ()) -> Say:
    """The tip as an officer reads it; `near` are tips that may tell of the same event."""
    tip, nothing, none_yet = opened.tip, Term("nothing"), Term("none-yet")
    place: Word = " · ".join(part for part in (places.named(tip.place) if tip.place else "", tip.place_words) if part)
    words: dict[str, Word] = {
        "reference": opened.card.reference,
        "what": Term(f"what-{tip.what}"),
        "post": Term(f"post-{tip.post}") if tip.post else nothing,
        "who": tip.who or nothing,
        "place": Term("where-online") if tip.online else place or nothing,
        "when": tip.when or tip.when_words or nothing,
        "known": tip.known or nothing,
        "story": (*((tip.story,) if tip.story else ()), *transcripts.said(opened.card, opened.spoken)) or nothing,
        "letters": letters.thread(opened.card, opened.replies) or none_yet,
        "notes": _remarks(opened.card) or none_yet,
        "twins": ", ".join(one.reference for one in (*opened.card.twins, *near)) or none_yet,
        "conflict": Term(f"conflict-{tip.conflict}") if tip.conflict else nothing,
        "live": Term("card-live") if tip.live else "",
        "items": (_files(opened.pieces), *more(tip)),
        "expires": READING // 60,
    }
    return Say("desk-tip", words)


def more(tip: Tip) -> Iterator[Term]:
    """Say the answers that have no line of their own."""
    for one in tip.more:
        value = one.text or Term(f"{one.of}-{one.value}")
        yield Term("heard-line", {"field": Term(f"field-{one.of}"), "value": value})


def _remarks(card: Card) -> tuple[Word, ...]:
    """Say what officers have noted, and the legal codes."""
    notes = (Term("desk-remark", {"by": one.by, "day": one.day, "text": one.text}) for one in card.remarks)
    codes = (Term("desk-codes", {"codes": ", ".join(card.codes)}),) if card.codes else ()
    return (*codes, *notes)


def _files(found: Sequence[evidence.Piece]) -> Word:
    missing = sum(not piece.here for piece in found)
    return Term("desk-files-missing", {"here": len(found) - missing, "count": missing}) if missing else len(found)
