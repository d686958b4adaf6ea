"""One whole report as the updates that Telegram would bring: as many steps for every contestant, found by playing."""

import json
from functools import cache
from typing import Any

from benchmarks.talking import Person, Played
from handlers.messages import Chose, Incoming, Said

REPORTER = Person(
    "a reporter who answers every question",
    "Telegram",
    "",
    {"what": "ajakan", "post": "district", "who": "pak camat", "where": "jekan raya", "when": "kemarin malam"},
)
Update = dict[str, Any]
LEFT_OUT = 0


@cache
def steps() -> tuple[Incoming, ...]:
    """What the reporter does until the ticket is shown. Raises RuntimeError where no report comes of it."""
    played = Played.of(REPORTER, at_once=False)
    if not played.play().sent:
        raise RuntimeError("the dialogue cannot be walked to its end any more")
    return tuple(played.did)


def length() -> int:
    """How many steps a conversation has, but for those that are left out."""
    return len(steps()) - LEFT_OUT


@cache
def templates() -> tuple[str, ...]:
    """Each step as an update in JSON; 101 and 102 stand for its number and for the person."""
    return tuple(json.dumps(_update(incoming)) for incoming in steps())


def raw(person: int, step: int) -> bytes:
    """One step of one person, as the platform brings it."""
    return templates()[step].replace("101", str(number(person, step))).replace("102", str(person)).encode()


def number(person: int, step: int) -> int:
    return person * 100 + step


def plain(person: int, step: int) -> Update:
    """The same step as a message to a bot whose buttons are words."""
    said = steps()[step]
    text = said.text if isinstance(said, Said) else f"{said.step}:{said.value}" if isinstance(said, Chose) else ""
    return {"update_id": number(person, step), "message": {**_message(person), "text": text}}


def _message(person: int) -> Update:
    who = {"id": person, "is_bot": False, "first_name": "Warga"}
    return {"message_id": 7, "date": 1_795_000_000, "chat": {"id": person, "type": "private"}, "from": who}


def _update(incoming: Incoming) -> Update:
    match incoming:
        case Said(text):
            return {"update_id": 101, "message": {**_message(102), "text": text}}
        case Chose(step, value):
            press = {"id": "101", "from": _message(102)["from"], "chat_instance": "1", "data": f"{step}:{value}"}
            return {"update_id": 101, "callback_query": {**press, "message": {**_message(102), "text": "?"}}}
        case _:
            raise TypeError("this walk has words and buttons alone")
