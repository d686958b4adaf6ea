"""Errors in Graph's own shape, as the Cloud API words them.

Titles after https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
(checked on 2026-11-21).
"""

import secrets
from typing import Any

from starlette.responses import JSONResponse

TITLES = {
    0: "Authentication error",
    1: "API unknown",
    2: "Service temporarily unavailable",
    4: "Too many calls",
    10: "Permission denied",
    100: "Invalid parameter",
    190: "Invalid OAuth access token",
    368: "Temporarily blocked for policies violations",
    2500: "Unknown path components",
    80007: "Rate limit issues",
    130429: "Rate limit hit",
    131000: "Something went wrong",
    131005: "Access denied",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131016: "Service unavailable",
    131021: "Recipient cannot be sender",
    131026: "Message undeliverable",
    131030: "Recipient phone number not in allowed list",
    131031: "Account has been locked",
    131042: "Business eligibility payment issue",
    131047: "Re-engagement message",
    131048: "Spam rate limit hit",
    131049: "This message was not delivered to maintain healthy ecosystem engagement",
    131051: "Unsupported message type",
    131052: "Media download error",
    131053: "Media upload error",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    131057: "Account in maintenance mode",
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    132015: "Template is paused",
    132016: "Template is disabled",
    133010: "Phone number not registered",
}
# What an ordered failure says when the order names no code.
BY_STATUS = {400: 100, 401: 190, 403: 10, 404: 100, 429: 130429, 503: 131016}


class GraphError(Exception):
    """One refusal of the API. Nearly all are HTTP 400, throttles too: clients decide on `code`."""

    def __init__(self, code: int, details: str, status: int = 400, subcode: int | None = None) -> None:
        super().__init__(details)
        self.code, self.details, self.status, self.subcode = code, details, status, subcode

    @property
    def title(self) -> str:
        return TITLES.get(self.code, "Unknown error")

    def body(self) -> dict[str, Any]:
        error = {
            "message": f"(#{self.code}) {self.title}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": "A" + secrets.token_urlsafe(16),
        }
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return {"error": error}

    def answer(self, retry_after: float | None = None) -> JSONResponse:
        headers = None if retry_after is None else {"Retry-After": f"{retry_after:g}"}
        return JSONResponse(self.body(), self.status, headers)

    def told(self) -> dict[str, Any]:
        """The same trouble as webhooks tell it."""
        said = {"title": self.title, "message": self.title, "error_data": {"details": self.details}}
        return {"code": self.code, **said}


def ordered(status: int, code: int | None) -> GraphError:
    """The error a fault was ordered to give."""
    known = BY_STATUS.get(status, 2 if status >= 500 else 100)  # noqa: PLR2004  (server errors begin there)
    return GraphError(known if code is None else code, "This failure was ordered.", status)


def late(code: int | None) -> GraphError:
    """The error of a message that was accepted and failed afterwards."""
    return GraphError(131026 if code is None else code, "This failure was ordered.")


def unknown_object(node: str) -> GraphError:
    details = f"Object with ID '{node}' does not exist or cannot be loaded due to missing permissions."
    return GraphError(100, details, subcode=33)
