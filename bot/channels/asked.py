"""Answers of the Bot API, read without a library's models: of a message that was sent, and of an operator's check."""

from http import HTTPStatus

import msgspec

from bot.channels.base import Later, Never

# Seconds for one question, and before the next where Telegram does not say.
PATIENCE = 10.0
SOON = 5.0


class Answer(msgspec.Struct, frozen=True):
    """What came back: the result as JSON, and the Date header, empty where there was none."""

    result: bytes
    date: str = ""


class _Parameters(msgspec.Struct):
    retry_after: float = SOON


class _Body(msgspec.Struct):
    result: msgspec.Raw = msgspec.Raw(b"null")
    parameters: _Parameters = msgspec.field(default_factory=_Parameters)


_body = msgspec.json.Decoder(_Body)


def judged(status: int, body: bytes, date: str) -> Answer:
    """Read an answer of the Bot API. Raises Later or Never, which repeat nothing of it."""
    try:
        read = _body.decode(body)
    except msgspec.DecodeError:
        raise Later(SOON, status) from None
    if status == HTTPStatus.OK:
        return Answer(bytes(read.result), date)
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Later(read.parameters.retry_after, status)
    # 404 is what a token gets whose first half is wrong as well.
    raise Never(status, halt=status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})


class _Message(msgspec.Struct):
    message_id: int = 0


class _Sent(msgspec.Struct):
    """The answer to a message, or to a method that just says true."""

    result: _Message | bool = False


_sent = msgspec.json.Decoder(_Sent)


def sent(status: int, body: bytes) -> int:
    """Read what became of a message: its id, 0 where the method makes none. Raises Later or Never."""
    try:
        if status == HTTPStatus.OK:
            result = _sent.decode(body).result
            return result.message_id if isinstance(result, _Message) else 0
        after = _body.decode(body).parameters.retry_after
    except msgspec.DecodeError:
        raise Later(SOON, status) from None
    match status:
        case HTTPStatus.UNAUTHORIZED:
            raise Never(status, halt=True)
        case HTTPStatus.FORBIDDEN:
            raise Never(status, left=True)
        case HTTPStatus.BAD_REQUEST | HTTPStatus.NOT_FOUND:
            raise Never(status)
        case _:
            raise Later(after, status)
