"""What the Bot API says of a message that was sent, as a courier takes it."""

import json

import pytest

from bot.channels.asked import SOON, sent
from bot.channels.base import ChannelError, Later, Never


def said(**more: object) -> bytes:
    return json.dumps({"ok": False, "error_code": 0, "description": "secret words of theirs", **more}).encode()


def fate(status: int, body: bytes) -> ChannelError:
    with pytest.raises(ChannelError) as raised:
        sent(status, body)
    assert "secret" not in str(raised.value)
    return raised.value


@pytest.mark.parametrize(
    ("result", "expected"),
    [({"message_id": 815, "date": 1, "chat": {"id": 7, "first_name": "Rina"}}, 815), (True, 0)],
    ids=["a message", "a spinner"],
)
def test_an_accepted_call_gives_the_id_it_made(result: object, expected: int) -> None:
    assert sent(200, json.dumps({"ok": True, "result": result}).encode()) == expected


@pytest.mark.parametrize(
    ("status", "code", "halt", "left"),
    [(400, 400, False, False), (401, 401, True, False), (403, 403, False, True), (404, 404, False, False)],
)
def test_some_refusals_are_for_good(status: int, code: int, halt: bool, left: bool) -> None:  # noqa: FBT001  # a row of the table
    never = fate(status, said())
    assert isinstance(never, Never)
    assert (never.code, never.halt, never.left) == (code, halt, left)


@pytest.mark.parametrize(
    ("status", "body", "after"),
    [
        (429, said(parameters={"retry_after": 37}), 37),
        (429, said(), SOON),
        (500, said(), SOON),
        (502, b"<html>Bad Gateway</html>", SOON),
        (409, said(), SOON),
        (200, b"", SOON),
        (200, b'{"ok":true,"result":{"message_id":"x"}}', SOON),
    ],
)
def test_the_others_are_tried_again(status: int, body: bytes, after: float) -> None:
    later = fate(status, body)
    assert isinstance(later, Later)
    assert (later.after, later.code) == (after, status)
