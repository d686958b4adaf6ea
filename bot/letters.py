"""Letters between the desk and a reporter, in their order: what was asked, and what was answered."""

import secrets
from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import Connection

from bot.desk import Desk
from bot.render import said
from handlers.desk import Card, Heard
from handlers.messages import Term
from storage import tips
from storage.tips import Letter


def send(desk: Desk, tx: Connection, tip: str, card: Card, words: Sequence[Term | str]) -> Card:
    """Seal a question to the reporter's mailbox, and remember it in its place; return the card with it.

    Raises Gone. What is of the catalogue its reporter reads in their own language. The desk keeps its own copy on the
    card: the letter itself opens for the reporter alone.
    """
    text = " ".join(said(word.key, word.words, desk.words) if isinstance(word, Term) else word for word in words)
    name, day = secrets.token_urlsafe(12), desk.clock().date()
    written = tips.asking(text, [word.key for word in words if isinstance(word, Term)])
    tips.write(tx, Letter(name, tip, tips.TO_REPORTER, day, written), [tips.mailbox(tx, tip)])
    return replace(card, thread=(*card.thread, Heard(name, day, text)))


def noted(card: Card, replies: Sequence[Letter]) -> Card:
    """Put new answers at the end of the thread; an answer ends the waiting."""
    known = {heard.letter for heard in card.thread}
    new = tuple(Heard(letter.id, letter.day) for letter in replies if letter.id not in known)
    return replace(card, thread=(*card.thread, *new), awaiting=card.awaiting and not new) if new else card


def thread(card: Card, replies: Sequence[Letter]) -> tuple[Term, ...]:
    """Say the letters in their order."""
    answers = {letter.id: letter.text for letter in replies}
    return tuple(
        Term("desk-thread-asked", {"day": heard.day, "text": heard.text})
        if heard.text
        else Term("desk-thread-told", {"day": heard.day, "text": answers.get(heard.letter, "…")})
        for heard in card.thread
    )
