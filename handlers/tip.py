"""A tip: what officers will read, as it is sealed. Nothing in it says who wrote it, or when to the minute."""

from datetime import date

from msgspec import Struct

from handlers.moments import Moment


class Enclosure(Struct, frozen=True):
    """A piece of evidence: its name in the store, and the only key that opens it.

    `taken` is when its file says it was made, where the reporter wanted that kept: "YYYY-MM-DDTHH:MM", local time.
    """

    id: str
    kind: str
    key: str
    taken: str = ""


class More(Struct, frozen=True):
    """The answer to a question that has no field of its own: in words, or one of those the question `of` offers."""

    of: str
    text: str = ""
    value: str = ""


class Tip(Struct, frozen=True):
    """The body of a tip. Its own id is inside, so that a swapped ciphertext is noticed.

    `recused` are the desks that it went around, and to which nobody may hand it on.
    """

    id: str
    day: date
    what: str
    post: str = ""
    who: str = ""
    place: str = ""
    place_words: str = ""
    online: bool = False
    when: Moment | None = None
    when_words: str = ""
    live: bool = False
    known: Moment | None = None
    story: str = ""
    conflict: str = ""
    more: tuple[More, ...] = ()
    recused: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
