"""The channel WhatsApp: shows what the bot says and fetches what people send, over Meta's Cloud API."""

import hashlib
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from re import compile as pattern
from typing import NamedTuple
from urllib.parse import quote

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport
from msgspec import Struct
from msgspec.json import Decoder

from bot.channels.asked import Answer
from bot.channels.base import Button, FileRef, Later, Limits, Never, Reporter, Shown, TooBig
from bot.channels.whatsapp_message import read
from bot.channels.whatsapp_people import CHANNEL

# Meta's reference of the messages endpoint, November 2026. A list's text may have 4096 characters, a message
# with buttons only 1024; the seam has one number for both.
LIMITS = Limits(buttons=3, label=20, rows=10, row_label=24, row_about=72, text=4096, text_with_buttons=1024, columns=1)

# By Meta's code (https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes, November 2026).
# The HTTP status says little: throttles come as 400.
WINDOW_CLOSED = 131047
_SOON = 5.0
_PAUSES: dict[int, float] = {
    **dict.fromkeys((1, 2, 131000, 131016, 131053, 131057), _SOON),
    **dict.fromkeys((4, 80007, 131048), 60.0),
    130429: 4.0,
    131056: 4.0,
}
_HALTS = frozenset({0, 3, 10, 190, 368, 131005, 131031, 131042, 131045, 133010, *range(200, 300)})

# What Meta says of a template that is unknown, not approved, paused, disabled or filled in wrongly.
TEMPLATES = range(132000, 132100)

_MEDIA_HOSTS = frozenset({"graph.facebook.com", "lookaside.fbsbx.com"})
_MEDIA_FAMILIES = (".fbcdn.net", ".whatsapp.net")
# Names that two parsers could read differently (httpx checks, yarl connects) are no names of Meta's.
_HOST = pattern(r"[a-z0-9.-]+")
# How a media address says that its five minutes are over; the token itself has just been accepted.
_STALE = frozenset({httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN, httpx.codes.NOT_FOUND, httpx.codes.GONE})
_BUSY = frozenset({httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_MANY_REQUESTS})


class Template(NamedTuple):
    """A message Meta has approved, in one language, with one variable: a number."""

    name: str
    language: str


class _Fault(Struct):
    code: int | None = None
    is_transient: bool | None = None


class _Refusal(Struct):
    error: _Fault


class _Media(Struct):
    """Where a file waits, for five minutes. `sha256` is hexadecimal here and base64 in the webhook."""

    url: str
    sha256: str = ""
    file_size: int = 0


_REFUSAL = Decoder(_Refusal, strict=False)
_MEDIA = Decoder(_Media, strict=False)


def refusal(code: int | None, http: int = 400, *, transient: bool = False) -> Later | Never:
    """Say what a refusal means: by Meta's code if there is one, else by the HTTP status.

    A `failed` status carries the same codes, so it is judged here too. `WINDOW_CLOSED` is a Never: only the
    person's next message opens the window again.
    """
    if code is None:
        return Later(_SOON, http) if _passing(http) else Never(http, halt=http == httpx.codes.UNAUTHORIZED)
    if code in _PAUSES:
        return Later(_PAUSES[code], code)
    if code in _HALTS:
        return Never(code, halt=True)
    if code in TEMPLATES:
        return Never(code)
    return Later(_SOON, code) if transient or _passing(http) else Never(code)


def _passing(http: int) -> bool:
    return http in _BUSY or http >= httpx.codes.INTERNAL_SERVER_ERROR


def compose(to: str, shown: Shown, tracker: str) -> dict[str, object]:
    """Build the body of one message. `to` is a business-scoped id or the digits of a telephone number.

    Rows and buttons do not go together on WhatsApp: buttons beside rows become the last rows.
    """
    if shown.rows:
        content = {"type": "interactive", "interactive": _list(shown)}
    elif shown.buttons:
        content = {"type": "interactive", "interactive": _buttons(shown)}
    else:
        content = {"type": "text", "text": {"body": shown.text, "preview_url": False}}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        # Without the plus Meta may take a number for a local one and put our own country before it.
        **({"to": f"+{to}"} if to.isdecimal() else {"recipient": to}),
        **({"biz_opaque_callback_data": tracker} if tracker else {}),
        **content,
    }


def compose_nudge(to: str, template: Template, count: int, tracker: str) -> dict[str, object]:
    """Build the body of a template message whose one variable is a number. `to` is digits."""
    number = {"type": "body", "parameters": [{"type": "text", "text": str(count)}]}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": f"+{to}",
        "biz_opaque_callback_data": tracker,
        "type": "template",
        "template": {"name": template.name, "language": {"code": template.language}, "components": [number]},
    }


def _buttons(shown: Shown) -> dict[str, object]:
    replies = [{"type": "reply", "reply": {"id": each.data, "title": each.label}} for each in shown.buttons]
    return {"type": "button", "body": {"text": shown.text}, "action": {"buttons": replies}}


def _list(shown: Shown) -> dict[str, object]:
    rows = [_row(each) for each in (*shown.rows, *shown.buttons)]
    return {
        "type": "list",
        "body": {"text": shown.text},
        "action": {"button": shown.menu, "sections": [{"rows": rows}]},
    }


def _row(button: Button) -> dict[str, str]:
    about = {"description": button.about} if button.about else {}
    return {"id": button.data, "title": button.label, **about}


def trusts(address: str, home: httpx.URL) -> bool:
    """Say whether our token may go to this address: to Meta's own hosts and our API's, nowhere else."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        return False
    if url.userinfo:
        return False
    if (url.scheme, url.netloc) == (home.scheme, home.netloc):
        return True
    known = url.host in _MEDIA_HOSTS or (url.host.endswith(_MEDIA_FAMILIES) and _HOST.fullmatch(url.host))
    return bool(known) and url.scheme == "https" and url.port is None


class WhatsApp:
    """One number at the Cloud API. What it brings is read in whatsapp_webhook.py."""

    name = CHANNEL
    limits = LIMITS
    tells = True
    erases = False
    window = 24
    timeout = 20.0  # seconds, for each read; a connection has 5

    def __init__(
        self,
        *,
        token: str,
        phone_id: str,
        app_secret: str,
        api_base: str = "https://graph.facebook.com",
        api_version: str = "v25.0",
    ) -> None:
        self.secrets: tuple[str, ...] = (token, app_secret)
        self._bearer = {"Authorization": f"Bearer {token}"}
        self._phone_id = phone_id
        self._home = httpx.URL(api_base)
        self._api = f"{api_base.rstrip('/')}/{api_version}"
        self._http = httpx.AsyncClient(
            transport=AiohttpTransport(),
            timeout=httpx.Timeout(self.timeout, connect=5),
            follow_redirects=False,
        )

    async def aclose(self) -> None:
        await self._http.aclose()

    async def show(self, to: Reporter, shown: Shown, tracker: str = "") -> tuple[str, ...]:
        """Send one bubble. `tracker` comes back in its statuses and settles a crash between send and store.

        Returns no ids: WhatsApp lets nobody delete what was sent. Raises Later or Never.
        """
        await self._ask("POST", f"/{self._phone_id}/messages", json=compose(to.id, shown, tracker))
        return ()

    async def nudge(self, to: str, template: Template, count: int, tracker: str) -> None:
        """Send an approved template to a number. Raises Later or Never."""
        await self._ask("POST", f"/{self._phone_id}/messages", json=compose_nudge(to, template, count, tracker))

    async def erase(self, to: Reporter, messages: tuple[str, ...]) -> None:
        """Do nothing: the Cloud API cannot delete messages. The words shown to people say how they can."""

    async def fetch(self, file: FileRef, limit: int) -> AsyncGenerator[bytes, None]:
        """Yield the bytes of a file, at most `limit`. They are whole only if the last came without an error.

        Raises Later, Never or TooBig.
        """
        for url_may_be_stale in (True, False):
            media = await self._locate(file, limit)
            with _translated():
                async with self._http.stream("GET", media.url, headers=self._plain()) as answer:
                    if url_may_be_stale and answer.status_code in _STALE:
                        continue
                    if not answer.is_success:
                        raise _withheld(answer.status_code)
                    seen, size = hashlib.sha256(), 0
                    async for chunk in answer.aiter_bytes():
                        size += len(chunk)
                        if size > limit:
                            raise TooBig
                        seen.update(chunk)
                        yield chunk
            if media.sha256 and seen.hexdigest() != media.sha256.lower():
                raise Later(_SOON)
            return

    async def forget(self, file: FileRef) -> None:
        """Delete a file at Meta, once our sealed copy is safe. Raises Later or Never."""
        await self._ask("DELETE", self._path(file), params={"phone_number_id": self._phone_id})

    async def number(self, *fields: str) -> Answer:
        """Ask for what Meta says of our number, as a check does. Raises Later or Never."""
        answer = await self._ask("GET", f"/{self._phone_id}", params={"fields": ",".join(fields)})
        return Answer(answer.content, answer.headers.get("Date", ""))

    async def templates(self, business: str, name: str) -> Answer:
        """Ask how Meta has judged a template, as a check does. Raises Later or Never."""
        wanted = {"name": name, "fields": "name,language,status,components"}
        answer = await self._ask("GET", f"/{quote(business, safe='')}/message_templates", params=wanted)
        return Answer(answer.content, answer.headers.get("Date", ""))

    async def _locate(self, file: FileRef, limit: int) -> _Media:
        answer = await self._ask("GET", self._path(file), params={"phone_number_id": self._phone_id})
        media = read(_MEDIA, answer.content)
        if media is None:
            raise Later(_SOON)
        if max(file.size, media.file_size) > limit:
            raise TooBig
        if not trusts(media.url, self._home):
            raise Never
        return media

    def _path(self, file: FileRef) -> str:
        return f"/{quote(file.id, safe='')}"

    def _plain(self) -> dict[str, str]:
        """Ask for the bytes as they are: a compressed answer could unpack to far more than the limit."""
        return {**self._bearer, "Accept-Encoding": "identity"}

    async def _ask(
        self, method: str, path: str, *, json: object = None, params: dict[str, str] | None = None
    ) -> httpx.Response:
        with _translated():
            answer = await self._http.request(method, self._api + path, json=json, params=params, headers=self._bearer)
        if not answer.is_success:
            raise _refused(answer)
        return answer


def _withheld(http: int) -> Later | Never:
    return Later(_SOON, http) if _passing(http) else Never(http)


def _refused(answer: httpx.Response) -> Later | Never:
    told = read(_REFUSAL, answer.content)
    fault = told.error if told else _Fault()
    return refusal(fault.code, answer.status_code, transient=bool(fault.is_transient))


@contextmanager
def _translated() -> Iterator[None]:
    """Turn every failure of the wire into Later; its text may hold addresses and is not kept.

    aiohttp's own are named too: the transport passes on what it cannot translate (answers that are not HTTP).
    """
    try:
        yield
    except (httpx.HTTPError, aiohttp.ClientError):
        raise Later(_SOON) from None
