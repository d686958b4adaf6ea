"""Telegram's refusals, word for word as the hosted Bot API says them."""

import math
from typing import Any


class Refused(Exception):
    """A call is refused; becomes `{"ok": false, "error_code", "description", "parameters"}`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def shown(self) -> dict[str, Any]:
        answer = {"ok": False, "error_code": self.code, "description": self.description}
        return {**answer, "parameters": self.parameters} if self.parameters else answer


def bad(what: str) -> Refused:
    return Refused(400, f"Bad Request: {what}")


def forbidden(what: str) -> Refused:
    return Refused(403, f"Forbidden: {what}")


def conflict(what: str) -> Refused:
    return Refused(409, f"Conflict: {what}")


def too_many(seconds: float) -> Refused:
    after = max(1, math.ceil(seconds))
    return Refused(429, f"Too Many Requests: retry after {after}", retry_after=after)


def migrated(new: int) -> Refused:
    what = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refused(400, what, migrate_to_chat_id=new)


CHAT_NOT_FOUND = "chat not found"
THREAD_NOT_FOUND = "message thread not found"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_TAKES_OVER = "terminated by setWebhook request"
WEBHOOK_IS_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
WRONG_FILE = "wrong file_id or the file is temporarily unavailable"
WRONG_UPLOAD = "wrong file identifier/HTTP URL specified"
